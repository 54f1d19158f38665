import assert from "node:assert/strict";
import { RunThrottle } from "../../../../src/editor/session/throttle";

describe("the share of time that a run leaves to the editor", () => {
  const shareAfter = (...millis: number[]) => {
    const courtesy = new RunThrottle();
    for (const each of millis) courtesy.heard(each);
    return courtesy.share;
  };

  it("is zero while the editor responds quickly", () => {
    assert.equal(shareAfter(), 1);
    assert.equal(shareAfter(5, 12, 14), 1);
  });

  it("grows while the editor is slow, but never stops the run", () => {
    assert.ok(shareAfter(200, 200) < shareAfter(200));
    const slow = Array.from({ length: 100 }, () => 10_000);
    assert.equal(shareAfter(...slow), 0.05);
  });

  it("shrinks when the editor responds quickly again, and stays in between", () => {
    const quick = Array.from({ length: 100 }, () => 1);
    assert.equal(shareAfter(200, 200, ...quick), 1);
    assert.equal(shareAfter(200, 20, 20), shareAfter(200));
  });

  it("is at its maximum while the effect of a user action is drawn", () => {
    let now = 0;
    const courtesy = new RunThrottle(() => now);
    courtesy.acted();
    assert.ok(courtesy.share < 0.1);
    assert.ok(courtesy.left > 0);
    now = 1_000;
    assert.equal(courtesy.share, 1);
    assert.equal(courtesy.left, 0);
  });

  it("is zero when nothing is shown, because the panel is hidden or closed", () => {
    let now = 0;
    const courtesy = new RunThrottle(() => now);
    courtesy.heard(200);
    now = 1_000;
    assert.ok(courtesy.share < 1);
    now = 3_000;
    assert.equal(courtesy.share, 1);
    courtesy.heard(200);
    assert.ok(courtesy.share < 1);
  });
});
