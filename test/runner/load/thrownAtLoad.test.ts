/**
 * Whatever a module throws while it is loaded has a place, whether it is an error or not.
 */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { refusal } from "../refusal";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, startBare } from "../starting";

const javascript = everyRunner[0] as RunnerUnderTest;

async function failure(files: Record<string, string>, call?: string) {
  const client = startBare(javascript);
  await client.hello();
  const file = join(folderWith(files), Object.keys(files)[0] ?? "");
  const load = client.ask("load", { file });
  if (call !== undefined) await load;
  const { message, file: at, line, column } = await refusal(call === undefined ? load : client.ask("spawn", { task: 0, call }));
  return [message, at && basename(at), line, column];
}

const main = (text: string) => ({ "main.mjs": text });

/** The program, and the expected message and place. */
const cases: readonly [about: string, files: Record<string, string>, expected: unknown[]][] = [
  ["null", main("\n  throw null;"), ["null was thrown", "main.mjs", 2, 3]],
  ["a text", { "main.ts": "\nthrow 'no' as unknown;" }, ['"no" was thrown', "main.ts", 2, 1]],
  ["an object that is no error", main("const x = {a: 1};\nif (x) throw x;"), ["{a: 1} was thrown", "main.mjs", 2, 8]],
  ["a frozen object", main("throw Object.freeze([1]);"), ["[1] was thrown", "main.mjs", 1, 1]],
  ["in a function", main("function f() {\n  throw 5;\n}\nf();"), ["5 was thrown", "main.mjs", 2, 3]],
  ["in a callback of the runtime", main("[1].map(() => {\n  throw 5; });"), ["5 was thrown", "main.mjs", 2, 3]],
  ["after the same was caught", main("try { throw 5 } catch {}\nthrow 5;"), ["5 was thrown", "main.mjs", 2, 1]],
  ["what is awaited rejects", main("\nconst x = await Promise.reject(null);"), ["null was thrown", "main.mjs", 2, 11]],
  ["what is awaited throws", main("const f = async () => {\n  throw 'x'; };\nawait f();"), ['"x" was thrown', "main.mjs", 2, 3]],
  [
    "what is awaited rejects later",
    main("await new Promise((_, reject) => {\n  setTimeout(() => reject({}), 1); });"),
    ["{} was thrown", "main.mjs", 1, 1],
  ],
  [
    "in a module that is required",
    { "main.cjs": "require('./other.cjs');", "other.cjs": "\n\nthrow undefined;" },
    ["undefined was thrown", "other.cjs", 3, 1],
  ],
  [
    "in a module that is imported, which awaits",
    { "main.mjs": "import './other.mjs';", "other.mjs": "\nawait Promise.reject('x');" },
    ['"x" was thrown', "other.mjs", 2, 1],
  ],
  [
    "in a module that is imported dynamically",
    { "main.mjs": "\nawait import('./other.mjs');", "other.mjs": "throw 1;" },
    ["1 was thrown", "other.mjs", 1, 1],
  ],
  [
    "by the runtime, where only the module is known",
    { "main.mjs": "import './other.mjs';", "other.mjs": "(function* () {})().throw(7);" },
    ["7 was thrown", "other.mjs", undefined, undefined],
  ],
  ["an error without a stack", main("const e = new Error('no');\ndelete e.stack;\nthrow e;"), ["Error: no", "main.mjs", 3, 1]],
];

describe("javascript runner, what a module throws while it is loaded", () => {
  afterEach(() => {
    endAll();
    removeFolders();
  });

  for (const [about, files, expected] of cases) it(about, async () => assert.deepEqual(await failure(files), expected));

  it("is reported like what a call throws", async () => {
    const found = await failure(main("export function* go() {}\nexport function make() {\n  throw 'no'; }"), "make()");
    assert.deepEqual(found, ['"no" was thrown', "main.mjs", 3, 3]);
  });
});
