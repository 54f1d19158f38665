/** What the tasks of a run delegate to, as the timeline is told of it: in sessions of both kinds, and in what is saved of them. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { timelineOf } from "../../../src/session/analysis/timeline";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import type { SessionOptions } from "../../../src/session/session";
import type { Viewed } from "../../../src/session/view/viewed";
import { sessionOn, stopAll } from "../sessions";

/** For the steps of the first task: all of them, and those that leave it in each function that it delegates to. */
async function divided({ run, head }: Viewed, below: readonly string[]): Promise<string[]> {
  const whole = { axis: "step", from: 0, to: head, buckets: head, below } as const;
  const { below: found = [] } = await timelineOf(run, { ...whole, lanes: [] });
  const own = found.filter(({ task }) => task === 0).map((each) => each.function);
  const { blocks } = await timelineOf(run, { ...whole, lanes: [[0], ...own.map(() => [0])], within: [null, ...own] });
  return ["all", ...own].map((name, lane) => {
    const steps = Array.from(blocks.longestStep).filter((_, at) => blocks.key[at] === lane);
    return `${name}: ${steps.join(" ")}`;
  });
}

for (const { language, extension } of [
  { language: "JavaScript", extension: "cjs" },
  { language: "Python", extension: "py" },
]) {
  const file = resolve("test/fixtures/session", `delegating.${extension}`);

  describe(`what tasks delegate to in ${language}`, () => {
    afterEach(stopAll);

    async function session(options: Partial<SessionOptions>, ...calls: string[]) {
      const made = await sessionOn(file, { until: "all", ...options });
      await made.open();
      for (const call of calls) await made.add(call);
      await made.go(100);
      return made;
    }

    // The task yields itself, twice in one and once in the other function, which delegates on, and then itself again.
    const expected = ["all: 1 3 5 7 9 11", "outer: 3 7", "inner: 5"];
    const own = ["all: 1 2 3 4 5 6", "outer: 2 4", "inner: 3"];

    it("is known of a session", async () => {
      const made = await session({}, "work()", "other()");
      assert.deepEqual(await divided(made, ["work"]), expected);
      assert.deepEqual(await divided(made, ["other"]), ["all: 1 3 5 7 9 11"]);
      assert.deepEqual(await divided(made, ["work", "other"]), expected);
    });

    it("is known of an observed program", async () => {
      const made = await session({ observed: { arguments: [] } });
      assert.deepEqual(await divided(made, ["work"]), own);
    });

    it("is known of a recording", async () => {
      const made = await session({}, "work()", "other()");
      const temporary = await mkdtemp(join(tmpdir(), "yieldpoint-"));
      try {
        await saveTrace(made, join(temporary, "saved.yieldtrace"));
        const recording = new Recording(join(temporary, "saved.yieldtrace"), "file");
        assert.deepEqual(await divided(recording, ["work"]), expected);
        recording.close();
      } finally {
        await rm(temporary, { recursive: true });
      }
    });
  });
}
