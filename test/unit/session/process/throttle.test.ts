import assert from "node:assert/strict";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { InputThrottle } from "../../../../src/session/process/throttle";

describe("reading from a runner", () => {
  const intakeOf = async (share: number) => {
    const pipe = new PassThrough();
    pipe.on("data", () => {});
    await once(pipe, "resume");
    const intake = new InputThrottle(pipe);
    intake.share = share;
    return { pipe, intake };
  };

  it("is unlimited if no time is left to others", async () => {
    const { pipe, intake } = await intakeOf(1);
    intake.worked(1_000);
    assert.equal(pipe.isPaused(), false);
  });

  it("pauses after a while, and resumes by itself", async () => {
    const { pipe, intake } = await intakeOf(0.5);
    intake.worked(2);
    assert.equal(pipe.isPaused(), false);
    intake.worked(4);
    assert.equal(pipe.isPaused(), true);
    await once(pipe, "resume");
    intake.worked(4);
    assert.equal(pipe.isPaused(), false); // the time spent before the pause has been compensated
  });

  it("resumes immediately when an answer is expected, and does not pause until it arrives", async () => {
    const { pipe, intake } = await intakeOf(0.01);
    intake.worked(50);
    intake.isAwaited = true;
    assert.equal(pipe.isPaused(), false);
    intake.worked(50);
    assert.equal(pipe.isPaused(), false);
    intake.isAwaited = false;
    intake.worked(4);
    assert.equal(pipe.isPaused(), false);
    intake.worked(4);
    assert.equal(pipe.isPaused(), true);
    intake.isAwaited = true;
  });
});
