import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonlPieces, outcomeLine } from "../../../../src/core/export/jsonl";
import { outcomeOf } from "../../../../src/core/export/outcome";
import { everythingHostile, exported, made, small, textOf, waiting } from "./exported";

describe("JSON Lines of a trace", () => {
  it("equal the output of trace --format jsonl", () => {
    assert.deepEqual(textOf(jsonlPieces(exported(small))).split("\n"), [
      // Output precedes the line of its step; step 0 is the loading of the file.
      '{"output":"stdout","step":0,"text":"loading\\n"}',
      '{"step":1,"task":"counter","event":"yielded","value":"1","line":1,"column":2,"micros":1.5}',
      '{"output":"stderr","step":2,"text":"a\\nb\\n"}',
      '{"step":2,"task":"bogosort","event":"yielded","value":"[3, 1, 2]","line":2,"column":4,"micros":20}',
      '{"step":3,"task":"counter","event":"returned","value":"done","micros":0.3}',
      '{"step":4,"task":"bogosort","event":"threw","value":"Error: no","micros":4}',
      "",
    ]);
    assert.equal(
      outcomeLine(outcomeOf(exported(small))),
      '{"outcome":{"steps":4,"tasks":{"counter":{"state":"returned","value":"done"},"bogosort":{"state":"threw","value":"Error: no"}}}}',
    );
  });

  it("include what each task waits for after a step and which tasks the step woke; a wake-up between two steps has its own line", () => {
    const step = (number: number, task: string, event: string, value: string) =>
      `{"step":${number},"task":"${task}","event":"${event}","value":"${value}"`;
    assert.deepEqual(textOf(jsonlPieces(exported(waiting))).split("\n"), [
      `${step(1, "ann", "yielded", "acquire(lock)")},"micros":1}`,
      `${step(2, "bob", "yielded", "acquire(lock)")},"waits":{"for":"acquire","resource":"lock","heldBy":["ann"]},"micros":2}`,
      `${step(3, "ann", "returned", "done")},"woke":["bob"],"micros":3}`,
      `${step(4, "bob", "yielded", "sleep(5)")},"waits":{"for":"sleep","until":12.5},"micros":4}`,
      '{"woke":["bob"],"after":4}',
      // The task requests a lock that it already holds.
      `${step(5, "bob", "yielded", "acquire(lock)")},"waits":{"for":"acquire","resource":"lock","heldBy":["bob"]},"micros":5}`,
      "",
    ]);
  });

  it("contain every step and all output, for any content", () => {
    fc.assert(
      fc.property(made, (run) => {
        const source = exported(run);
        const objects = textOf(jsonlPieces(source))
          .split("\n")
          .flatMap((line) => (line ? [JSON.parse(line)] : []));
        const steps = source.trace.window(1, run.contents.length).map(({ point, micros, task, ...rest }) => ({
          ...rest,
          task: run.names[task],
          ...(point ? { line: point.line, column: point.column } : {}),
          micros: Math.round(micros * 10) / 10,
        }));
        assert.deepEqual(
          objects.filter((each) => each.event),
          steps,
        );
        assert.deepEqual(
          objects.filter((each) => each.output),
          run.printed.map(({ stream, step, text }) => ({ output: stream, step, text })),
        );
      }),
      { examples: [[everythingHostile]] },
    );
  });
});
