import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildOptions, build } from "esbuild";

interface Division {
  readonly root: string;
  readonly programs: Readonly<Record<string, string>>;
  readonly later: Readonly<Record<string, readonly string[]>>;
  readonly shared: string;
  readonly settings: BuildOptions;
}

/** Two programs that share an error class, and throw it in a part that both load later. */
const sources = {
  "src/first.ts": `import { Refused } from "./errors"; import { refuse } from "./part/refuse"; import { once } from "./once";
    export function caught() { try { refuse(); } catch (error) { return error instanceof Refused && once(); } }`,
  "src/second.ts": `import { Refused } from "./errors"; export { refuse } from "./part/refuse"; export { Refused };`,
  "src/errors.ts": `import { words } from "./words"; export class Refused extends Error { constructor() { super(words); } }`,
  "src/words.ts": `export const words = "refused";`,
  "src/once.ts": `let times = 0; export function once() { times += 1; return times; }`,
  "src/part/refuse.ts": `import { Refused } from "../errors"; import { once } from "../once"; import { why } from "./why";
    export function refuse() { once(); if (why) throw new Refused(); }`,
  "src/part/why.ts": `export const why = true;`,
};

const folder = realpathSync(mkdtempSync(join(tmpdir(), "yieldpoint-bundles-")));
const required = createRequire(join(folder, "dist", "x.js"));

/** The bundles loaded so far. */
function loaded(): string[] {
  const files = Object.keys(required.cache).filter((file) => dirname(file) === join(folder, "dist"));
  return files.map((file) => basename(file, ".js")).sort();
}

describe("the modules of a process with several bundles", () => {
  before(async () => {
    const { bundlesOf } = (await import(pathToFileURL(resolve("build/bundles.mjs")).href)) as {
      bundlesOf(division: Division): Promise<BuildOptions[]>;
    };
    for (const [file, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const bundles = await bundlesOf({
      root: folder,
      programs: { first: "src/first.ts", second: "src/second.ts" },
      later: { part: ["src/part/refuse.ts"] },
      shared: "common",
      settings: { platform: "node", format: "cjs", target: "node20", outdir: "dist", external: [] },
    });
    await Promise.all(bundles.map((each) => build({ ...each, bundle: true, logLevel: "silent" })));
  });

  after(() => rmSync(folder, { recursive: true }));

  it("are each in one bundle, so that every class and every module state exists once", () => {
    const { caught } = required("./first.js");
    assert.deepEqual(loaded(), ["first"], "a bundle is loaded at its first use");
    assert.equal(caught(), 2);
    assert.deepEqual(loaded(), ["common", "first", "part"]);
    const { Refused, refuse } = required("./second.js");
    assert.throws(refuse, Refused);
    assert.equal(caught(), 5);
  });
});
