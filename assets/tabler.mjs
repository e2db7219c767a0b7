// Tabler, reduced to what Suprovid keeps of it: the reset, buttons and form controls.
// The list is fixed (no scanning of templates), so a page never loses a style by chance.
import { readFile } from "node:fs/promises";
import postcss from "postcss";

const KEPT = [
  /^btn$/, /^btn-(primary|check|group)$/, /^active$/, /^disabled$/, /^show$/,
  /^form-(control|select|check|check-input|check-label|label|text|range)$/,
  /^input-group(-text)?$/, /^is-(valid|invalid)$/, /^was-validated$/,
  /^(in)?valid-feedback$/, /^visually-hidden(-focusable)?$/,
];

const classesOf = (selector) => [...selector.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].map((m) => m[1]);
const keeps = (selector) => {
  const names = classesOf(selector);
  const attribute = /\[(?!data-bs-theme|type|hidden|role|list|href|title)/.test(selector);
  return !attribute && names.every((name) => KEPT.some((kept) => kept.test(name)));
};

function dropForeign(root) {
  root.walkComments((comment) => { if (!comment.text.startsWith("!")) comment.remove(); });
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    rule.selectors = rule.selectors.filter(keeps);
    if (rule.selector === "") rule.remove();
  });
  root.walkAtRules((at) => {
    if (at.name.endsWith("keyframes") || at.name === "charset") at.remove();
  });
  // Pictures inside the style sheet would need `img-src data:`; ours are files.
  root.walkDecls((decl) => { if (decl.value.includes("data:")) decl.remove(); });
}

function dropUnusedVariables(root) {
  const used = (text) => [...text.matchAll(/var\((--[\w-]+)/g)].map((m) => m[1]);
  const needs = new Map();
  const wanted = [];
  root.walkDecls((decl) => {
    if (!decl.prop.startsWith("--")) wanted.push(...used(decl.value));
    else needs.set(decl.prop, [...(needs.get(decl.prop) ?? []), ...used(decl.value)]);
  });
  const reached = new Set();
  while (wanted.length) {
    const name = wanted.pop();
    if (reached.has(name)) continue;
    reached.add(name);
    wanted.push(...(needs.get(name) ?? []));
  }
  root.walkDecls(/^--/, (decl) => { if (!reached.has(decl.prop)) decl.remove(); });
}

function dropEmpty(root) {
  root.walkRules((rule) => { if (rule.nodes.length === 0) rule.remove(); });
  root.walkAtRules((at) => { if (at.nodes && at.nodes.length === 0) at.remove(); });
}

export async function reducedTabler(path) {
  const root = postcss.parse(await readFile(path, "utf8"), { from: path });
  dropForeign(root);
  dropUnusedVariables(root);
  dropEmpty(root);
  return root.toString();
}
