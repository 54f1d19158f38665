// Bundles the suites that run inside the extension host. They are found with a glob, so that none is forgotten.
import { rm } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, build } from "esbuild";
import { root } from "./run";

const outdir = path.join(root, "out", "editor");

export interface SuiteOptions {
  /** The files below test/editor to run; by default all suites. */
  files?: readonly string[];
  /** A pattern for the titles of the tests to run. */
  grep?: string;
  /** Whether a process outside collects evidence of failures and reports where it is. */
  isWatched?: boolean;
}

/** Bundles the suites, and returns the path of the module that VS Code is to run. */
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
  // mocha is loaded from the repository's node_modules at run time; VS Code's Node can import it.
  external: ["vscode", "mocha"],
  logLevel: "warning",
};
