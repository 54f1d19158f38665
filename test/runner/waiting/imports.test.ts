/**
 * The module `cotasks` is found from every kind of file, by every kind of import, and is the same instance.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { RunnerClient } from "../client";
import { folderWith, removeFolders } from "../folder";
import { runners } from "../runners";

const named = 'import { mutex, closed } from "cotasks";';
const all = 'import * as cotasks from "cotasks"; const { mutex, closed } = cotasks;';
const fallback = 'import cotasks from "cotasks"; const { mutex, closed } = cotasks;';
const required = 'const { mutex, closed } = require("cotasks");';
const dynamic = 'const { mutex, closed } = await import("cotasks");';
const assigned = 'import cotasks = require("cotasks"); const { mutex, closed } = cotasks;';

const ways: Readonly<Record<string, readonly string[]>> = {
  js: [named, all, fallback],
  mjs: [named, all, fallback, dynamic],
  cjs: [required],
  jsx: [named],
  ts: [named, all, fallback, assigned],
  mts: [named, all, fallback, dynamic],
  cts: [named, required, assigned],
  tsx: [named],
};

/** Another file that imports the same module. */
const helper = `import { mutex } from "cotasks"; export const lock = mutex("shared"); export const same = mutex;`;

const tasks = (extension: string) => {
  const begin = /^c/.test(extension) ? "exports.task = task;" : "export { task };";
  return `${begin}\nfunction* task() { const lock = mutex("own"); yield lock.acquire(); lock.release(); return typeof closed; }\n`;
};

describe("javascript runner, the module cotasks", () => {
  afterEach(removeFolders);

  for (const [extension, imports] of Object.entries(ways)) {
    it(`is found from a .${extension} file`, async () => {
      const [runner] = runners;
      assert.ok(runner);
      const files = imports.map((text, index) => [`way${index}.${extension}`, `${text}\n${tasks(extension)}`] as const);
      const folder = folderWith(Object.fromEntries(files));
      for (const [file] of files) {
        const client: RunnerClient = new RunnerClient(runner);
        try {
          await client.hello();
          await client.ask("load", { file: join(folder, file) });
          await client.ask("spawn", { task: 0, call: /^c/.test(extension) ? "exports.task()" : "task()" });
          const { stopped } = await client.ask("advance", { from: 1, plan: { ring: [0], steps: 10 } });
          const ended = client.steps.map(({ event, value }) => `${event} ${value}`);
          assert.deepEqual([stopped, ...ended], ["returned", "yielded acquire(own)", 'returned "symbol"'], file);
        } finally {
          await client.close();
        }
      }
    });
  }

  it("is the same instance in all of them", async () => {
    const [runner] = runners;
    assert.ok(runner);
    const main = `import { lock, same } from "./helper.mjs"; import { mutex } from "cotasks"; import { mutex as third } from "./third.cjs";
      export function* task() { yield lock.acquire(); lock.release(); return same === mutex && third === mutex; }`;
    const third = 'exports.mutex = require("cotasks").mutex;';
    const client = new RunnerClient(runner);
    try {
      await client.hello();
      const folder = folderWith({ "main.ts": main, "helper.mjs": helper, "third.cjs": third });
      await client.ask("load", { file: join(folder, "main.ts") });
      await client.ask("spawn", { task: 0, call: "task()" });
      await client.ask("advance", { from: 1, plan: { ring: [0], steps: 10 } });
      assert.equal(client.steps.at(-1)?.value, "true");
    } finally {
      await client.close();
    }
  });
});
