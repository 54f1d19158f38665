// Bundles the suites that run inside the extension host, found by a glob so that none is forgotten.
import { rm } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, build } from "esbuild";
import { root } from "./run";

const outdir = path.join(root, "out", "editor");

/** Bundles test/editor/**\/*.test.ts and gives the module that VS Code is to run. */
export async function bundleSuites(): Promise<string> {
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: { index: "test/vscode/suiteEntry.ts" },
    ...common,
  });
  await build({ absWorkingDir: root, entryPoints: ["test/editor/**/*.test.ts"], outbase: "test/editor", ...common });
  return path.join(outdir, "index.js");
}

const common: BuildOptions = {
  outdir,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  sourcemap: "inline",
  // mocha is found in the repository's node_modules at run time; it is a module that VS Code's Node can import.
  external: ["vscode", "mocha"],
  logLevel: "warning",
};
