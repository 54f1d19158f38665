import assert from "node:assert/strict";
import fc from "fast-check";
import { PrintedAgreement } from "../../../../src/session/order/printedAgreement";
import { OutputLog } from "../../../../src/session/seen/outputLog";

const whole = { recordedHead: 0, replayedHead: 0 };
type Piece = [step: number, stream: "stdout" | "stderr", text: string];

function logOf(pieces: readonly Piece[], limit?: number): OutputLog {
  const log = new OutputLog(limit);
  for (const piece of pieces) log.add(...piece);
  return log;
}

/** A text in pieces of one character. */
const inCharacters = ([step, stream, text]: Piece): Piece[] => Array.from(text, (each): Piece => [step, stream, each]);

const piece = fc.tuple(
  fc.nat(6),
  fc.constantFrom("stdout" as const, "stderr" as const),
  fc.string({ minLength: 1, maxLength: 4 }),
);
const pieces = fc.array(piece, { maxLength: 12 }).map((all) => all.sort(([a], [b]) => a - b));

describe("PrintedAgreement", () => {
  it("compares the text of a step, regardless of the pieces in which it arrived", () => {
    fc.assert(
      fc.property(pieces, (printed) => {
        const agreement = new PrintedAgreement(logOf(printed), logOf(printed.flatMap(inCharacters)));
        assert.equal(agreement.firstDifference({ end: 6, ...whole }), undefined);
      }),
    );
  });

  it("finds the first difference however often it was checked before, and wherever late pieces arrived", () => {
    fc.assert(
      fc.property(pieces, fc.array(piece, { maxLength: 12 }), (printed, now) => {
        const recorded = logOf(printed);
        const replayed = new OutputLog();
        const agreement = new PrintedAgreement(recorded, replayed);
        for (const each of now) {
          replayed.add(...each);
          const found = agreement.firstDifference({ end: 6, ...whole });
          assert.deepEqual(found, new PrintedAgreement(recorded, replayed).firstDifference({ end: 6, ...whole }));
        }
      }),
    );
  });

  it("ignores output that was not kept", () => {
    const full = logOf(
      [
        [1, "stdout", "a".repeat(100)],
        [2, "stdout", "b"],
      ],
      120,
    );
    const other = logOf([
      [1, "stdout", "a"],
      [2, "stdout", "c"],
    ]);
    assert.equal(full.lostFrom, 1);
    assert.equal(new PrintedAgreement(full, other).firstDifference({ end: 2, ...whole }), undefined);
    assert.equal(new PrintedAgreement(other, full).firstDifference({ end: 2, ...whole }), undefined);
  });

  it("compares the beginning of output that a runner cut off", () => {
    const [cut, same, less] = [new OutputLog(), new OutputLog(), new OutputLog()];
    cut.add(1, "stdout", "abc", 5);
    same.add(1, "stdout", "abcdefgh");
    less.add(1, "stdout", "ab");
    assert.equal(new PrintedAgreement(cut, same).firstDifference({ end: 1, ...whole }), undefined);
    assert.equal(new PrintedAgreement(cut, less).firstDifference({ end: 1, ...whole })?.step, 1);
  });

  it("waits for what may still be printed in the last step of either run", () => {
    const [more, less] = [logOf([[1, "stdout", "ab"]]), logOf([[1, "stdout", "a"]])];
    const [other, end] = [logOf([[1, "stdout", "x"]]), 1];
    assert.equal(new PrintedAgreement(more, less).firstDifference({ end, recordedHead: 0, replayedHead: 1 }), undefined);
    assert.equal(new PrintedAgreement(less, more).firstDifference({ end, recordedHead: 1, replayedHead: 0 }), undefined);
    assert.equal(new PrintedAgreement(more, less).firstDifference({ end, recordedHead: 1, replayedHead: 0 })?.step, 1);
    assert.equal(new PrintedAgreement(more, other).firstDifference({ end, recordedHead: 1, replayedHead: 1 })?.step, 1);
  });
});
