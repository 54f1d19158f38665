import assert from "node:assert/strict";
import type { RunnerClient } from "./client";
import { refusal } from "./refusal";
import { type RunnerUnderTest, runners } from "./runners";
import { endAll, programFile, start, startAlone, startBare } from "./starting";

const runner = runners.find(({ language }) => language === "javascript") as RunnerUnderTest;

/** The previews of expressions, as a step yields them. */
async function previews(client: RunnerClient, ...expressions: string[]): Promise<string[]> {
  await client.ask("spawn", { task: 0, call: `giveAll(${expressions.join(", ")})` });
  // A promise among them ends a plan, since the task waits for it.
  while (client.steps.length < expressions.length) {
    await client.run(client.steps.length + 1, ...expressions.slice(client.steps.length).map(() => 0));
    await client.ask("advance", { from: client.steps.length + 1, plan: { ring: [], steps: 0 } });
  }
  return client.steps.map(({ value }) => value);
}

/** Expression and preview. */
const plain: [string, string][] = [
  ["undefined", "undefined"],
  ["null", "null"],
  ["-0", "-0"],
  ["0", "0"],
  ["NaN", "NaN"],
  ["1e21", "1e+21"],
  ["123n", "123n"],
  ["-5n", "-5n"],
  ["true", "true"],
  ['"a\\"b\\n"', '"a\\"b\\n"'],
  ['Symbol("x")', "Symbol(x)"],
  ["[1, [2, [3, [4]]]]", "[1, [2, [3, […]]]]"],
  ["{ a: 1, 'b-c': [1], [Symbol('s')]: 2 }", '{a: 1, "b-c": [1], [Symbol(s)]: 2}'],
  ["new Map([[1, { a: 1 }]])", "Map(1) {1 => {a: 1}}"],
  ["new Set([1, 'x'])", 'Set(2) {1, "x"}'],
  ["new Date(0)", "1970-01-01T00:00:00.000Z"],
  ["new Date(NaN)", "Invalid Date"],
  ["/a+/gi", "/a+/gi"],
  ["new RangeError('too far')", "RangeError: too far"],
  ["named", "ƒ named()"],
  ["Secret", "class Secret"],
  ["generatorFunction()", "Generator generatorFunction"],
  ["new Uint8Array(3)", "Uint8Array(3) [0, 0, 0]"],
  ["Promise.resolve(1)", "Promise"],
  ["new WeakMap()", "WeakMap"],
  ["Object.create(null)", "[null prototype] {}"],
  ["Object(3)", "[Number: 3]"],
  ["new ArrayBuffer(2)", "ArrayBuffer(2) [0, 0]"],
  ["new SharedArrayBuffer(1)", "SharedArrayBuffer(1) [0]"],
  ["new DataView(new Uint8Array([1, 2, 3]).buffer, 1)", "DataView(2) [2, 3]"],
  ["new ArrayBuffer(1000)", `ArrayBuffer(1000) [${"0, ".repeat(61)}… 939 more]`],
  ["new URL('https://example.org/a?b#c')", 'URL "https://example.org/a?b#c"'],
  ["new URLSearchParams({ a: '1' })", 'URLSearchParams "a=1"'],
  ["Object.create(URL.prototype)", "(no preview)"],
  ["2n ** 333n", `${2n ** 333n}n`],
  ["-(10n ** 149n)", `-1${"0".repeat(149)}n`],
  ["-(10n ** 150n)", `-1${"0".repeat(98)}…n (151 digits)`],
  ["1n << 100_000n", "…n (about 30104 digits)"],
  ["holey", "[1, empty, 3]"],
  ["Stack.of(1, 2)", "Stack(2) [1, 2]"],
  ["/b/.exec('abc')", '["b", index: 1, input: "abc", groups: undefined]'],
  ["Object.assign([1], { more: 2, [Symbol('s')]: 3 })", "[1, more: 2, [Symbol(s)]: 3]"],
  ["Object.assign([1, , 3], { more: 2 })", "[1, empty, 3, more: 2]"],
  ["Object.assign(Stack.of(1), { more: 2 })", "Stack(1) [1, more: 2]"],
  ["Object.assign(new Map([[1, 2]]), { more: 2 })", "Map(1) {1 => 2, more: 2}"],
  ["Object.assign(new Set([1]), { more: 2 })", "Set(1) {1, more: 2}"],
  ["Object.assign(() => 1, { more: 2 })", "ƒ () {more: 2}"],
  ["class A { static more = 2 }", "class A {more: 2}"],
  ["Object.assign(new Date(0), { more: 2 })", "1970-01-01T00:00:00.000Z {more: 2}"],
  ["Object.assign(Object('ab'), { more: 2 })", '[String: "ab"] {more: 2}'],
  ["new WeakRef(holey)", "WeakRef {[1, empty, 3]}"],
  ["Object.create(WeakRef.prototype)", "(no preview)"],
  ["(function () { return arguments; })(1, 2)", "[Arguments] {0: 1, 1: 2}"],
  ["new Map([[1, 2]]).entries()", "[Map Iterator]"],
  ["[1].values()", "[Array Iterator]"],
];

