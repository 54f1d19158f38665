import assert from "node:assert/strict";
import { emptyView } from "../../../../src/editor/session/emptyView";
import { type Attempt, type Start, Starts } from "../../../../src/editor/session/starts";
import {
  CallError,
  CallFailedError,
  RuntimeNotFoundError,
  RuntimeTooOldError,
  StoppedError,
  UserError,
} from "../../../../src/session/common/errors";

const file = __filename;

describe("session starts", () => {
  let millis = 0;
  let isUnused: boolean;
  let starts: Starts;
  let begun: string[];

  beforeEach(() => {
    millis = 0;
    begun = [];
    isUnused = true;
    starts = new Starts(
      () => undefined,
      () => isUnused,
      () => millis,
    );
  });

  it("count both clicks of a double click as one, and clicks further apart as two", async () => {
    const start: Start = { what: "start it", file, begin: async () => begun.push("it") };
    await starts.make(start);
    millis = 300; // the second click comes when everything has been started
    await starts.make(start);
    assert.equal(begun.length, 1);
    await starts.make({ ...start, file: "/code/other.ts" });
    assert.equal(begun.length, 2);
    millis = 900;
    await starts.make(start);
    assert.equal(begun.length, 3);
  });

  it("are two if something else happened in between, however soon", async () => {
    const start: Start = { what: "start it", file, begin: async () => begun.push("it") };
    await starts.make(start);
    isUnused = false; // a step was made
    await starts.make(start);
    assert.equal(begun.length, 2);
  });

  it("are one while a start is in progress, however long it takes", async () => {
    const { start, end } = held("it");
    const first = starts.make(start);
    millis = 60_000;
    const second = starts.make({ ...start });
    end();
    await Promise.all([first, second]);
    assert.deepEqual(begun, ["it"]);
  });

  it("can be replaced by another start, which is not reported as a failure", async () => {
    const one = held("one");
    const first = starts.make(one.start);
    await starts.make({ what: "start the other", file, begin: async () => begun.push("other") });
    await first;
    assert.deepEqual([begun, starts.state, one.attempt?.signal.aborted], [["one", "other"], "none", true]);
  });

  it("end without a message when they are cancelled", async () => {
    const { start } = held("it");
    const made = starts.make(start);
    assert.equal(starts.state, "going");
    assert.equal(starts.shownIn(emptyView).starting, "Trying to start it");
    starts.cancel();
    await made;
    assert.deepEqual([starts.state, starts.shownIn(emptyView)], ["none", emptyView]);
  });

  it("report a failure with a remedy, offer to try again and to edit, and are forgotten at the next start", async () => {
    const edited: Error[] = [];
    const error = new UserError("It is broken", "Mend it.");
    const start: Start = {
      what: "start it",
      file,
      typed: "call",
      begin: async () => {
        begun.push("it");
        if (begun.length < 3) throw error;
      },
      edit: (failure) => edited.push(failure),
    };
    await starts.make(start);
    await starts.make(start); // it failed, so this is not the second half of a double click
    const { notice } = starts.shownIn(emptyView);
    assert.deepEqual(notice, {
      severity: "error",
      message: "Could not start it: It is broken",
      remedy: "Mend it.",
      actions: ["editCall", "retryStart", "dismissStart"],
    });
    assert.equal(starts.state, "call");
    assert.match(starts.shownIn({ ...emptyView, status: "paused" }).notice?.remedy ?? "", /session is unchanged\.$/);
    await starts.edit();
    assert.deepEqual(edited, [error]);
    await starts.retry();
    assert.deepEqual([begun.length, starts.state, starts.error], [3, "none", undefined]);
  });

  it("report a failing call once, with the reason", async () => {
    const call = "counter(nobody)";
    const failure = { code: "call", message: "ReferenceError: nobody is not defined" };
    const error = new CallError(call, failure);
    const again = await Promise.reject(error)
      .catch(CallFailedError.of(call, 0))
      .catch((failed: Error) => failed);
    const told = async (what: string, thrown: Error) => {
      await starts.make({ what, file, begin: () => Promise.reject(thrown) });
      return starts.shownIn(emptyView).notice?.message;
    };
    assert.equal(await told(`start ${call}`, error), `Could not start ${call}: ${failure.message}`);
    assert.equal(await told("restart counters.ts", again), `Could not restart counters.ts: ${call}: ${failure.message}`);
    assert.equal(await told("replay it", error), `Could not replay it: The call ${call} fails: ${failure.message}`);
  });

  it("that fail without an interpreter offer nothing to edit, since no call is at fault", async () => {
    for (const Kind of [RuntimeNotFoundError, RuntimeTooOldError]) {
      const begin = () => Promise.reject(new Kind("There is no Node.", "Install one."));
      await starts.make({ what: "start it", file, typed: "call", begin, edit: () => undefined });
      assert.deepEqual(starts.shownIn(emptyView).notice?.actions, ["openSetting", "retryStart", "dismissStart"]);
      assert.equal(starts.state, "failed");
    }
  });

  it("that fail because the file is gone offer to try again, but nothing to edit", async () => {
    const begin = () => Promise.reject(new UserError("There is no file gone.ts any more.", "Bring it back."));
    await starts.make({ what: "start it", file: "/no/such/gone.ts", typed: "call", begin, edit: () => undefined });
    assert.deepEqual(starts.shownIn(emptyView).notice?.actions, ["retryStart", "dismissStart"]);
    assert.equal(starts.state, "failed");
  });

  it("do not report a failure over the notice of a slice that hangs", async () => {
    await starts.make({ what: "start it", file, begin: () => Promise.reject(new Error("no")) });
    const notice = { severity: "warning" as const, message: "It hangs.", actions: ["interrupt" as const] };
    assert.equal(starts.shownIn({ ...emptyView, notice }).notice, notice);
  });

  /** A start that stays in progress until it is ended or cancelled. */
  function held(name: string): { start: Start; end: () => void; readonly attempt: Attempt | undefined } {
    let end: () => void = () => undefined;
    let attempt: Attempt | undefined;
    const begin = (its: Attempt) => {
      attempt = its;
      begun.push(name);
      return new Promise<void>((resolve, reject) => {
        end = resolve;
        its.signal.addEventListener("abort", () => reject(new StoppedError("It was given up.", "Start it again.")));
      });
    };
    return {
      start: { what: `start ${name}`, file, begin },
      end: () => end(),
      get attempt() {
        return attempt;
      },
    };
  }
});
