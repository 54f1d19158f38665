/**
 * A JavaScript program finds the same environment as in plain Node.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import util from "node:util";
import type { RunnerClient } from "../client";
import { folderWith, removeFolders } from "../folder";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, startBare } from "../starting";

const javascript = everyRunner[0] as RunnerUnderTest;

async function loaded(file: string, ...calls: string[]): Promise<RunnerClient> {
  const client = startBare(javascript);
  await client.hello();
  await client.ask("load", { file });
  for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
  return client;
}

/** The first value that the only task of a program yields, and the client. */
async function firstOf(
  files: Record<string, string>,
  program: string,
): Promise<{ value: string | undefined; client: RunnerClient }> {
  const client = await loaded(join(folderWith(files), program), "task()");
  await client.run(1, 0);
  return { value: client.steps[0]?.value, client };
}

function cleanUp(): void {
  endAll();
  removeFolders();
}

describe("javascript runner, names of files", () => {
  afterEach(cleanUp);

  const names = [
    "a.v2.js",
    "two words.ts",
    "with-dash.mjs",
    "2nd.js",
    "100%.ts",
    "what?#1.js",
    "a%23b.ts",
    "größe.ts",
    "été 文.mts",
    ".js.js",
    "a.b/c d-1%20/x.y/tasks.ts",
  ];
  for (const name of names) {
    it(`can be ${name}, with the right URL`, async () => {
      const source = `import { value } from "./helper.js";
import { fileURLToPath } from "node:url";
export function* task() { yield [value, fileURLToPath(import.meta.url)]; }`;
      const beside = name.replace(/[^/]*$/, "helper.js");
      const file = join(folderWith({ [name]: source, [beside]: "export const value = 5;" }), name);
      const client = await loaded(file, "task()");
      await client.run(1, 0);
      assert.deepEqual([client.steps[0]?.value, client.steps[0]?.point?.file], [`[5, ${JSON.stringify(file)}]`, file]);
    });
  }

  it("can be those of modules of Node or of the runner, for packages and files of the user", async () => {
    const { value } = await firstOf(
      {
        "program.cjs": `const all = ["jiti", "fs", "node:fs", "./fs", "./jiti.js", "./path"];
          function* task() { yield all.map((name) => require(name).mine); }`,
        "fs.js": "exports.mine = 1;",
        "jiti.js": "exports.mine = 2;",
        "path.js": "exports.mine = 3;",
        "node_modules/jiti/index.js": "exports.mine = 4;",
        "node_modules/fs/index.js": "exports.mine = 5;",
      },
      "program.cjs",
    );
    assert.equal(value, "[4, undefined, undefined, 1, 2, 3]");
  });
});

