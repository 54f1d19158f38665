import assert from "node:assert/strict";
import fc from "fast-check";
import { FramingError } from "../../../../src/protocol/framing";
import { decodeWaitRecords, encodeWaitRecords } from "../../../../src/session/recording/waitSection";

const numbers = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 3 });
const records = fc.array(
  fc.record(
    {
      first: fc.nat(),
      before: fc.record(
        { blocked: numbers, holdings: numbers, added: numbers, moved: fc.array(fc.nat(), { maxLength: 2 }) },
        { noNullPrototype: true },
      ),
      rows: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 3 }),
    },
    { noNullPrototype: true },
  ),
  { maxLength: 4 },
);

describe("a section of the wait log", () => {
  it("is decoded unchanged", () => {
    fc.assert(
      fc.property(records, (given) =>
        assert.deepEqual(decodeWaitRecords(new Uint8Array(Buffer.concat(encodeWaitRecords(given)))), given),
      ),
    );
  });

  it("is rejected if anything is missing or extra, with the right error", () => {
    const bytes = fc.tuple(records, fc.nat(200), fc.uint8Array({ minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(bytes, ([given, cut, added]) => {
        const whole = Buffer.concat(encodeWaitRecords(given));
        for (const damaged of [whole.subarray(0, whole.length - 1 - (cut % whole.length)), Buffer.concat([whole, added])]) {
          assert.throws(() => decodeWaitRecords(damaged), FramingError);
        }
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (any) => {
        try {
          decodeWaitRecords(any);
        } catch (error) {
          assert.ok(error instanceof FramingError);
        }
      }),
    );
  });
});
