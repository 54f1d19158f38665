/** Comparisons as CSV and as Markdown, without processes. */
import assert from "node:assert/strict";
import type { ComparedKind } from "../../../../src/protocol/schedule";
import { csvOf } from "../../../../src/session/compare/comparisonCsv";
import { markdownOf } from "../../../../src/session/compare/comparisonText";
import { type LineOutcome, lineOutcome } from "../../../../src/session/compare/lineOutcome";
import { notBegun, type RunOutcome } from "../../../../src/session/compare/runOutcome";

function ran(figures: Partial<RunOutcome>): RunOutcome {
  const { problem: _, ...zeros } = notBegun("round-robin", "");
  return { ...zeros, stopped: "all-finished", way: "cooperative", ...figures };
}

function lineWith(name: string | undefined, ...runs: readonly RunOutcome[]): LineOutcome {
  const line = lineOutcome(name, runs);
  assert.ok(line);
  return line;
}

/** Reads RFC 4180. */
function parsed(rows: readonly string[]): string[][] {
  return rows.map((row) => {
    const cells = [...`,${row}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
    assert.equal(cells.map(([whole]) => whole).join(""), `,${row}`);
    return cells.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "");
  });
}

function cellsOf(outcomes: readonly LineOutcome[], kind: ComparedKind = "setups"): Record<string, string>[] {
  const [head = [], ...rows] = parsed(csvOf(outcomes, kind));
  return rows.map((row) => {
    assert.equal(row.length, head.length);
    return Object.fromEntries(head.map((title, index) => [title, row[index] ?? ""]));
  });
}

describe("a line that has run several times", () => {
  const runs = [30, 10, 20, 40].map((millis) => ran({ millis, steps: millis * 10 }));

  it("has the figures of the run with the median time, of two the faster", () => {
    assert.deepEqual([lineWith("a", ...runs).steps, lineWith("a", ...runs).runs.length], [200, 4]);
    const [cells] = cellsOf([lineWith("a", ...runs.slice(0, 3))]);
    assert.deepEqual(
      ["milliseconds", "fewest milliseconds", "most milliseconds", "steps", "steps per second", "runs"].map(
        (title) => cells?.[title],
      ),
      ["20", "10", "30", "200", "10000", "3"],
    );
  });

  it("has failed if one of them did", () => {
    const failed = lineWith("a", ...runs, { ...notBegun("fcfs", "It ended."), steps: 7 });
    assert.deepEqual([failed.problem, failed.steps], ["It ended.", 7]);
    const [cells] = cellsOf([failed]);
    assert.deepEqual([cells?.problem, cells?.milliseconds, cells?.steps], ["It ended.", undefined, ""]);
  });

  it("shows in Markdown how the runs differ", () => {
    const values = (text: string, served: string, note: string) => ({
      watches: [{ expression: "counter", text }],
      measures: [
        { name: "served", text: served },
        { name: "note", text: note },
      ],
    });
    const threads = { way: "threads", threads: "lines", preemptions: 3, returned: 2 } as const;
    const text = markdownOf(
      [
        lineWith(
          "lost | found",
          ran({ ...threads, millis: 2, processor: 0.5, steps: 9, ...values("1", "5", "a") }),
          ran({ ...threads, millis: 1, processor: 0.25, steps: 8, ...values("2", "4", "b") }),
          ran({ ...threads, millis: 3, processor: 1, steps: 8, ...values("1", "6", "a") }),
        ),
        lineWith("other", ran({ millis: 1.5, returned: 3 })),
      ],
      "setups",
    );
    const [head = "", , first = "", second = ""] = text.split("\n").map((line) => line.replace(/ +/g, " "));
    const before = "\\| setup \\| policy \\| way \\| time \\| throughput \\| processor \\| served \\| note \\| counter";
    assert.match(head, new RegExp(`^${before} \\| steps \\| .* \\| blocked \\| ended \\|$`));
    // Five were served in two milliseconds. Measures that are numbers have their range; others, and watches, all their values.
    assert.match(
      first,
      /^\| lost \\\| found \| round-robin \| threads, lines \| 2 ms \(1 ms–3 ms\) \| 2,500 served\/s \| 25 %–100 % \| 4–6 \| a \/ b \| 1 \/ 2 \| 8–9 \(0 µs\) \| 4,500 \| 0 \| 3 \|/,
    );
    assert.match(first, /\| all finished \|$/);
    assert.match(
      second,
      /^\| other \| round-robin \| cooperative \| 1.5 ms \| 2,000 tasks\/s \| \| \| \| \| 0 \(0 µs\) \| 0 \| 0 \| \| 0 \(0 µs\) \| 3 \| 0 \| 0 \| all finished \|$/,
    );
  });
});

describe("a comparison as CSV", () => {
  it("quotes whatever RFC 4180 wants quoted", () => {
    const texts = ['say "a"', "1,2", "two\r\nlines", " plain ", "", '"'];
    const watches = texts.map((text, index) => ({ expression: `${text}#${index}`, text }));
    const [cells] = cellsOf([lineWith('a,"b"', ran({ watches }))]);
    assert.equal(cells?.setup, 'a,"b"');
    assert.deepEqual(
      watches.map(({ expression }) => cells?.[expression]),
      texts,
    );
  });

  it("has no times where none were measured, and no values of other lines' watches", () => {
    const [one, other, none] = cellsOf([
      lineWith("one", ran({ steps: 3, watches: [{ expression: "a", error: "NameError" }] })),
      lineWith("other", ran({ way: "threads", threads: "accesses", preemptions: 2 })),
      lineWith("gone", notBegun("", "There is none.")),
    ]);
    assert.deepEqual(
      [one?.setup, one?.steps, one?.milliseconds, one?.a, one?.preemptions],
      ["one", "3", undefined, "NameError", ""],
    );
    assert.deepEqual([other?.a, other?.way, other?.preemptions], ["", "threads", "2"]);
    assert.deepEqual([none?.ended, none?.problem, none?.steps, none?.way], ["failed", "There is none.", "", ""]);
  });
});
