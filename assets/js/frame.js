// The frame: the menu on a phone, the person's panel, lines that may be closed.
function wakeMenu(document) {
  const button = document.querySelector("[data-menu]");
  const side = document.getElementById("side");
  if (!button || !side) return;
  const main = document.getElementById("main");
  const shade = document.createElement("div");
  shade.className = "side-shade only-phone";
  const show = (open) => {
    side.classList.toggle("is-open", open);
    button.setAttribute("aria-expanded", String(open));
    main.inert = open;
    if (open) { document.body.append(shade); side.querySelector("a, button")?.focus(); }
    else { shade.remove(); if (side.contains(document.activeElement)) button.focus(); }
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    show(!side.classList.contains("is-open"));
  });
  button.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); button.click(); } });
  shade.addEventListener("click", () => show(false));
  side.addEventListener("keydown", (event) => { if (event.key === "Escape") show(false); });
  matchMedia("(min-width: 768px)").addEventListener("change", (wide) => { if (wide.matches) show(false); });
}

function wakeMe(document) {
  const me = document.querySelector("[data-me]");
  if (!me) return;
  document.addEventListener("click", (event) => { if (!me.contains(event.target)) me.open = false; });
  me.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !me.open) return;
    me.open = false;
    me.querySelector("summary").focus();
    event.stopPropagation();
  });
}

function wakeNotes(document) {
  const cross = document.getElementById("say-remove");
  if (!cross) return;
  for (const note of document.querySelectorAll("[data-note]")) {
    const button = cross.content.firstElementChild.cloneNode(true);
    button.addEventListener("click", () => note.remove());
    note.append(button);
  }
}

export function wakeFrame(document) {
  wakeMenu(document);
  wakeMe(document);
  wakeNotes(document);
}
