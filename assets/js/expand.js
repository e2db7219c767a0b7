// "Why this date" and "what changed": opens in its place, under the line that asked.
async function fill(box, address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  box.innerHTML = await answer.text();
  window.htmx?.process(box);
}

export function wakeExpand(document) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("[data-expand]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const box = document.getElementById(link.dataset.expand);
    if (!box) return;
    event.preventDefault();
    if (link.getAttribute("aria-expanded") === "true") {
      box.hidden = true;
      link.setAttribute("aria-expanded", "false");
      return;
    }
    try {
      if (link.href && !box.childElementCount) await fill(box, link.href);
      box.hidden = false;
      link.setAttribute("aria-expanded", "true");
    } catch {
      if (link.href) location.assign(link.href);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const box = event.target.closest?.(".why-box");
    const opener = box && document.querySelector(`[data-expand="${CSS.escape(box.id)}"]`);
    if (opener) { opener.click(); opener.focus(); }
  });
}
