// One sprite of the icons that pages use (assets/icons.txt), drawn from @tabler/icons.
import { readFile } from "node:fs/promises";

const icons = new URL("../node_modules/@tabler/icons/icons/outline/", import.meta.url);

export async function iconNames() {
  const text = await readFile(new URL("icons.txt", import.meta.url), "utf8");
  return text.split(/\s+/).filter(Boolean);
}

export function symbol(name, svg) {
  const body = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "")
    .replace(/\s+/g, " ").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" ` +
    `stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
}

export async function iconSprite() {
  const names = await iconNames();
  const drawn = await Promise.all(names.map(async (name) =>
    symbol(name, await readFile(new URL(`${name}.svg`, icons), "utf8"))));
  return `<svg xmlns="http://www.w3.org/2000/svg">${drawn.join("")}</svg>\n`;
}
