import assert from "node:assert/strict";
import fc from "fast-check";
import { OutputLog } from "../../../../src/session/seen/outputLog";

describe("OutputLog", () => {
  it("joins what one stream prints in one step", () => {
    const log = new OutputLog();
    log.add(1, "stdout", "a");
    log.add(1, "stdout", "b", 3);
    log.add(1, "stderr", "c");
    log.add(1, "stdout", "d", 4);
    assert.deepEqual(log.of(1), [
      { stream: "stdout", text: "ab", dropped: 3 },
      { stream: "stderr", text: "c" },
      { stream: "stdout", text: "d", dropped: 4 },
    ]);
  });

  it("inserts a late piece after the earlier output of its step", () => {
    const log = new OutputLog();
    log.add(1, "stdout", "one");
    log.add(3, "stdout", "three");
    log.add(1, "stderr", "late");
    assert.deepEqual(
      log.of(1).map(({ text }) => text),
      ["one", "late"],
    );
    assert.deepEqual(log.of(2), []);
    assert.deepEqual(log.of(3), [{ stream: "stdout", text: "three" }]);
  });

  it("keeps the text of every step and stream in order, whatever the order of arrival", () => {
    const piece = fc.record({
      step: fc.nat(9),
      stream: fc.constantFrom("stdout" as const, "stderr" as const),
      text: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const log = new OutputLog();
        for (const { step, stream, text } of pieces) log.add(step, stream, text);
        for (let step = 0; step <= 9; step += 1) {
          for (const stream of ["stdout", "stderr"] as const) {
            const text = (all: readonly { stream: string; text: string }[]) =>
              all.flatMap((each) => (each.stream === stream ? each.text : [])).join("");
            assert.equal(text(log.of(step)), text(pieces.filter((each) => each.step === step)));
          }
        }
      }),
    );
  });

  it("keeps at most its limit, and counts the rest", () => {
    const log = new OutputLog(1_000);
    log.add(1, "stdout", "x".repeat(900));
    log.add(2, "stdout", "y".repeat(500), 7);
    assert.equal(log.lost, 507);
    assert.deepEqual(log.of(2), []);
    assert.equal(log.of(1)[0]?.text.length, 900);
  });

  it("keeps nothing after the first loss, even if it would fit, and knows where that was", () => {
    const log = new OutputLog(1_000);
    const passed: number[] = [];
    log.add(1, "stdout", "x".repeat(900));
    assert.equal(log.lostFrom, undefined);
    log.add(3, "stdout", "y".repeat(500));
    log.passOn = ({ step }) => passed.push(step);
    log.add(4, "stdout", "z");
    log.add(2, "stderr", "late");
    assert.deepEqual([log.lostFrom, log.lost, log.entries.length], [2, 505, 1]);
    assert.deepEqual(passed, [4, 2]);
  });

  it("assumes a loss after the last piece if a recording does not say where it began", () => {
    const log = new OutputLog();
    log.add(7, "stdout", "x");
    log.lose(12);
    assert.deepEqual([log.lostFrom, log.lost], [8, 12]);
  });

  it("limits the number of short pieces", () => {
    const log = new OutputLog(10_000);
    for (let step = 1; step <= 1_000; step += 1) log.add(step, "stdout", "");
    const kept = Array.from({ length: 1_000 }, (_, step) => log.of(step + 1)).filter((printed) => printed.length > 0);
    assert.ok(kept.length > 100 && kept.length < 200, String(kept.length));
  });
});
