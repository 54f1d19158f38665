/**
 * Projects with Yarn's Plug'n'Play, which have no node_modules but a file that locates packages.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { refusal } from "../refusal";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, startBare } from "../starting";

const javascript = everyRunner[0] as RunnerUnderTest;

/** The same interface as in Yarn's file, with invented data: nothing works before `setup`, which then locates required packages. */
const pnp = `
const Module = require("node:module");
const { join } = require("node:path");
const known = { plain: "packages/plain/index.js", modern: "packages/modern/node_modules/modern/index.js" };
exports.setup = () => {
  const usual = Module._resolveFilename;
  Module._resolveFilename = function (id, ...rest) { return known[id] ? join(__dirname, known[id]) : usual.call(this, id, ...rest); };
};
exports.resolveRequest = (id, from, { conditions }) => {
  if (id === "modern" && conditions.has("import")) return join(__dirname, "packages/modern/node_modules/modern/index.mjs");
  if (known[id]) return join(__dirname, known[id]);
  throw Object.assign(new Error("nobody knows " + id), { code: "MODULE_NOT_FOUND" });
};
`;

const packages = {
  "packages/plain/index.js": "exports.answer = 42;",
  "packages/modern/node_modules/modern/index.js": "exports.how = 'required';",
  "packages/modern/node_modules/modern/index.mjs": "export const how = 'imported';",
};

/** The value that the only task of `src/NAME` yields, below a `.pnp.cjs`. */
async function given(name: string, source: string, file = pnp): Promise<string | undefined> {
  const folder = folderWith({ ".pnp.cjs": file, ...packages, [`src/${name}`]: source });
  const client = startBare(javascript);
  await client.hello();
  await client.ask("load", { file: join(folder, "src", name) });
  await client.ask("spawn", { task: 0, call: "task()" });
  await client.run(1, 0);
  return client.steps[0]?.value;
}

describe("javascript runner, Yarn's Plug'n'Play", () => {
  afterEach(() => {
    endAll();
    removeFolders();
  });

  it("finds required packages", async () => {
    const source = `const { answer } = require("plain"), { how } = require("modern"); function* task() { yield [answer, how]; }`;
    assert.equal(await given("program.cjs", source), '[42, "required"]');
  });

  it("finds imported packages, in their variant for import", async () => {
    const source = `import { answer } from "plain"; import { how } from "modern"; export function* task() { yield [answer, how]; }`;
    assert.equal(await given("program.ts", source), '[42, "imported"]');
  });

  it("ignores files of the program", async () => {
    const source = `import { sep } from "node:path"; import own from "./program.mjs"; export default 7; export function* task() { yield [own, sep]; }`;
    assert.equal(await given("program.mjs", source), '[7, "/"]');
  });

  it("names a missing package, and how to add it with Yarn", async () => {
    const failure = await refusal(given("program.ts", `import other from "other"; function* task() { yield other; }`));
    assert.match(failure.message, /Cannot find module 'other'/);
    assert.match(failure.remedy ?? "", /yarn add other/);
  });

  it("names its file if that cannot be loaded", async () => {
    const failure = await refusal(given("program.cjs", "function* task() { yield 1; }", "throw new Error('broken');"));
    assert.match(failure.message, /\.pnp\.cjs, which says where the packages are, cannot be loaded: Error: broken/);
    assert.match(failure.remedy ?? "", /yarn install/);
  });
});
