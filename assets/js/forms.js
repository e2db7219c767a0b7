// A form goes once; what is wrong with it is read out first; a grey button does nothing.
function guardDoubleSubmit(document) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  const free = (root) => {
    for (const form of root.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of root.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };
  window.addEventListener("pageshow", () => free(document));
  document.addEventListener("htmx:afterRequest", () => free(document));
}

function keepGreyStill(document) {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[aria-disabled=true]")) event.preventDefault();
  }, true);
}

function showErrors(document) {
  document.querySelector("[data-errors]")?.focus();
  document.addEventListener("htmx:load", (event) => event.target.querySelector?.("[data-errors]")?.focus());
}

// A filter acts as soon as it is chosen; without scripts its button does the same.
function sendOnChange(document) {
  for (const button of document.querySelectorAll("form[data-auto] > .btn")) button.hidden = true;
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-auto]");
    if (form) form.requestSubmit();
  });
}

export function wakeForms(document) {
  guardDoubleSubmit(document);
  keepGreyStill(document);
  showErrors(document);
  sendOnChange(document);
}