/** Values whose inspection in the usual ways would run user code. */
const hostile: [string, string][] = [
  ["cyclic", "{a: 1, self: [Circular]}"],
  ["proxy", "Proxy"],
  ["new Proxy(function () {}, {})", "Proxy"],
  ["[proxy]", "[Proxy]"],
  ["onProxy", "{}"],
  ["new Secret()", "Secret {shown: 2}"],
  ["new Noisy()", "Noisy {}"],
  ["new Disguised()", "(anonymous) {}"],
  ["Disguised", "class (anonymous)"],
  ["new Broken('given')", "Broken: given"],
  ["withGetter", "{x: (…), y: (…)}"],
  ["liar", "[1, 2, constructor: {name: (…)}]"],
  ["deep", "{a: {b: {c: {…}}}}"],
];

describe("javascript runner, values", () => {
  afterEach(endAll);

  it("are written as in JavaScript", async () => {
    const client = await start(runner, "values");
    const texts = await previews(client, ...plain.map(([expression]) => expression));
    assert.deepEqual(
      texts,
      plain.map(([, text]) => text),
    );
  });

  it("are shown without running their code", async () => {
    const client = await start(runner, "values");
    const texts = await previews(client, ...hostile.map(([expression]) => expression));
    assert.deepEqual(
      texts,
      hostile.map(([, text]) => text),
    );
  });

  it("are cut if they are huge, and marked as such", async () => {
    const client = await start(runner, "values");
    const [text = "", list = "", keys = "", number = "", map = ""] = await previews(
      client,
      '"a".repeat(52428800)',
      "Array.from({ length: 1000 }, (_, i) => i)",
      "millionKeys()",
      "7n ** 200000n",
      "new Map(Array.from({ length: 500 }, (_, i) => [i, 'v'.repeat(50)]))",
    );
    assert.equal(text, `"${"a".repeat(100)}"… (52428800 characters)`);
    assert.match(list, /^\[0, 1, 2, .*, … \d+ more\]$/);
    assert.match(keys, /^\{k0: 0, .*… 9999\d\d more\}$/);
    assert.match(number, /about 1690\d\d digits/);
    assert.match(map, /^Map\(500\) \{0 => "v+", .* more\}$/);
    for (const preview of [text, list, keys, number, map]) assert.ok(preview.length <= 260, preview);
  });

  it("cost no more for a huge list than for a short one", async () => {
    const client = await start(runner, "values", "give(new Array(20000000).fill(1))");
    await client.ask("advance", { from: 1, plan: { picks: [0], times: 1_000 } });
    const slowest = Math.max(...client.steps.map(({ micros }) => micros));
    assert.equal(client.steps.length, 1_000);
    assert.ok(slowest < 1_000_000);
  });

  it("do not depend on anything that a program can replace", async () => {
    const client = await startAlone(runner, "patches", "vandal()");
    await client.run(1, 0, 0);
    assert.deepEqual(
      client.steps.map(({ value }) => value),
      ["[Map(1) {1 => {a: 1}}, 1970-01-01T00:00:00.000Z]", "2"],
    );
    assert.equal(client.printed("stdout", 2), "printed\n");
    assert.ok(client.steps.every(({ micros }) => micros > 0));
    const { frames } = await client.ask("inspect", { task: 0 });
    assert.equal(frames[0]?.line, 23);
  });

  it("show accessors without running them, and expand maps, sets and errors", async () => {
    const client = await start(runner, "values");
    const children = async (expression: string) => {
      const { handle } = await client.ask("evaluate", { expression });
      assert.ok(handle !== undefined, expression);
      const { properties } = await client.ask("expand", { handle, start: 0, count: 100 });
      return properties.map(({ name, value }) => `${name}: ${value.text}`);
    };
    assert.deepEqual(await children("withGetter"), ["x: (getter)", "y: (setter)", "[[Prototype]]: Object"]);
    assert.deepEqual(await children("new Map([['k', 1]])"), ['"k": 1', "[[Prototype]]: Map"]);
    assert.deepEqual(await children("new Set([5])"), ["0: 5", "[[Prototype]]: Set"]);
    assert.deepEqual(await children("[1, , 2]"), ["0: 1", "1: empty", "2: 2", "length: 3", "[[Prototype]]: Array"]);
    assert.deepEqual(await children("failing()"), [
      `stack: at failing (${programFile(runner, "values")}:35)`,
      'message: "m"',
      "cause: 7",
      "[[Prototype]]: Error",
    ]);
    assert.equal((await client.ask("evaluate", { expression: "proxy" })).handle, undefined);
  });
});

