import assert from "node:assert/strict";
import fc from "fast-check";
import { Dictionary } from "../../../../../src/runner/javascript/values/dictionary";
import { preview } from "../../../../../src/runner/javascript/values/preview";

/** The entry of each value in the dictionary of one chunk. */
function texts(dictionary: Dictionary, values: readonly unknown[]): (string | undefined)[] {
  const numbers = values.map((value) => dictionary.index(value));
  const all = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(dictionary.json())) as string[];
  dictionary.clear();
  return numbers.map((number) => all[number]);
}

const text = fc.oneof(fc.string(), fc.string({ unit: "binary", maxLength: 150 }), fc.string({ minLength: 90, maxLength: 110 }));
const leaf = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, -0, -1, 2 ** 31, -(2 ** 31), 2 ** 32, Number.NaN, undefined, null, true, false, Symbol("s")),
  fc.double(),
  fc.double({ min: -3_000_000, max: 3_000_000 }),
  fc.tuple(fc.integer(), fc.constantFrom(2, 4, 8, 10, 100, 1_000, 10_000)).map(([whole, parts]) => whole / parts),
  fc.constantFrom(0.001, -0.001, 0.0005, 0.1 + 0.2, 1_999_999.999, 2_000_000.5, 100.05, -7.5),
  fc.bigInt(),
  text,
  fc.constantFrom(
    new Date(0),
    /x/g,
    () => 1,
    new Map([[1, { a: 1 }]]),
    Object.create(null),
    new (class Point {})(),
    new Array(2),
  ),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie("any"), { maxLength: 70 }),
    fc.dictionary(fc.oneof(fc.string({ maxLength: 6 }), text), tie("any"), { maxKeys: 12 }),
  ),
})).any;

describe("the dictionary of a chunk", () => {
  const dictionary = new Dictionary();

  it("has the preview of every value", () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (all) => assert.deepEqual(texts(dictionary, all), all.map(preview))),
    );
  });

  it("has equal previews once, and different ones separately", () => {
    const all = [{ a: 1 }, { a: 1 }, { a: 2 }, 0, -0, 0, -0, "0", 7.5, 7.5, [{ a: 1 }], ["x".repeat(50)], ["x".repeat(50)]];
    const numbers = all.map((one) => dictionary.index(one));
    dictionary.clear();
    assert.deepEqual(numbers, [0, 0, 1, 2, 3, 2, 3, 4, 5, 5, 6, 7, 7]);
  });

  it("has a value again once after chunks of only new values", () => {
    const chunk = (distinct: number, times: number) =>
      Array.from({ length: distinct * times }, (_, n) => dictionary.index({ n: n % distinct }));
    const told = (numbers: readonly number[]) => {
      dictionary.clear();
      return new Set(numbers).size;
    };
    for (const _ of [1, 2]) assert.equal(told(chunk(10_000, 1)), 10_000);
    assert.equal(told(chunk(200, 20)), 200);
    assert.equal(told(chunk(2_000, 2)), 2_000);
  });

  it("writes numbers as the language does, with any number of digits", () => {
    const borders = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 2_000_000, 10 ** 9, 2 ** 31, 2 ** 32];
    const whole = [...Array(1_100).keys(), ...borders.flatMap((border) => [border - 1, border, border + 1])];
    const all = [...whole, ...whole.map((n) => n / 1_000), ...whole.map((n) => n + 0.07)];
    const signed = [...all, ...all.map((n) => -n)];
    assert.deepEqual(texts(dictionary, signed), signed.map(preview));
  });

  it("writes names with any bytes", () => {
    const odd = ["\u007f", "\u{10ffff}\u007f", "\u007f".repeat(8), "\u{f0000}\u{10ffff}", "ÿ\u007fð", "\u0000\u007f\ud800"];
    const all = [...Array(8).keys()].flatMap((n) => odd.map((name) => ({ [`${"-".repeat(n)}${name}`]: n, [name]: name })));
    assert.deepEqual(texts(dictionary, all), all.map(preview));
  });

  it("runs no getter and no proxy trap, wherever it is", () => {
    const ran = () => assert.fail("code of the user's ran");
    const accessor = Object.defineProperty({ before: 1 }, "it", { get: ran, set: ran, enumerable: true });
    const handler = Object.fromEntries(Reflect.ownKeys(Reflect).map((trap) => [trap, ran]));
    const proxy = new Proxy({}, handler);
    const heir = Object.create(proxy) as object;
    const array = Object.setPrototypeOf([1], proxy) as object;
    const element = Object.defineProperty([1, 2], 1, { get: ran, enumerable: true });
    const all = [accessor, proxy, heir, array, element, { heir, proxy, accessor }, [array, element]];
    assert.deepEqual(texts(dictionary, all), all.map(preview));
    assert.deepEqual(texts(dictionary, [accessor, element, proxy]), ["{before: 1, it: (…)}", "[1, (…)]", "Proxy"]);
  });

  it("shows own properties only, including hidden ones", () => {
    const own = Object.defineProperty({ a: 1, [Symbol("s")]: 2 }, "hidden", { value: 3, enumerable: false });
    Object.defineProperty(Object.prototype, "late", { value: 1, enumerable: true, configurable: true });
    try {
      assert.deepEqual(texts(dictionary, [own, { b: 2 }]), ["{a: 1, [Symbol(s)]: 2}", "{b: 2}"]);
    } finally {
      Reflect.deleteProperty(Object.prototype, "late");
    }
  });

  it("keeps its encoded result unchanged while the next chunk is written", () => {
    dictionary.index({ a: "of the first chunk" });
    const first = dictionary.json();
    dictionary.clear();
    dictionary.turn();
    for (let n = 0; n < 10_000; n += 1) dictionary.index({ n });
    assert.equal(new TextDecoder().decode(first.slice()), JSON.stringify(['{a: "of the first chunk"}']));
    dictionary.clear();
  });

  it("grows as much as a chunk of long previews requires", () => {
    const all = Array.from({ length: 2_000 }, (_, n) => ({ [`key${n}`]: "ä€😀\u0000\ud800".repeat(n % 20), n }));
    assert.deepEqual(texts(dictionary, all), all.map(preview));
  });
});
