import assert from "node:assert/strict";
import { countOf } from "../../../src/core/count";

describe("a number of steps as typed by the user", () => {
  for (const [text, count] of [
    ["1000", 1_000],
    [" 1,000,000 ", 1_000_000],
    ["7_000_000", 7_000_000],
    ["1e6", 1_000_000],
  ] as const) {
    it(`is ${count} for "${text}"`, () => assert.equal(countOf(text), count));
  }

  for (const text of ["", "  ", "0", "-3", "1.5", "many", "1e99", "12 steps"]) {
    it(`is invalid for "${text}"`, () => assert.equal(countOf(text), undefined));
  }
});
