import assert from "node:assert/strict";
import fc from "fast-check";
import { Waiting } from "../../../../../src/core/waiting/engine";
import { type Operation, operation } from "../../../../../src/core/waiting/request";
import { Dictionary } from "../../../../../src/runner/javascript/values/dictionary";
import { preview } from "../../../../../src/runner/javascript/values/preview";
import { TaggedRequest } from "../../../../../src/runner/javascript/values/requests";
import { RequestTexts } from "../../../../../src/runner/javascript/waiting/requestTexts";

const engine = new Waiting<unknown>({
  nothing: undefined,
  closed: undefined,
  now: () => 0,
  pair: (index, value) => [index, value],
  list: (values) => values,
  contents: (pairOrList) => pairOrList as unknown[],
  error: (_, message) => message,
  show: String,
  nameOf: (task) => `task ${task}`,
  spawn: () => assert.fail("nothing is spawned"),
});
const wording = new RequestTexts(engine);

function request(code: Operation, object: number, value?: unknown): TaggedRequest {
  return new TaggedRequest(code, object, value, undefined, engine, wording);
}

const value = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.bigInt(),
  fc.string({ unit: "binary", maxLength: 250 }),
  fc.constantFrom(undefined, null, true, Symbol("s"), () => 1, { a: 1 }, [1, [2]], request(operation.sleep, 1)),
);

describe("requests in the dictionary of a chunk", () => {
  const dictionary = new Dictionary();

  it("are told as their previews tell them, whatever is put and however long the channel's name is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 220 }), fc.double(), value, (name, millis, put) => {
        const channel = engine.resources.channel(1, name);
        const all = [
          request(operation.put, channel, put),
          request(operation.put, -1, put),
          request(operation.take, channel),
          request(operation.sleep, millis),
          request(operation.join, 3),
          { put: request(operation.put, channel, put) },
        ];
        const numbers = all.map((each) => dictionary.index(each));
        const texts = JSON.parse(new TextDecoder().decode(dictionary.json())) as string[];
        dictionary.clear();
        assert.deepEqual(
          numbers.map((number) => texts[number]),
          all.map(preview),
        );
      }),
    );
  });

  it("are told once where they say the same", () => {
    const channel = engine.resources.channel(1, "jobs");
    const all = [1, 2, 1].flatMap((put) => [request(operation.put, channel, put), request(operation.take, channel)]);
    assert.deepEqual(
      all.map((each) => dictionary.index(each)),
      [0, 1, 2, 1, 0, 1],
    );
    dictionary.clear();
  });
});
