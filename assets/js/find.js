// Ctrl-K: type three letters, Enter opens the first. The arrows walk through the rest.
import { nextIndex } from "./rows.js";

const PAUSE = 120;

export const isCall = (event) =>
  (event.ctrlKey || event.metaKey) && !event.altKey && (event.code === "KeyK" || event.key.toLowerCase() === "k");

// Of several questions only the last may answer, however late the others come.
export function lastOnly(ask) {
  let latest = 0;
  return async (...args) => {
    const mine = ++latest;
    const answer = await ask(...args);
    return mine === latest ? answer : null;
  };
}

const load = lastOnly(async (url, words) => {
  const answer = await fetch(`${url}?${new URLSearchParams({ q: words })}`, {
    headers: { "HX-Request": "true" }, credentials: "same-origin",
  });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.text();
});

export function wakeFind(document) {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const input = dialog.querySelector("input");
  const out = dialog.querySelector(".palette-out");
  const links = () => [...out.querySelectorAll("a[href]")];
  let timer;

  const say = (text) => {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = text;
    out.replaceChildren(line);
  };
  const mark = (index) => links().forEach((link, i) => link.classList.toggle("is-on", i === index));
  const show = (html) => {
    out.innerHTML = html;
    if (!links().length && !out.querySelector("p")) say(out.dataset.nothing);
    mark(0);
  };
  const search = async () => {
    const words = input.value.trim();
    if (!words) { out.replaceChildren(); return; }
    try {
      const html = await load(dialog.dataset.url, words);
      if (html !== null) show(html);
    } catch { say(out.dataset.lost); }
  };
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
  };
  const move = (step) => {
    const found = links();
    const current = found.indexOf(document.activeElement);
    if (current === 0 && step < 0) { input.focus(); mark(0); return; }
    const from = current < 0 && step > 0 && found.length > 1 ? 0 : current;
    const next = current < 0 && found.length === 1 ? 0 : nextIndex(from, step, found.length);
    found[next]?.focus();
    mark(next);
  };
  const openFirst = async () => {
    clearTimeout(timer);
    if (!links().length || input.dataset.asked !== input.value) await search();
    links()[0]?.click();
  };

  document.addEventListener("keydown", (event) => {
    if (isCall(event)) { event.preventDefault(); open(); }
  });
  for (const button of document.querySelectorAll("[data-find]")) {
    button.addEventListener("click", (event) => { event.preventDefault(); open(); });
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => { const asked = input.value; await search(); input.dataset.asked = asked; }, PAUSE);
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); move(event.key === "ArrowDown" ? 1 : -1); }
    // A search field would only empty itself at the first press.
    else if (event.key === "Escape") { event.preventDefault(); dialog.close(); }
    else if (event.key === "Enter" && event.target === input) { event.preventDefault(); openFirst(); }
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.target !== input) input.focus();
  });
}
