// Comment lines with tasks, in every kind of comment, and the errors for calls that cannot be parsed.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { Finder, findGenerators, type Language, languageOf } from "../../../src/finder";

function linesOf(text: string, language: Language = "typescript") {
  const finder = new Finder(language);
  finder.update(text);
  return finder.taskLines;
}

const callsOf = (text: string, language?: Language) =>
  linesOf(text, language).map(({ calls, problem }) => problem?.message ?? calls.map(({ call }) => call));

describe("lines that name tasks", () => {
  it("are found in every kind of comment, with the places of their calls", () => {
    const text = "// @tasks one() two()\n/* @tasks three() */\n/**\n * Text.\n * @tasks four()\n */\n  //@tasks\tfive()\n";
    const found = linesOf(text).map(({ line, column, calls }) => [line, column, calls.map((each) => [each.call, each.column])]);
    assert.deepEqual(found, [
      [
        1,
        4,
        [
          ["one()", 11],
          ["two()", 17],
        ],
      ],
      [2, 4, [["three()", 11]]],
      [5, 4, [["four()", 11]]],
      [7, 5, [["five()", 12]]],
    ]);
    assert.deepEqual(callsOf("def one():\n    yield  # @tasks one() one()\r\n", "python"), [["one()", "one()"]]);
  });

  it("are ignored in strings, in the middle of a comment, or with a longer name", () => {
    assert.deepEqual(callsOf("const text = `\n// @tasks one()\n`;\n// see @tasks one()\n// @tasksOf one()\n"), []);
    assert.deepEqual(callsOf('"""\n# @tasks one()\n"""\n', "python"), []);
  });

  it("are split at spaces outside brackets and strings; a quoted call is the text between its quotes", () => {
    const text = String.raw`// @tasks sort([3, 1], { a: ")" }) "new Work(2).run()" "ab".pairs('c d') 'say("it\'s")'`;
    assert.deepEqual(callsOf(text), [['sort([3, 1], { a: ")" })', "new Work(2).run()", "\"ab\".pairs('c d')", 'say("it\'s")']]);
    assert.deepEqual(callsOf("# @tasks walk(lambda: 1) f'{1} 2'", "python"), [["walk(lambda: 1)", "f'{1} 2'"]]);
  });

  it("report the first invalid call, at its place", () => {
    assert.deepEqual(callsOf("// @tasks"), ["calls are missing after @tasks, as in @tasks counter() counter()"]);
    assert.deepEqual(callsOf("// @tasks one() two(1"), ["the ( of two(1 is not closed"]);
    assert.deepEqual(callsOf('// @tasks one("a b)'), ['the " of one("a b) is not closed']);
    assert.deepEqual(callsOf("// @tasks one(), two()"), ["one(), ends in a comma: put spaces between calls"]);
    assert.deepEqual(callsOf("// @tasks one() two(1 2)"), ["two(1 2) cannot be read as a call"]);
    assert.deepEqual(callsOf("# @tasks one)(", "python"), ["the ( of one)( is not closed"]);
    const [line] = linesOf("// @tasks one() two(1 2) three(");
    assert.deepEqual(line?.problem?.column, 26);
    assert.deepEqual(line?.calls, []);
  });

  it("keep their lenses while another line is half typed, and follow edits of their own line", () => {
    const finder = new Finder("typescript");
    const rest = "function* one() {\n  yield 1;\n}\n";
    finder.update(`let a;\n// @tasks one()\n${rest}`);
    finder.update(`let a = \`;\n// @tasks one()\n${rest}`);
    assert.deepEqual(
      finder.taskLines.map(({ line }) => line),
      [2],
    );
    finder.update(`let a = 1;\n// @tasks one() one()\n${rest}`);
    assert.deepEqual(
      finder.taskLines.map(({ calls }) => calls.length),
      [2],
    );
    finder.update(rest);
    assert.deepEqual(finder.taskLines, []);
  });

  it("can be of processes", () => {
    const [line] = linesOf("# @processes serve(1) serve(2)\n", "python");
    assert.deepEqual([line?.way, line?.calls.map(({ call }) => call)], ["processes", ["serve(1)", "serve(2)"]]);
  });

  it("can be of threads", () => {
    const [line, empty, other] = linesOf("// @threads add() add(1)\n// @threads\n// @threadsafe add()\n", "javascript");
    assert.deepEqual(
      [line?.way, line?.calls.map(({ call, column }) => [call, column])],
      [
        "threads",
        [
          ["add()", 13],
          ["add(1)", 19],
        ],
      ],
    );
    assert.equal(empty?.problem?.message, "calls are missing after @threads, as in @threads add() add()");
    assert.equal(other, undefined);
  });

  it("exist in every example of tasks, with calls of existing functions", () => {
    const all = readdirSync("media/examples", { recursive: true, encoding: "utf8" });
    const files = all.filter((file) => languageOf(file) && !/^(policy-|observing\W)/.test(file));
    for (const file of files) {
      const text = readFileSync(`media/examples/${file}`, "utf8");
      const language = languageOf(file) as Language;
      const lines = linesOf(text, language);
      assert.ok(lines.length > 0, file);
      const names = findGenerators(text, language).map(({ name }) => name);
      for (const { calls, problem, way } of lines) {
        assert.equal(problem, undefined, file);
        for (const { call } of calls) {
          const name = call.replace(/\(.*/, "");
          // Threads call any function.
          const exists =
            way === "threads" ? new RegExp(`^(?:def|export function\\*?) ${name}\\(`, "m").test(text) : names.includes(name);
          assert.ok(exists, `${file}: ${call}`);
        }
      }
    }
  });
});