describe("javascript runner, stacks that a program sees", () => {
  afterEach(cleanUp);

  it("have only its own frames, wherever they come from", async () => {
    const library = `exports.thrower = () => { throw new Error("thrown"); };
exports.atLoad = new Error("at load").stack;
exports.iterable = { [Symbol.iterator]() { return [new Error("delegated").stack][Symbol.iterator](); } };`;
    const program = `const { thrower, atLoad, iterable } = require("./library");
function caught() { try { thrower(); } catch (error) { return error.stack; } }
function* task() {
  console.error(new Error("printed"));
  console.trace("traced");
  for (const stack of [atLoad, caught(), ...iterable]) console.log(stack);
  yield* iterable;
  const usual = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, frames) => frames.map((frame) => String(frame.getFileName()));
  const files = new Error("by hand").stack;
  Error.prepareStackTrace = usual;
  yield files;
  try { require("node:fs").readFileSync("/nowhere/at/all"); } catch (error) { console.log(error.stack); }
  yield error();
}
function error() { return new Error("last").stack; }`;
    const folder = folderWith({ "program.cjs": program, "library.js": library });
    const client = await loaded(join(folder, "program.cjs"), "task()");
    await client.run(1, 0, 0, 0);
    const shown = [client.printed("stdout"), client.printed("stderr"), ...client.steps.map(({ value }) => value)].join("\n");
    for (const foreign of ["/dist/", "node:yieldpoint", "node:vm", "main.js"]) assert.ok(!shown.includes(foreign), shown);
    const lines = client.printed("stderr", 1).match(/program\.cjs:\d+/g);
    assert.deepEqual(lines, ["program.cjs:4", "program.cjs:5"]);
    const printed = client.printed("stdout", 1);
    assert.deepEqual(printed.match(/(library\.js|program\.cjs):\d+/g), [
      ...["library.js:2", "program.cjs:1"],
      ...["library.js:1", "program.cjs:2", "program.cjs:6"],
      ...["library.js:3", "program.cjs:6"],
    ]);
    assert.equal(client.steps[1]?.value.includes("program.cjs"), true);
    // Node's own frames above the program stay, as in plain Node.
    assert.match(client.printed("stdout", 3), /ENOENT.*\n.*node:fs.*\n(.*node:fs.*\n)*.*program\.cjs:13/);
  });

  it("have only its own frames however they are requested, in the file, in the call and in a task", async () => {
    const program = `import * as util from "node:util";
import inspector from "node:inspector";
import { Worker } from "node:worker_threads";
function* stacks() {
  const held: { stack?: string } = {};
  Error.captureStackTrace(held);
  yield held.stack;
  Error.stackTraceLimit = Infinity;
  yield new Error("all").stack;
  Error.stackTraceLimit = 10;
  yield new Function("return new Error('made').stack")();
  yield (0, eval)("new Error('evaluated').stack");
  try { eval("}{"); } catch (error) { yield error.stack; }
  try { (null as any).x; } catch (error) { yield error.stack; }
  const usual = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, sites) => sites;
  const sites = new Error("sites").stack as unknown as NodeJS.CallSite[];
  Error.prepareStackTrace = usual;
  yield sites.map((site) => [site.getFileName(), site.getScriptNameOrSourceURL(), site.getEvalOrigin(), String(site)]).join();
  const session = new inspector.Session();
  session.connect();
  const given: string[] = [];
  session.post("Runtime.evaluate", { expression: "new Error('inspected').stack" }, (_, answer) => given.push(answer.result.value));
  session.disconnect();
  yield* given;
  yield util.inspect(new Error("outer", { cause: new Error("inner") }));
  yield new DOMException("platform").stack;
  const sitesOf = (util as any).getCallSites;
  if (sitesOf) yield JSON.stringify([sitesOf(), sitesOf(200), sitesOf({ sourceMap: false })]);
}
const seen: string[] = [...stacks()];
async function later() { await 1; seen.push(new Error("after await").stack!); }
await later();
await new Promise((resolve) => setTimeout(resolve, 1)).then(() => seen.push(new Error("timer").stack!));
await new Promise((resolve) => {
  const worker = new Worker("throw new Error('worker')", { eval: true });
  worker.on("error", (error) => resolve(seen.push(error.stack!)));
});
export function make() { seen.push(...stacks()); return task(); }
function* task() { seen.push(...stacks()); yield seen.length; for (const stack of seen) console.log(stack); }`;
    const client = await loaded(join(folderWith({ "program.mts": program }), "program.mts"), "make()");
    await client.run(1, 0, 0);
    const printed = client.printed("stdout");
    assert.ok(Number(client.steps[0]?.value) >= 33, client.steps[0]?.value);
    assert.equal(printed.match(/at .*program\.mts:/g) !== null, true);
    for (const foreign of ["/dist/", "node:yieldpoint", "yieldpoint$", "node:vm", "main.js"])
      assert.ok(!printed.includes(foreign), printed);
  });

  it("have the columns of the source, in every file and in whatever way they are read", async () => {
    const file = 'export   const made: Error = (null as any)   ?? new Error("made");   export enum Kind { A }';
    const program = `import { made } from "./made"; import * as util from "node:util"; interface Long { text: string }
const placeOf = (stack?: string) => /:(\\d+:\\d+)\\)?$/m.exec(stack ?? "")?.[1];
const sites = (util as any).getCallSites as undefined | (() => { columnNumber?: number; column?: number }[]);
function first(_: unknown, sites: NodeJS.CallSite[]) { return [sites[0]?.getColumnNumber(), placeOf(String(sites[0])), sites[0]?.getFunctionName()]; }
function* task(given?: Long): Generator<unknown> {
  const all = [placeOf(made.stack)];   all.push(placeOf((<Error>new Error()).stack));
  try { (null as unknown as Long).text; } catch (error) { all.push(placeOf((error as Error).stack)); }
  const usual = Error.prepareStackTrace;   Error.prepareStackTrace = first as any; const read = (<any>new Error()).stack; Error.prepareStackTrace = usual;
  /* typed */ const own = (undefined as any) ?? sites?.()[0];
  yield [...all, ...read, ...(own ? [own.columnNumber ?? own.column] : [])].join(" ");
}`;
    const { value } = await firstOf({ "program.ts": program, "made.ts": file }, "program.ts");
    const lines = program.split("\n");
    const column = (line: number, text: string) => (lines[line - 1] ?? "").indexOf(text) + 1;
    const places = [
      `1:${file.indexOf("new Error") + 1}`,
      `6:${column(6, "new Error")}`,
      `7:${column(7, "text;")}`,
      `${column(8, "new Error")}`,
      `8:${column(8, "new Error")}`,
      "task",
      ...("getCallSites" in util ? [`${column(9, "sites?.()")}`] : []),
    ];
    assert.equal(value, JSON.stringify(places.join(" ")));
  });

  it("are as long as the program says: ten frames, or what it sets", async () => {
    const program = `function deep(depth) { return depth > 0 ? deep(depth - 1) : new Error("deep").stack.split("\\n").length - 1; }
export function* task() {
  const first: unknown[] = [Error.stackTraceLimit, deep(30)];
  Error.stackTraceLimit = 3;
  yield [...first, deep(30), Error.stackTraceLimit];
}`;
    const { value, client } = await firstOf({ "program.mts": program }, "program.mts");
    assert.equal(value, "[10, 10, 3, 3]");
    // An expression is compiled in between.
    assert.equal((await client.ask("evaluate", { expression: "(deep(30) as number)" })).text, "3");
  });
});
