import assert from "node:assert/strict";
import type { Answer } from "../../../src/protocol/runner";
import { SessionStateError } from "../../../src/session/errors";
import { Inspections } from "../../../src/session/inspections";

const seen = (handle: number, local: number): Answer<"inspect"> => ({
  frames: [
    { function: "f", file: "/f.ts", line: 1, column: 1, locals: [{ name: "list", value: { text: "[…]", handle: local } }] },
  ],
  value: { text: "{…}", handle },
});

/** A runner whose every value has one child, and a note of what it was asked. */
function runner() {
  const asked: number[] = [];
  const ask = async (handle: number, start: number) => {
    asked.push(handle);
    return { properties: [{ name: String(start), value: { text: `child of ${handle}`, handle: handle + 100 } }], total: 3 };
  };
  return { asked, inspections: new Inspections(ask) };
}

describe("Inspections", () => {
  it("keep what was seen after a step", () => {
    const { inspections } = runner();
    inspections.record(4, seen(1, 2));
    assert.equal(inspections.of(4)?.value?.text, "{…}");
    assert.equal(inspections.of(4)?.frames[0]?.locals[0]?.name, "list");
    assert.equal(inspections.of(5), undefined);
  });

  it("ask for children once, and remember them when the task has moved on", async () => {
    const { asked, inspections } = runner();
    inspections.record(1, seen(7, 8));
    const handle = inspections.of(1)?.value?.handle ?? -1;
    const children = await inspections.expand(handle, 0);
    assert.equal(children.properties[0]?.value.text, "child of 7");
    inspections.advance();
    assert.deepEqual(await inspections.expand(handle, 0), children);
    assert.deepEqual(asked, [7]);
  });

  it("say of a past value that it was not opened then", async () => {
    const { asked, inspections } = runner();
    inspections.record(1, seen(7, 8));
    const handle = inspections.of(1)?.value?.handle ?? -1;
    inspections.advance();
    await assert.rejects(inspections.expand(handle, 0), SessionStateError);
    await assert.rejects(inspections.expand(99_999, 0), SessionStateError);
    assert.deepEqual(asked, []);
  });

  it("never mix up handles that the runner gave out twice", async () => {
    const { inspections } = runner();
    inspections.record(1, seen(1, 2));
    inspections.advance();
    inspections.record(2, seen(1, 2));
    const [past, now] = [1, 2].map((step) => inspections.of(step)?.value?.handle ?? -1);
    assert.notEqual(past, now);
    await assert.rejects(inspections.expand(past ?? -1, 0), SessionStateError);
    assert.equal((await inspections.expand(now ?? -1, 0)).total, 3);
  });

  it("open the values of a step in advance, as many as wanted", async () => {
    const { asked, inspections } = runner();
    inspections.record(1, seen(1, 2));
    await inspections.preload(1, 1);
    assert.deepEqual(asked, [1]);
    await inspections.preload(1, 10);
    assert.deepEqual(asked, [1, 2]);
    await inspections.preload(9, 10);
  });

  it("of a task that was looked at later give its stack alone, since its objects may have moved on", () => {
    const { inspections } = runner();
    inspections.recordLater(1, seen(1, 2));
    assert.equal(inspections.of(1), undefined);
    assert.deepEqual(inspections.stackOf(1)[0]?.locals, [{ name: "list", value: { text: "[…]" } }]);
    inspections.record(2, seen(1, 2));
    const exact = inspections.of(2);
    inspections.recordLater(2, seen(3, 4));
    assert.deepEqual(inspections.of(2), exact);
  });

  it("of a replay are opened as far as they were then, and never ask its process, which is gone", async () => {
    const { asked, inspections } = runner();
    const inside = { properties: [{ name: "0", value: { text: "[…]", handle: 9 } }], total: 1 };
    inspections.recordPast(5, seen(1, 2), new Map([[1, inside]]));
    const replayed = inspections.of(5);
    const { properties } = await inspections.expand(replayed?.value?.handle ?? -1, 0);
    assert.equal(properties[0]?.value.text, "[…]");
    await assert.rejects(inspections.expand(properties[0]?.value.handle ?? -1, 0), SessionStateError);
    await assert.rejects(inspections.expand(replayed?.frames[0]?.locals[0]?.value.handle ?? -1, 0), SessionStateError);
    assert.deepEqual(asked, []);
  });

  it("forget the oldest steps, so that a long run stays bounded", () => {
    const { inspections } = runner();
    for (let step = 1; step <= 3_000; step += 1) inspections.record(step, seen(1, 2));
    assert.equal(inspections.of(1), undefined);
    assert.notEqual(inspections.of(3_000), undefined);
  });
});
