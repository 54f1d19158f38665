import assert from "node:assert/strict";
import fc from "fast-check";
import { GrowingTexts, PackedTexts } from "../../../../src/core/trace/textList";

const list = fc.array(fc.string({ unit: "binary", maxLength: 9 }), { minLength: 1, maxLength: 20 });

function bytesOf(texts: readonly string[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(texts));
}

function all(texts: { readonly length: number; at(index: number): string | undefined }): (string | undefined)[] {
  return Array.from({ length: texts.length }, (_, index) => texts.at(index));
}

/** The bytes parsed as JSON; undefined unless they are a list of strings. */
function listIn(bytes: Uint8Array): string[] | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}

describe("packed texts", () => {
  it("equal the strings of the list, as does every part of it", () => {
    fc.assert(
      fc.property(list, fc.nat(20), fc.nat(20), (texts, one, other) => {
        const packed = PackedTexts.read(bytesOf(texts));
        assert.ok(packed);
        assert.deepEqual(all(packed), texts);
        assert.equal(packed.at(texts.length), undefined);
        const [from, to] = [Math.min(one, other, texts.length), Math.min(Math.max(one, other), texts.length)];
        const part = packed.slice(from, to);
        assert.deepEqual(all(part), texts.slice(from, to));
        if (from < to) assert.equal(new TextDecoder().decode(part.strings), JSON.stringify(texts.slice(from, to)).slice(1, -1));
      }),
    );
  });

  it("are accepted only if the bytes are the same list in JSON", () => {
    const pieces = ['"', "\\", ",", "[", "]", "u00", "a", "é", " ", "\n", "1"].map((piece) => [
      ...new TextEncoder().encode(piece),
    ]);
    const bytes = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.tuple(fc.nat(255))), { maxLength: 12 })
      .map((some) => some.flat());
    const change = fc.record({ at: fc.nat(60), byte: fc.nat(255) });
    const changed = fc
      .tuple(list, change)
      .map(([texts, { at, byte }]) => bytesOf(texts).map((old, index) => (index === at ? byte : old)));
    const inList = bytes.map((some) => Uint8Array.from([0x5b, 0x22, ...some, 0x22, 0x5d]));
    fc.assert(
      fc.property(fc.oneof(changed, inList, bytes.map(Uint8Array.from.bind(Uint8Array))), (json) => {
        const packed = PackedTexts.read(json);
        if (packed) assert.deepEqual(all(packed), listIn(json));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("packed texts of a long list", () => {
  const many = (count: number) => PackedTexts.read(new TextEncoder().encode(JSON.stringify(Array(count).fill("x"))));

  it("can have as many texts as 16 bits can index", () => {
    const packed = many(65_536);
    assert.equal(packed?.length, 65_536);
    assert.equal(packed.at(65_535), "x");
    assert.equal(many(65_537), undefined);
  });

  it("stay unchanged when another list is read", () => {
    const packed = many(3);
    many(5);
    assert.ok(packed);
    assert.deepEqual(all(packed), ["x", "x", "x"]);
  });
});

describe("packed texts that grow", () => {
  it("contain what was added, one by one or packed", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), list)), (added) => {
        const texts = new GrowingTexts();
        for (const [isPacked, some] of added) {
          const packed = isPacked ? PackedTexts.read(bytesOf(some)) : undefined;
          if (packed) assert.equal(texts.append(packed), texts.length - some.length);
          else for (const text of some) assert.equal(texts.push(text), texts.length - 1);
        }
        assert.deepEqual(
          all(texts),
          added.flatMap(([, some]) => some),
        );
      }),
    );
  });
});
