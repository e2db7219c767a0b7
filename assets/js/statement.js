// A statement by keyboard. Without scripts every act is a link or a form of the page;
// here keys only choose a line, a variant, or press the form that stands there.
import { lastOnly } from "./find.js";

const TEXT = "textarea, select, [contenteditable], dialog, input:not([type=checkbox], [type=radio])";
const PAUSE = 60;

export const digitOf = (event) => (/^Digit[1-9]$/.test(event.code) ? Number(event.code.slice(5)) : 0);

const load = lastOnly(async (url) => {
  const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.text();
});

export function wakeStatement(document) {
  const place = document.querySelector("[data-statement]");
  if (!place) return;
  const aside = place.querySelector(".aside");
  const rows = () => [...place.querySelectorAll("[data-row]")];
  const linkOf = (row) => row?.querySelector("[data-main]");
  const chosen = () => place.querySelector("[data-row].on");
  const rowAt = (node) => node?.closest?.("[data-statement] [data-row]");
  const send = (form) => form?.requestSubmit();
  let timer;

  const show = async (link) => {
    try {
      const html = await load(link.href);
      if (html === null) return;
      aside.innerHTML = html;
      window.htmx?.process(aside);
      history.replaceState(null, "", link.href);
    } catch { location.assign(link.href); }
  };
  const choose = (row) => {
    const link = linkOf(row);
    if (!link || row === chosen()) return;
    for (const other of rows()) {
      other.classList.toggle("on", other === row);
      const its = linkOf(other);
      if (other === row) its.setAttribute("aria-current", "true");
      else its.removeAttribute("aria-current");
    }
    clearTimeout(timer);
    timer = setTimeout(() => show(link), PAUSE);
  };
  // The panel of the row that is marked has come, so that a key means what is seen.
  const ready = () => `line-${aside.querySelector("[data-line]")?.dataset.line}` === chosen()?.id;

  const step = (event) => {
    const inRow = rowAt(event.target) ?? (event.target === document.body ? chosen() : null);
    if (!inRow) return false;
    const all = rows();
    const next = all[all.indexOf(inRow) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { linkOf(next).focus(); next.scrollIntoView({ block: "nearest" }); choose(next); }
    return true;
  };
  const tick = (event) => {
    if (!(rowAt(event.target)?.contains(event.target) || event.target === document.body)) return false;
    if (event.target.matches?.("input")) return false;
    const box = (rowAt(event.target) ?? chosen())?.querySelector("[name=tick]");
    if (box && !box.disabled) box.click();
    return Boolean(box);
  };
  const variant = (event) => {
    const choice = ready() && aside.querySelectorAll("[data-lay] [name=choice]")[digitOf(event) - 1];
    if (!choice) return false;
    choice.checked = true;
    return true;
  };
  const lay = (event) => {
    const row = rowAt(event.target);
    if (row && row !== chosen()) { choose(row); return true; }
    if (!row && event.target !== document.body && !event.target.matches?.("[name=choice]")) return false;
    const form = ready() && aside.querySelector("[data-lay]");
    if (form) send(form);
    return true;
  };
  const find = () => { const field = aside.querySelector("[data-find-invoice]"); field?.focus(); field?.select(); return Boolean(field); };
  const split = () => {
    const box = aside.querySelector("[data-split]");
    if (box) { box.open = true; box.querySelector("input:not([type=hidden])")?.focus(); }
    return Boolean(box);
  };
  const held = (event) => {
    if (event.altKey) return false;
    const forms = { KeyZ: "[data-undo-last]", Enter: "[data-ticked]", NumpadEnter: "[data-ticked]" };
    const form = !event.shiftKey && forms[event.code] && document.querySelector(forms[event.code]);
    if (form) send(form);
    return Boolean(form);
  };
  const alone = (event) => {
    if (event.altKey || event.shiftKey) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") return step(event);
    if (event.key === "Enter") return lay(event);
    if (event.key === " ") return tick(event);
    if (event.key === "/" || event.code === "Slash") return find();
    if (event.code === "KeyS") return split();
    return digitOf(event) ? variant(event) : false;
  };

  // Before the keys of plain lists.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.target.closest?.(TEXT)) return;
    const done = event.ctrlKey || event.metaKey ? held(event) : alone(event);
    if (done) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);
  place.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-main]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(rowAt(link));
    // On a phone the panel stands under the list.
    if (aside.getBoundingClientRect().top > window.innerHeight) aside.scrollIntoView({ block: "start" });
  });

  const count = document.querySelector("[data-ticked-count]");
  const recount = () => { if (count) count.textContent = place.querySelectorAll("[name=tick]:checked").length || ""; };
  place.addEventListener("change", recount);
  window.addEventListener("pageshow", recount);
  recount();
}
