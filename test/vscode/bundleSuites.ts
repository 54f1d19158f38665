// Bundles the suites that run inside the extension host, found by a glob so that none is forgotten.
import { rm } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, build } from "esbuild";
import { root } from "./run";

const outdir = path.join(root, "out", "editor");

export interface SuiteOptions {
  /** Those of test/editor/**\/*.test.ts that are to run; left out, all of them. */
  files?: readonly string[];
  /** What the titles of the tests that are to run match. */
  grep?: string;
  /** Whether somebody outside keeps what is to be seen of a failure, and tells where. */
  isWatched?: boolean;
}

/** Bundles the suites and gives the module that VS Code is to run. */
export async function bundleSuites({ files = [], grep = "", isWatched = false }: SuiteOptions = {}): Promise<string> {
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: { index: "test/vscode/suiteEntry.ts" },
    define: { SUITE_GREP: JSON.stringify(grep), SUITE_IS_WATCHED: String(isWatched) },
    ...common,
  });
  const entryPoints = files.length > 0 ? [...files] : ["test/editor/**/*.test.ts"];
  await build({ absWorkingDir: root, entryPoints, outbase: "test/editor", ...common });
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
