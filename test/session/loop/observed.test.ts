/** Sessions of programs that decide themselves who runs. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { View } from "../../../src/protocol/panel";
import { OrderError } from "../../../src/session/common/errors";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session } from "../../../src/session/session";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import type { Viewed } from "../../../src/session/view/viewed";
import { sessionOn, stopAll, until } from "../sessions";

/** The view, which must match the panel's schema. */
function seen(session: Viewed): View {
  return v.parse(View, structuredClone(viewOf(session)));
}

/** The locals of the innermost frame that has resumed the task, with how the step changed them. */
function scheduler(session: Viewed): string[] {
  const { locals = [] } = seen(session).detail?.resumedBy?.at(-1) ?? {};
  return locals.map(({ name, value, change = "", was = "" }) => [name, value.text, change, was].join(" ").trim()).sort();
}

for (const { language, extension, self, line, yieldLine } of [
  { language: "JavaScript", extension: "cjs", self: "this Scheduler", line: 16, yieldLine: 4 },
  { language: "Python", extension: "py", self: "self <Scheduler tasks", line: 18, yieldLine: 8 },
]) {
  const folder = resolve("test/fixtures/observe", language.toLowerCase());

  describe(`a session of an observed program in ${language}`, () => {
    afterEach(stopAll);

    async function observed(program: string, ...given: string[]): Promise<Session> {
      const session = await sessionOn(join(folder, `${program}.${extension}`), { observed: { arguments: given } });
      await session.open();
      return session;
    }

    it("waits before the first switch, without a policy or a schedule", async () => {
      const { status, head, tasks, observed: is, policy, schedule, exploring } = seen(await observed("scheduler"));
      assert.deepEqual({ status, head, tasks, is }, { status: "paused", head: 0, tasks: [], is: true });
      assert.deepEqual([policy, schedule, exploring], [undefined, undefined, undefined]);
    });

    it("shows at each step who resumed the task, with what changed there", async () => {
      const session = await observed("scheduler");
      await session.step();
      await session.step();
      await session.step();
      const { now, next, tasks } = seen(session);
      assert.equal(next, undefined, "nobody knows what the program does next");
      assert.deepEqual([now?.resumedBy?.line, now?.resumedBy?.function.replace("Scheduler.", "")], [line, "run"]);
      assert.deepEqual(
        tasks.map(({ name, state, steps }) => `${name} ${state} ${steps}`),
        ["work ready 2", "work #2 ready 1"],
      );
      const here = scheduler(session).filter((each) => !each.startsWith("task"));
      const inside = here.find((each) => each.startsWith(self.split(" ")[0] ?? "")) ?? "";
      assert.match(inside, new RegExp(`^${self}`));
      assert.deepEqual(
        here.filter((each) => each !== inside),
        ["limit 6", "turn 2 changed 1"],
      );
      session.select(2);
      assert.ok(scheduler(session).includes("turn 1 changed 0"));
    });

    it("rests at full speed where its scheduler resumes a task, if there is a breakpoint on that line", async () => {
      const session = await observed("scheduler");
      const { file } = session.options;
      session.breakpoints.replaceEditorLines([{ file, line, enabled: true }]);
      assert.equal(await session.go(), "breakpoint");
      assert.equal(await session.go(), "breakpoint");
      assert.deepEqual([session.head, seen(session).hit], [2, session.breakpoints.list[0]?.id]);
      session.breakpoints.replaceEditorLines([{ file, line: 1, enabled: true }]);
      assert.equal(await session.go(3), "step-limit");
    });

    it("runs to the end, slowly or at full speed, and is finished", async () => {
      const session = await observed("roundRobin");
      await session.step();
      await session.go();
      while (session.status === "paused") await session.go();
      const { status, notice } = seen(session);
      assert.deepEqual([status, notice], ["finished", undefined]);
      assert.equal(session.run.exitCode, 0);
      assert.ok(rowsOf(session, 1, 9).every(({ resumedBy }) => resumedBy !== undefined));
    });

    it("ends with the exception that nobody has caught", async () => {
      const session = await observed("failing");
      while (session.status === "paused") await session.go();
      const { status, notice } = seen(session);
      assert.equal(status, "finished");
      assert.match(notice?.message ?? "", new RegExp(`^\\w*Error: no room \\(failing\\.${extension}:\\d+\\)$`));
      assert.match(notice?.remedy ?? "", /exit code 1\. Nobody has caught/);
      assert.match(notice?.detail ?? "", /at \S+ \(.*failing/);
    });

    it("refuses whatever would decide who runs", async () => {
      const session = await observed("scheduler");
      await session.step();
      for (const act of [
        () => session.add("work('c')"),
        () => session.order.pick(0),
        () => session.order.hold(0),
        () => session.order.throwInto(0, "1"),
        () => session.order.restartSame("schedule"),
        () => session.comparisons.policies(["round-robin"], { steps: 10 }),
        () => session.branches.fork(0),
        () => session.exploration.explore(),
      ]) {
        await assert.rejects(
          async () => act(),
          (error) => error instanceof OrderError && /decides itself/.test(error.message),
        );
      }
      await session.step();
      assert.equal(session.head, 2);
    });

    it("is restarted from its beginning", async () => {
      const session = await observed("scheduler");
      await session.step();
      await session.restart();
      assert.deepEqual([session.head, session.status], [0, "paused"]);
      await session.step();
      assert.equal(seen(session).tasks.length, 1);
    });

    it("rebuilds a step of a run at full speed, with the scheduler's locals", async () => {
      const session = await observed("scheduler");
      session.watches.add("turn");
      await session.go(5);
      session.select(3);
      assert.deepEqual(scheduler(session), []);
      await session.rebuild();
      assert.equal(session.rebuilding.state, undefined);
      assert.ok(scheduler(session).some((each) => each.startsWith("turn 2")));
      assert.equal(seen(session).watches?.[0]?.text, "1");
      session.select(5);
      await session.goTo("previousChange", { watch: "turn" });
      assert.equal(session.cursor, 3);
      await session.goTo("nextChange", { watch: "turn" });
      assert.equal(session.cursor, 5);
    });

    it("names the first step that differs when the program is run again", async () => {
      const session = await observed("unrepeatable");
      await session.go(4);
      session.select(2);
      await session.rebuild();
      const { rebuild } = seen(session);
      assert.match(rebuild?.state === "refused" ? (rebuild.message ?? "") : "", /differs from the trace at step 1: work yielded/);
    });

    it("rests at a breakpoint on a line, and on a condition", async () => {
      const session = await observed("roundRobin");
      const first = session.breakpoints.add({ kind: "condition", expression: "value == 1" });
      assert.equal(await session.go(), "breakpoint");
      assert.equal(seen(session).now?.value, "1");
      assert.ok(session.hit);
      session.breakpoints.remove(first);
      session.breakpoints.add({ kind: "returned" });
      assert.equal(await session.go(), "breakpoint");
      assert.equal(seen(session).now?.event, "returned");
    });

    it("rests at a breakpoint whose condition sees the locals of a task that did not exist before", async () => {
      const session = await observed("roundRobin");
      const file = join(folder, `roundRobin.${extension}`);
      session.breakpoints.add({ kind: "line", file, line: yieldLine, expression: "turn * 10 == 10" });
      assert.equal(await session.go(), "breakpoint");
      assert.equal(seen(session).now?.value, "1");
    });

    it("is saved with who resumed its tasks", async () => {
      const session = await observed("scheduler");
      await session.step();
      await session.step();
      const temporary = await mkdtemp(join(tmpdir(), "yieldpoint-"));
      try {
        const path = join(temporary, "saved.yieldtrace");
        await saveTrace(session, path);
        const recording = new Recording(path, "file");
        recording.select(2);
        const { observed: is, detail, policy } = seen(recording);
        assert.deepEqual([is, policy], [true, undefined]);
        assert.equal(detail?.resumedBy?.at(-1)?.line, line);
        assert.deepEqual(
          rowsOf(recording, 1, 2).map(({ resumedBy }) => resumedBy?.line),
          [line, line],
        );
        assert.ok(scheduler(recording).includes("turn 1 changed 0"));
        recording.close();
      } finally {
        await rm(temporary, { recursive: true });
      }
    });

    it("reads lines that are typed, and reads them again when a step is rebuilt", async () => {
      const session = await observed("reads");
      await session.step();
      const going = session.go();
      await until(session, () => seen(session).takesInput !== undefined);
      session.give("ann\n");
      await until(session, () => session.head === 2);
      session.give("bob\n");
      session.give();
      assert.equal(await going, "exited");
      assert.deepEqual(
        rowsOf(session, 1, 9).map(({ value }) => value.replace(/["']/g, "")),
        ["1", "ann", "bob"],
      );
      assert.equal(seen(session).takesInput, undefined);
      session.select(2);
      await session.rebuild();
      assert.equal(session.rebuilding.state, undefined);
      assert.ok(seen(session).detail?.resumedBy?.length);
    });

    it("does not count as waiting while its tasks are resumed again and again", async () => {
      const session = await observed("ticks");
      const said = new Set<string>();
      let shown = 0;
      session.onChange(() => {
        // Between two steps it may wait, however long that is on a busy machine.
        if (session.head > shown) said.add(seen(session).awaits ? "waits" : "goes on");
        shown = session.head;
      });
      assert.equal(await session.go(40), "step-limit");
      assert.deepEqual([...said], ["goes on"]);
    });

    it("is over when its process is killed while it is paused", async () => {
      const session = await observed("scheduler");
      await session.step();
      const { text } = await session.run.evaluate(language === "Python" ? "__import__('os').getpid()" : "process.pid");
      process.kill(Number(text), "SIGKILL");
      await until(session, () => session.status === "finished");
      assert.match(seen(session).notice?.message ?? "", /exit code 137, by signal 9/);
    });

    it("says that it has ended if it has resumed no task", async () => {
      const session = await observed("nothing");
      await session.go();
      const { status, notice, head } = seen(session);
      assert.deepEqual([status, head], ["finished", 0]);
      assert.match(notice?.message ?? "", /has ended\. It has resumed no task/);
    });

    it("is not started with an input that is no file", async () => {
      const session = await sessionOn(join(folder, `reads.${extension}`), { observed: { arguments: [], input: folder } });
      await assert.rejects(session.open(), /its input cannot be read: .* is not a file/);
    });

    it("is shown as running while it waits for a timer, and can be paused and stopped then", async () => {
      const session = await observed("waits");
      await session.step();
      const step = session.step();
      await until(session, () => seen(session).status === "running");
      assert.match(JSON.stringify(seen(session).awaits), /No task has been resumed/);
      session.stop();
      await step;
      assert.equal(seen(session).status, "stopped");
    });
  });
}
