// A form with data-confirm asks before it goes; the answer is one key away.
export function wakeConfirm(document) {
  const ask = document.getElementById("ask");
  if (!ask) return;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const text = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!text || form.dataset.agreed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    ask.querySelector("h2").textContent = text;
    ask.returnValue = "";
    ask.showModal();
    ask.addEventListener("close", () => {
      if (ask.returnValue !== "yes") { submitter?.focus(); return; }
      form.dataset.agreed = "yes";
      form.requestSubmit(submitter);
      delete form.dataset.agreed;
    }, { once: true });
  }, true);
}
