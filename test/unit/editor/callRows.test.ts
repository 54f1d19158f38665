import assert from "node:assert/strict";
import { type CallContext, callRows, readCalls } from "../../../src/editor/prompts/callRows";
import { descriptionOf, findGenerators, type Language, scopeOf } from "../../../src/finder";

const javascript = `const shared = [3, 1, 2];
/** Shuffles until it is sorted. */
export function* bogosort(unsorted) { yield unsorted; }
export function* counter(from = 0) { yield from; }
class Worker { constructor(size) {} *run(job) { yield job; } }
`;
const python = `shared = [3, 1, 2]
def bogosort(unsorted):
    """Shuffles until it is sorted."""
    yield unsorted
def counter(start=0):
    yield start
`;

const unnamed = "unsorted at column 10 is the name of a parameter, and of nothing in the file. Put a value in its place.";

function contextOf(text: string, language: Language, name: string, history: string[] = []): CallContext {
  const generator = findGenerators(text, language).find((one) => one.name === name);
  assert.ok(generator);
  const description = descriptionOf(text, language, generator);
  return { language, scope: scopeOf(text, language), generator, description, history, initial: generator.call };
}

/** The rows as short texts. */
function shown(typed: string, context: CallContext): string[] {
  return callRows(typed, context).map((row) => {
    if (row.does === "accept") return `${row.isBefore ? "before" : "run"} ${row.text}`;
    return row.does === "nothing" ? `${row.isWrong ? "wrong" : "not yet"} ${row.why}` : `${row.does} ${row.text}`;
  });
}

describe("the rows of the box for calls", () => {
  for (const [language, text] of [
    ["javascript", javascript],
    ["python", python],
  ] as const) {
    it(`begin with what Enter does, and name what can follow, in ${language}`, () => {
      const context = contextOf(text, language, "bogosort");
      assert.deepEqual(shown("bogosort(unsorted)", context).slice(0, 4), [
        `not yet ${unnamed}`,
        "describe bogosort(unsorted)",
        "replace bogosort(shared)",
        "replace bogosort(bogosort())",
      ]);
      assert.deepEqual(shown("bogosort(sh)", context), [
        "run bogosort(sh)",
        "describe bogosort(unsorted)",
        "replace bogosort(shared)",
      ]);
      assert.deepEqual(shown("bogosort([2, 1]); cou", context).at(0), "run bogosort([2, 1]); cou");
      assert.deepEqual(shown("bogosort([2, 1]); cou", context).at(-1), "replace bogosort([2, 1]); counter()");
      assert.deepEqual(shown("bogosort(shared.)", context).length, 2, "an attribute is no name of the file");
    });

    it(`refuse the name of a parameter as its value, in ${language}`, () => {
      const context = contextOf(text, language, "bogosort");
      const { problem } = readCalls("bogosort(unsorted)", context);
      assert.equal(problem, unnamed);
      assert.equal(shown("bogosort(unsorted) ", context)[0], `wrong ${problem}`);
      const named = contextOf(
        `unsorted = shared = 1\n${text}`.replace(/^/, language === "python" ? "" : "var "),
        language,
        "bogosort",
      );
      assert.equal(readCalls("bogosort(unsorted)", named).problem, undefined, "there is such a name now");
    });

    it(`offer calls of before first, the latest of them at the top, in ${language}`, () => {
      const context = contextOf(text, language, "bogosort", [
        "bogosort([2, 1])",
        "bogosort(shared); counter()",
        "bogosort(unsorted)",
      ]);
      assert.deepEqual(shown("bogosort(unsorted)", context).slice(0, 2), [
        "before bogosort([2, 1])",
        "before bogosort(shared); counter()",
      ]);
      assert.deepEqual(shown("bogosort(s", context).slice(0, 2), ["run bogosort(s)", "before bogosort(shared); counter()"]);
    });

    it(`of a function that needs no arguments can be run at once, in ${language}`, () => {
      const context = contextOf(text, language, "counter");
      assert.deepEqual(shown("counter()", context)[0], "run counter()");
    });
  }

  it("say where the text cannot be read", () => {
    const context = contextOf(javascript, "javascript", "bogosort");
    assert.equal(shown("bogosort([1,2)", context)[0], "wrong The [ at column 10 is not closed.");
    assert.equal(shown("", context)[0], "not yet Type a call, such as bogosort(unsorted).");
  });

  it("refuse the arguments of a constructor that are not given, too", () => {
    const context = contextOf(javascript, "javascript", "Worker.run");
    assert.equal(context.initial, "new Worker(size).run(job)");
    assert.match(shown(context.initial, context)[0] ?? "", /^not yet size at column 12 /);
    assert.match(shown("new Worker(3).run(job)", context)[0] ?? "", /^wrong job at column 19 /);
    assert.equal(shown("new Worker(1).run(2)", context)[0], "run new Worker(1).run(2)");
  });

  it("keep the file of a call that is in another one", () => {
    const context = contextOf(javascript, "javascript", "bogosort");
    assert.deepEqual(readCalls("other.js: a(); b()", context).calls, ["other.js: a()", "other.js: b()"]);
    const { problem } = readCalls("a(); b()", { ...context, isSingle: true });
    assert.equal(problem, "Only one call can be given here.");
  });
});
