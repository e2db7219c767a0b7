// Files: dropped, chosen or photographed; their names and sizes are shown before sending.
export function sizeInWords(bytes, language) {
  const [kilo, mega] = language.startsWith("uk") ? ["КБ", "МБ"] : ["kB", "MB"];
  const format = (n) => n.toLocaleString(language, { maximumFractionDigits: 1 });
  if (bytes < 1024 * 1024) return `${format(Math.max(1, Math.round(bytes / 1024)))}\u00a0${kilo}`;
  return `${format(bytes / 1024 / 1024)}\u00a0${mega}`;
}

function list(drop, input) {
  const shown = drop.querySelector("[data-drop-list]");
  if (!shown) return;
  const language = document.documentElement.lang;
  shown.replaceChildren(...[...input.files].map((file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name} · ${sizeInWords(file.size, language)}`;
    return line;
  }));
}

function take(input, files) {
  const transfer = new DataTransfer();
  const wanted = input.multiple ? [...input.files, ...files] : [...files].slice(0, 1);
  for (const file of wanted) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// The phone's camera is asked by an input of its own; its picture joins the others.
function photograph(drop, input) {
  const button = drop.querySelector("[data-shot]");
  if (!button) return;
  const camera = document.createElement("input");
  camera.type = "file";
  camera.accept = "image/*";
  camera.capture = "environment";
  camera.addEventListener("change", () => take(input, camera.files));
  button.addEventListener("click", () => camera.click());
}

function wake(drop) {
  const input = drop.querySelector("input[type=file]");
  if (!input || drop.dataset.awake) return;
  drop.dataset.awake = "yes";
  const over = (on) => (event) => { event.preventDefault(); drop.classList.toggle("is-over", on); };
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", (event) => { over(false)(event); take(input, event.dataTransfer.files); });
  input.addEventListener("change", () => list(drop, input));
  photograph(drop, input);
}

export const wakeFiles = (root) => root.querySelectorAll?.("[data-drop]").forEach(wake);
