// Builds build/static from npm packages and our sources: `npm ci && node assets/build.mjs`.
// Output: app.css, app.js, icons.svg, fonts and a few pictures. Nothing is fetched.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import esbuild from "esbuild";
import { iconSprite } from "./icons.mjs";
import { reducedTabler } from "./tabler.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "..", "build", "static");
const tablerCss = path.join(here, "../node_modules/@tabler/core/dist/css/tabler.css");

const tabler = {
  name: "tabler",
  setup(build) {
    build.onResolve({ filter: /^tabler$/ }, () => ({ path: tablerCss, namespace: "tabler" }));
    build.onLoad({ filter: /.*/, namespace: "tabler" }, async ({ path: file }) => ({
      contents: await reducedTabler(file), loader: "css", resolveDir: path.dirname(file),
    }));
  },
};

const shared = {
  bundle: true, minify: true, charset: "utf8", logLevel: "warning", outdir: out,
  legalComments: "none", entryNames: "[name]", assetNames: "files/[name]",
};
const styles = {
  ...shared, entryPoints: [path.join(here, "css/app.css")], plugins: [tabler],
  loader: { ".woff2": "file", ".svg": "file" }, target: ["chrome123", "firefox121", "safari17.5"],
};
const scripts = {
  ...shared, entryPoints: [path.join(here, "js/app.js")], format: "iife", target: "es2022",
};

const kB = (bytes) => `${(bytes / 1024).toFixed(1)} kB`;

async function main() {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await Promise.all([esbuild.build(styles), esbuild.build(scripts)]);
  await writeFile(path.join(out, "icons.svg"), await iconSprite());
  await cp(path.join(here, "img"), out, { recursive: true });
  for (const name of ["app.css", "app.js", "icons.svg"]) {
    const body = await readFile(path.join(out, name));
    console.log(`${name.padEnd(10)} ${kB(body.length).padStart(9)}  gzip ${kB(gzipSync(body).length)}`);
  }
}

await main();
