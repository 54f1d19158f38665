import assert from "node:assert/strict";
import fc from "fast-check";
import { matches, type Query, Search } from "../../../../src/core/analysis/search";
import { StepList } from "../../../../src/core/analysis/stepList";
import { piecesOf as cutAt, textPattern } from "../../../../src/core/analysis/textPattern";
import { stepEvents } from "../../../../src/core/trace/trace";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { OutputLog } from "../../../../src/session/seen/outputLog";
import { type Content, chunkOf, content, piecesOf, points, recordsOf } from "../chunks";

const words = fc.constantFrom("", "1", "un", "UND", "[3", "defined", ".", "(", "\\", "^", "$&", "x|y", "İ");
const query: fc.Arbitrary<Query> = fc.record({
  tasks: fc.option(fc.array(fc.nat(6), { maxLength: 3 }), { nil: undefined }),
  events: fc.option(fc.subarray([...stepEvents]), { nil: undefined }),
  text: fc.oneof(words, fc.string({ maxLength: 2 })),
  case: fc.constantFrom("any", "exact"),
});
const printed = fc.array(
  fc.record({ step: fc.integer({ min: 1, max: 60 }), text: fc.oneof(words, fc.string({ maxLength: 3 })) }),
);
const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 });

/** The meaning of a query, implemented on plain text. */
function isWanted(wanted: Query, task: number, event: string, texts: readonly string[]): boolean {
  const folded = (text: string) => (wanted.case === "exact" ? text : [...text].map(fold).join(""));
  return (
    (wanted.tasks?.includes(task) ?? true) &&
    (wanted.events?.some((each) => each === event) ?? true) &&
    texts.some((text) => folded(text).includes(folded(wanted.text)))
  );
}

/** Lower case, except for characters whose lower case is longer, which stay unchanged. */
function fold(letter: string): string {
  const upper = letter.toUpperCase();
  return upper.length === letter.length && !(letter > "\x7f" && upper <= "\x7f") ? upper : letter;
}

function append(trace: TraceStore, contents: readonly Content[]): void {
  trace.append(chunkOf(trace.length + 1, contents));
}

describe("Search", () => {
  it("finds the same as filtering the plain list of steps, while the trace grows", () => {
    fc.assert(
      fc.property(
        fc.array(content, { maxLength: 60 }),
        sizes,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 12 }),
        query,
        printed,
        (contents, by, segmentSteps, most, wanted, prints) => {
          const trace = new TraceStore(undefined, segmentSteps);
          trace.addPoints(points);
          const output = new OutputLog();
          for (const { step, text } of prints) output.add(step, "stdout", text);
          const search = new Search(trace, output, wanted);
          for (const piece of piecesOf(contents, by)) {
            append(trace, piece);
            search.advance(most);
          }
          while (!search.isComplete) search.advance(most);
          const texts = (step: number) =>
            output
              .of(step)
              .map(({ text }) => text)
              .join("");
          const expected = recordsOf(contents).filter(({ task, event, value, step }) =>
            isWanted(wanted, task, event, [value, texts(step)]),
          );
          assert.deepEqual(
            search.matches.slice(0, 100),
            expected.map(({ step }) => step),
          );
          for (const record of recordsOf(contents)) {
            assert.equal(
              matches(wanted, record, texts(record.step)),
              expected.some(({ step }) => step === record.step),
            );
          }
        },
      ),
    );
  });

  const step = (task: number, value: string): Content => ({ task, event: "yielded", value, point: 0, micros: 1 });

  it("finds output of the last step that arrives after the step was searched", () => {
    const trace = new TraceStore();
    const output = new OutputLog();
    append(trace, [step(0, "1"), step(0, "2")]);
    const search = new Search(trace, output, { text: "late", case: "any" });
    search.advance(10);
    output.add(2, "stdout", "too ");
    output.add(2, "stderr", "LATE");
    search.advance(10);
    assert.deepEqual(search.matches.slice(0, 9), [2]);
    append(trace, [step(0, "later")]);
    search.advance(10);
    assert.deepEqual(search.matches.slice(0, 9), [2, 3]);
  });

  it("skips segments without a step of the given tasks", () => {
    const kept = new TraceStore(undefined, 4);
    append(
      kept,
      Array.from({ length: 40 }, (_, index) => step(index === 33 ? 1 : 0, "1")),
    );
    const read: number[] = [];
    const chunkAt = kept.chunkAt.bind(kept);
    kept.chunkAt = (at) => {
      read.push(at);
      return chunkAt(at);
    };
    const search = new Search(kept, new OutputLog(), { tasks: [1, 7], text: "", case: "any" });
    while (!search.isComplete) search.advance(4);
    assert.deepEqual(search.matches.slice(0, 9), [34]);
    assert.deepEqual(read, [34]);
  });

  it("stops at its maximum number of matches, and reports that", () => {
    const trace = new TraceStore(undefined, 4);
    append(
      trace,
      Array.from({ length: 20 }, () => step(0, "1")),
    );
    const search = new Search(trace, new OutputLog(), { text: "", case: "any" }, 7);
    for (let times = 0; times < 10; times += 1) search.advance(3);
    assert.equal(search.matches.length, 7);
    assert.equal(search.isCut, true);
    assert.equal(search.done, 7);
  });
});

describe("StepList", () => {
  it("equals the plain list of its steps, across block boundaries", () => {
    const list = new StepList();
    for (let step = 1; step <= 140_000; step += 1) list.push(3 * step);
    assert.equal(list.length, 140_000);
    assert.deepEqual(
      list.slice(65_534, 4),
      [65_535, 65_536, 65_537, 65_538].map((step) => 3 * step),
    );
    assert.deepEqual(list.slice(139_999, 9), [420_000]);
    assert.deepEqual([list.at(-1), list.at(140_000)], [undefined, undefined]);
    for (const [step, index] of [
      [0, 0],
      [3, 0],
      [4, 1],
      [196_608, 65_535],
      [196_609, 65_536],
      [420_001, 140_000],
    ] as const) {
      assert.equal(list.indexFrom(step), index);
    }
  });
});

describe("the pieces of a text split at its matches", () => {
  it("join to the text, and the matching ones equal the search text", () => {
    fc.assert(
      fc.property(fc.string(), words, (text, word) => {
        const pieces = cutAt(textPattern(word, "exact"), text);
        assert.equal(pieces.map((piece) => piece.text).join(""), text);
        for (const { text: found } of pieces.filter((piece) => piece.found)) assert.equal(found, word);
      }),
    );
  });
});
