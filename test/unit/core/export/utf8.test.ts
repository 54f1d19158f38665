import assert from "node:assert/strict";
import fc from "fast-check";
import { Utf8Text, utf8 } from "../../../../src/core/export/utf8";

describe("text as UTF-8", () => {
  it("equals its strings and numbers joined", () => {
    const long = fc.string({ unit: "binary", maxLength: 100 });
    const number = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constantFrom(0, 9, 10, 2 ** 31 - 1, 2 ** 31, 1e9, 1e15));
    fc.assert(
      fc.property(fc.array(fc.oneof(long, number)), (pieces) => {
        const text = new Utf8Text();
        for (const piece of pieces) {
          if (typeof piece === "number") text.number(piece);
          else text.append(utf8(piece));
        }
        assert.deepEqual(Buffer.from(text.take()), Buffer.from(pieces.join("")));
        assert.equal(text.take().length, 0);
      }),
    );
  });

  it("grows as text is appended, while parts taken before stay unchanged", () => {
    const text = new Utf8Text();
    const megabyte = utf8("x".repeat(1024 * 1024));
    for (let count = 0; count < 3; count += 1) text.append(megabyte);
    text.number(7);
    const taken = text.take();
    text.append(utf8("another"));
    assert.equal(taken.length, 3 * megabyte.length + 1);
    assert.equal(Buffer.from(taken.subarray(-3)).toString(), "xx7");
  });
});
