// Lists by keyboard: the arrows go from row to row, Enter opens the row's main thing.
export function nextIndex(current, step, count) {
  if (count === 0) return -1;
  if (current < 0) return step > 0 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, current + step));
}

const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
const TYPING = "input, textarea, select, [contenteditable], dialog, [role=menu], summary, canvas";

const mainOf = (row) => row.querySelector("[data-main]") ?? row.querySelector("a[href], button");

// A list may stand in several groups; together they are one run of rows.
function rowsOf(document) {
  const marked = [...document.querySelectorAll("[data-rows] [data-row]")];
  if (marked.length) return marked;
  return [...document.querySelectorAll("table[data-rows] tbody tr")];
}

export function wakeRows(document) {
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPING)) return;
    const rows = rowsOf(document);
    const current = rows.findIndex((row) => row.contains(document.activeElement));
    const inList = current >= 0;
    if (!rows.length || (!inList && (document.activeElement !== document.body || Math.abs(step) > 1))) return;
    const row = rows[nextIndex(current, step, rows.length)];
    event.preventDefault();
    mainOf(row)?.focus();
    row.scrollIntoView({ block: "nearest" });
  });
}
