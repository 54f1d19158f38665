import assert from "node:assert/strict";
import { RunThrottle } from "../../../../src/editor/session/throttle";

describe("what a run leaves to the editor", () => {
  const shareAfter = (...millis: number[]) => {
    const courtesy = new RunThrottle();
    for (const each of millis) courtesy.heard(each);
    return courtesy.share;
  };

  it("is nothing as long as the editor is quick", () => {
    assert.equal(shareAfter(), 1);
    assert.equal(shareAfter(5, 12, 14), 1);
  });

  it("grows while the editor is slow, and a run still goes on", () => {
    assert.ok(shareAfter(200, 200) < shareAfter(200));
    const slow = Array.from({ length: 100 }, () => 10_000);
    assert.equal(shareAfter(...slow), 0.05);
  });

  it("is given back when the editor is quick again, and stays between the two", () => {
    const quick = Array.from({ length: 100 }, () => 1);
    assert.equal(shareAfter(200, 200, ...quick), 1);
    assert.equal(shareAfter(200, 20, 20), shareAfter(200));
  });

  it("leaves a run the least of it while what the user did is drawn", () => {
    let now = 0;
    const courtesy = new RunThrottle(() => now);
    courtesy.acted();
    assert.ok(courtesy.share < 0.1);
    assert.ok(courtesy.left > 0);
    now = 1_000;
    assert.equal(courtesy.share, 1);
    assert.equal(courtesy.left, 0);
  });

  it("is nothing once nothing is shown any more, since the panel is hidden or closed", () => {
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
