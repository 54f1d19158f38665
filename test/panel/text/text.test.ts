/**
 * Text from the user's program is shown in one line and coloured. Only invisible characters are changed.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { manyLines, oneLine, tokens } from "../../../src/panel/text/text";

describe("the text of values", () => {
  it("colours previews of both languages", () => {
    const kinds = (preview: string) =>
      tokens(preview)
        .filter(({ kind }) => kind !== "plain")
        .map(({ kind, text }) => `${kind} ${text}`);
    assert.deepEqual(kinds('{a: undefined, b: "x\\"1", c: -2.5e3}'), ["keyword undefined", 'string "x\\"1"', "number -2.5e3"]);
    assert.deepEqual(kinds("[None, True, 'it', 10n]"), ["keyword None", "keyword True", "string 'it'", "number 10n"]);
    assert.deepEqual(kinds("Map(2) {x1 => nullable}"), ["number 2"]);
  });

  it("splits a preview into tokens that join to the whole", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 500 }), (text) => {
        assert.equal(
          tokens(text)
            .map((token) => token.text)
            .join(""),
          oneLine(text),
        );
      }),
    );
  });

  it("makes control and direction characters visible", () => {
    assert.equal(oneLine("a\nb\u202ec\u0000"), "a␊b\\u202ec␀");
    assert.equal(manyLines("a\r\nb\t\u001b[31m\u2066"), "a\nb\t␛[31m\\u2066");
  });

  it("cuts very long text", () => {
    assert.equal(oneLine("x".repeat(100_000)).length, 2_001);
  });
});
