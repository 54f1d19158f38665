import assert from "node:assert/strict";
import fc from "fast-check";
import { Names } from "../../../src/panel/text/shortening";

/** The part of each name that stays where there is least room. */
function left(...names: string[]): string[] {
  const all = new Names(names);
  return names.map((name) =>
    all
      .pieces(name)
      .map(({ kind, text }) => (kind === "alike" ? "…" : text))
      .join(""),
  );
}

describe("shortened names", () => {
  it("keep their numbers", () => {
    assert.deepEqual(left("counter", "counter #2", "counter #12"), ["counter", "counter #2", "counter #12"]);
  });

  it("keep the argument that differs, wherever it is", () => {
    const calls = (argument: string) => `download("https://example.com/files/${argument}.json", { retries: 3 })`;
    assert.deepEqual(left(calls("users"), calls("orders")), ["dow…users.json…", "dow…orders.json…"]);
    assert.deepEqual(left("counter(100)", "counter(1000)", "counter(99)"), ["cou…100…", "cou…1000…", "cou…99…"]);
    assert.deepEqual(left("fetchEverythingA(1)", "fetchEverythingB(1)"), ["fet…A…", "fet…B…"]);
  });

  it("keep the argument and the number of calls that occur twice", () => {
    assert.deepEqual(left("task(1, 5)", "task(2, 5)", "task(2, 5) #2"), ["tas…1…", "tas…2…", "tas…2… #2"]);
  });

  it("keep an additional part, even if it equals its neighbour", () => {
    assert.deepEqual(left("worker((12)", "worker(12)"), ["wor…(…", "wor……"]);
    assert.deepEqual(left("f(aaaa, aaaa)", "f(aaaa)"), ["f(a…, aaaa…", "f(a……"]);
  });

  it("give the minimum width of a column: the distinguishing part, with the number", () => {
    const [one, two] = ['load("users.json")', 'load("orders.json") #2'];
    const names = new Names([one, two]);
    assert.deepEqual([names.leastOf(one), names.leastOf(two), names.least], ["users.json".length, "orders.json #2".length, 14]);
    assert.equal(new Names([]).least, 0);
  });

  it("keep beginning and end if they resemble no other name", () => {
    assert.deepEqual(left("aVeryLongNameOfOneFunction", "other"), ["aVe…nction", "other"]);
  });

  it("are made of pieces that join to the name, and differ whenever the names do", () => {
    const name = fc.tuple(
      fc.constantFrom("worker", "work", "w", "worker(", "работа", ""),
      fc.constantFrom("(1)", "(2)", "(12)", '("a", 1)', '("b", 1)', "", "(😀)", "(😁)"),
      fc.constantFrom("", " #2", " #13"),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(
          name.map((parts) => parts.join("")),
          { minLength: 1, maxLength: 12 },
        ),
        (names) => {
          const all = new Names(names);
          for (const each of names) {
            const texts = all.pieces(each).map(({ text }) => text);
            assert.equal(texts.join(""), each);
            assert.ok(!texts.some((text) => /\p{Surrogate}/u.test(text)), "no character is cut in half");
          }
          assert.equal(new Set(left(...names)).size, names.length, left(...names).join(" | "));
        },
      ),
    );
  });
});