describe("javascript runner, expressions", () => {
  afterEach(endAll);

  it("are compiled once if they are repeated, unless long ago, and evaluated each time", async () => {
    const client = await start(runner, "tasks", "count(3)", "count(9)");
    const shown = async (expression: string, task?: number) =>
      (await client.ask("evaluate", { expression, ...(task === undefined ? {} : { task }) })).text;
    // The strings of a template are the same object only as long as the same code runs.
    const compilations = "(globalThis.templates ??= new Set()).add(((strings) => strings)`x`).size";
    assert.deepEqual([await shown(compilations), await shown(compilations)], ["1", "1"]);
    for (let other = 0; other < 64; other += 1) await shown(String(other));
    assert.equal(await shown(compilations), "2");
    assert.deepEqual([await shown("local.push(1)"), await shown("local.push(1)")], ["4", "5"]);
    // Locals of the same name are different ones in each task.
    assert.deepEqual([await shown("times", 0), await shown("times", 1), await shown("typeof times")], ["3", "9", '"undefined"']);
  });
});

describe("javascript runner, languages", () => {
  afterEach(endAll);

  it("include TypeScript with enums, parameter properties, decorators, path aliases, CommonJS and ES modules", async () => {
    const client = await start(runner, "features/typescript.ts", "new Worker(1, { name: 's' } as Shape).run()");
    await client.ask("advance", { from: 1, plan: { picks: [0], times: 50 } });
    assert.deepEqual(
      client.steps.map(({ value, point }) => `${value} ${point?.function}:${point?.line}`),
      [
        '"green" Worker.run:29',
        "9 Worker.run:30",
        "1 Worker.run:31",
        '"alias 1" fromAlias:2',
        '"plain 2" plainTask:3',
        '"helper 2" helper:2',
        '"named 3" named:6',
        "14 task:3",
        "42 Worker.run:36",
        "4 Worker.run:37",
        '"function" Worker.run:38',
        "true Worker.run:39",
        "7 undefined:undefined",
      ],
    );
    assert.equal(client.printed("stdout"), "disposed\n");
    assert.equal((await client.ask("evaluate", { expression: "Worker.prototype.run.decorated" })).text, "true");
  });

  it("make imports available to calls by their names, whether used elsewhere or not", async () => {
    const client = await start(runner, "features/typescript.ts", "fromAlias(unused(3).length)", "exports.default()");
    await client.run(1, 0, 1);
    assert.deepEqual(
      client.steps.map(({ value }) => value),
      ['"alias 2"', '"anonymous"'],
    );
  });

  it("report the file at fault if a tsconfig.json cannot be used", async () => {
    const client = startBare(runner);
    const failure = await refusal(client.ask("load", { file: programFile(runner, "tsconfigBroken/task.ts") }));
    assert.equal(failure.code, "load");
    assert.match(failure.message, /tsconfig\.json.*not-there/);
    assert.ok(failure.remedy);
  });

  it("include CommonJS scripts, which are not treated as the main program", async () => {
    const client = await start(runner, "features/script.js", "task()");
    await client.run(1, 0, 0);
    assert.deepEqual(
      client.steps.map(({ value, point }) => `${value} ${point?.line}`),
      ['"script.js" 3', "false 4"],
    );
  });

  it("include ES modules with top-level await", async () => {
    const client = await start(runner, "features/lib/esm.mjs", "task(1)");
    await client.run(1, 0);
    assert.equal(client.steps[0]?.value, "11");
  });

  it("include JSX, and circular imports", async () => {
    const client = await start(runner, "features/view.tsx", "view(1)");
    await client.run(1, 0);
    assert.equal(client.steps[0]?.value, '{tag: "b", children: [1]}');
    const circle = await start(runner, "features/cycleA.ts", "both()");
    await circle.run(1, 0);
    assert.equal(circle.steps[0]?.value, '"aba"');
  });
});
