import assert from "node:assert/strict";
import fc from "fast-check";
import { FramingError } from "../../../src/protocol/framing";
import { unpickle } from "../../../src/protocol/pickle";

/** `pickle.dumps(values, 4)` of Python 3.11, as hexadecimal digits. */
const written = {
  "[]": { hex: "80045d942e", texts: [], column: [] },
  "[7]": { hex: "80049506000000000000005d944b07612e", texts: ["7"], column: [0] },
  "[None, 255, 256, -1, None, 2**31, -2**40]": {
    hex: "80049520000000000000005d94284e4bff4d00014affffffff4e8a0500000080008a060000000000ff652e",
    texts: ["None", "255", "256", "-1", "2147483648", "-1099511627776"],
    column: [0, 1, 2, 3, 0, 4, 5],
  },
  "the same text twice, and one with an é": {
    hex: "80049514000000000000005d94288c032761279468018c0427c3a92794652e",
    texts: ["'a'", "'é'"],
    column: [0, 0, 1],
  },
};

function read(hex: string, steps: number): { texts: string[]; column: number[] } {
  const column = new Uint16Array(steps);
  const texts = unpickle(Buffer.from(hex, "hex"), column);
  return { texts, column: [...column] };
}

describe("a pickled list of values", () => {
  for (const [what, { hex, texts, column }] of Object.entries(written)) {
    it(`is decoded into its texts and their indices: ${what}`, () => {
      assert.deepEqual(read(hex, column.length), { texts, column });
    });
  }

  it("with more or fewer values than steps is rejected", () => {
    const { hex } = written["[7]"];
    assert.throws(() => read(hex, 2), FramingError);
    assert.throws(() => read(hex, 0), FramingError);
  });

  const hostile = {
    "that calls a function": "80048c026f738c0673797374656d932e",
    "that refers to what is not there": "80045d94286805652e",
    "that refers to the list itself": "80045d94286800652e",
    "with a text longer than all of it": "80045d942858ffffffff27",
    "that does not end": "80045d94284b07",
  };
  for (const [what, hex] of Object.entries(hostile)) {
    it(`${what} is rejected`, () => {
      assert.throws(() => read(hex, 1), FramingError);
    });
  }

  it("of random bytes is decoded or rejected with the right error", () => {
    const bytes = fc.array(fc.oneof(fc.constantFrom(0x4b, 0x4e, 0x8c, 0x68, 0x94, 0x8a, 0x28, 0x65, 0x2e), fc.nat(255)), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(bytes, fc.nat(5), (rest, steps) => {
        try {
          assert.ok(unpickle(Uint8Array.from([0x80, 4, ...rest]), new Uint16Array(steps)).length <= steps);
        } catch (error) {
          assert.ok(error instanceof FramingError, String(error));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
