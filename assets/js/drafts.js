// Typing is never lost: a form with data-draft="key" is kept in this browser until the
// server says that it was saved. Drafts are apart per person and go when they sign out.
const PREFIX = "suprovid.draft";
const WEEK = 7 * 24 * 3600 * 1000;
const SECRET = new Set(["csrfmiddlewaretoken", "_once"]);

export const draftKey = (person, key) => `${PREFIX}.${person}.${key}`;

const kept = (field) =>
  field.name && !SECRET.has(field.name) && !["password", "file", "hidden", "submit", "button"].includes(field.type);

const isChoice = (field) => field.type === "checkbox" || field.type === "radio";

// What stands in the fields: name -> list of values, in the order of the form.
export function taken(fields) {
  const values = {};
  for (const field of fields) {
    if (!kept(field)) continue;
    values[field.name] ??= [];
    if (isChoice(field)) { if (field.checked) values[field.name].push(field.value); }
    else if (field.selectedOptions) values[field.name].push(...[...field.selectedOptions].map((o) => o.value));
    else values[field.name].push(field.value);
  }
  return values;
}

export function putBack(fields, values) {
  const next = {};
  for (const field of fields) {
    if (!kept(field) || !(field.name in values)) continue;
    const list = values[field.name];
    if (isChoice(field)) field.checked = list.includes(field.value);
    else if (field.options) for (const option of field.options) option.selected = list.includes(option.value);
    else { next[field.name] ??= 0; field.value = list[next[field.name]++] ?? field.value; }
  }
}

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export function readDraft(store, key, now) {
  try {
    const draft = JSON.parse(store.getItem(key));
    return draft && now - draft.at < WEEK ? draft : null;
  } catch { return null; }
}

// A draft that was sent is gone once a page shows that something was saved.
export function forgetSaved(store, person) {
  for (const key of ownKeys(store, person)) {
    const draft = readDraft(store, key, Date.now());
    if (!draft || draft.sent) store.removeItem(key);
  }
}

export const ownKeys = (store, person) =>
  Array.from({ length: store.length }, (_, i) => store.key(i)).filter((key) => key?.startsWith(draftKey(person, "")));

function offerDiscard(document, form, key, original) {
  const line = document.getElementById("say-draft")?.content.firstElementChild.cloneNode(true);
  if (!line) return;
  line.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(key);
    putBack(form.elements, original);
    line.remove();
  });
  form.prepend(line);
}

function keep(document, form, person) {
  const key = draftKey(person, form.dataset.draft);
  const original = taken(form.elements);
  const draft = readDraft(localStorage, key, Date.now());
  // After a refusal the server has already put the values back: they win.
  const refused = form.querySelector("[data-errors], [aria-invalid=true]");
  if (draft && !refused && !same(draft.values, original)) {
    putBack(form.elements, draft.values);
    form.dispatchEvent(new Event("change", { bubbles: false }));
    offerDiscard(document, form, key, original);
  }
  const write = (sent) => {
    const values = taken(form.elements);
    if (!sent && same(values, original)) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), values, sent }));
  };
  form.addEventListener("input", () => write(false));
  form.addEventListener("submit", () => write(true));
}

export function wakeDrafts(document) {
  const person = document.body.dataset.person;
  if (!person) return;
  if (document.querySelector("[data-note=success]")) forgetSaved(localStorage, person);
  for (const form of document.querySelectorAll("form[data-draft]")) keep(document, form, person);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-forget-drafts]")) return;
    for (const key of ownKeys(localStorage, person)) localStorage.removeItem(key);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr?.getResponseHeader("X-Saved")) forgetSaved(localStorage, person);
  });
}
