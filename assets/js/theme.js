// Light, dark or as the system. The server keeps the choice in a cookie and paints it
// right at once; here the page in hand changes without being opened again.
export function wakeTheme(document) {
  const form = document.querySelector("[data-theme-form]");
  form?.addEventListener("submit", (event) => {
    const chosen = event.submitter;
    if (!chosen?.value) return;
    event.preventDefault();
    event.stopPropagation();
    const told = new FormData(form, chosen);
    document.documentElement.dataset.bsTheme = chosen.value;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === chosen));
    }
    fetch(form.action, { method: "POST", body: told, credentials: "same-origin", redirect: "manual" }).catch(() => {});
  });
}
