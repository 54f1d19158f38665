/**
 * What is said of a process that ends before it runs anything.
 */
import assert from "node:assert/strict";
import { isOfRuntime, RunnerFailedError, StoppedError, UserError } from "../../../../src/session/common/errors";
import { unbegun } from "../../../../src/session/process/unbegun";

describe("a runner that ends before it begins", () => {
  const ended = new RunnerFailedError("The process that ran the tasks ended with exit code 1.", "Restart the session.");

  it("may be no interpreter, so that another one is offered", () => {
    const error = unbegun(ended, {}, "ls: cannot access 'runner'\n");
    assert.ok(error instanceof UserError && isOfRuntime(error));
    assert.equal(
      error.message,
      "The process that ran the tasks ended with exit code 1 before the program began: ls: cannot access 'runner'",
    );
  });

  it("may be given wrong variables by the setup", () => {
    const error = unbegun(ended, { PYTHONHOME: "/x" }, "Fatal Python error: init failed\nmore\n");
    assert.ok(error instanceof RunnerFailedError);
    assert.match(error.message, /exit code 1 before the program began: Fatal Python error: init failed$/);
    assert.match(error.remedy, /PYTHONHOME/);
  });

  it("is left alone if the user has stopped it", () => {
    const stopped = new StoppedError("Stopped.", "");
    assert.equal(unbegun(stopped, {}, ""), stopped);
  });
});
