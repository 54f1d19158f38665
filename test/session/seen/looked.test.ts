/**
 * Looking at a task whose step it is not: its stack and locals at the step that is shown, and what is said of how exact they are.
 */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { View } from "../../../src/protocol/panel";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session, SessionOptions } from "../../../src/session/session";
import { expandedOf } from "../../../src/session/view/detail";
import { viewOf } from "../../../src/session/view/view";
import type { Viewed } from "../../../src/session/view/viewed";
import { folderWith, removeFolders } from "../../runner/folder";
import { sessionOn, stopAll } from "../sessions";

const script = resolve("test/fixtures/session/rebuilding.ts");

/** A task that keeps a lock, and one that waits for it. */
const locks = {
  ts: `import { mutex } from "cotasks";
const door = mutex("door");
export function* keeps() { yield door.acquire(); while (true) yield "inside"; }
export function* comes(name: string) { const knocks = 3; yield door.acquire(); return name + knocks; }
`,
  py: `from cotasks import mutex
door = mutex("door")
def keeps():
    yield door.acquire()
    while True:
        yield "inside"
def comes(name):
    knocks = 3
    yield door.acquire()
    return name + str(knocks)
`,
};

/** The detail, which must match the panel's schema: the task, its locals from the innermost frame, and what is said. */
function shown(viewed: Viewed) {
  const view = v.parse(View, structuredClone(viewOf(viewed)));
  const { task, frames = [], value, looked } = view.detail ?? {};
  const locals = frames.toReversed().flatMap((frame) => frame.locals.map((local) => `${local.name} ${local.value.text}`));
  return {
    task,
    functions: frames.map((frame) => frame.function),
    locals,
    value: value?.text,
    told: looked?.told.join(" "),
    rebuild: view.rebuild,
  };
}

for (const [language, extension] of [
  ["JavaScript", "ts"],
  ["Python", "py"],
] as const) {
  const isPython = extension === "py";
  const file = script.replace(/ts$/, extension);

  async function sessionOf(calls: readonly string[], options: Partial<SessionOptions> = {}, of = file): Promise<Session> {
    const session = await sessionOn(of, { until: "all", ...options });
    await session.open();
    for (const call of calls) await session.add(call);
    return session;
  }

  describe(`a task that is looked at in ${language}`, () => {
    afterEach(() => {
      stopAll();
      removeFolders();
    });

    it("shows its stack and locals as they are now, and the step again when it is left", async () => {
      const session = await sessionOf(["delegates(2)", "views()", "pushes()"]);
      for (let step = 0; step < 3; step += 1) await session.step();
      assert.deepEqual(shown(session).functions, ["pushes"]);
      await session.look(0);
      const { task, functions, locals, told, rebuild, value } = shown(session);
      assert.deepEqual([task, functions], [0, ["delegates", "inner"]]);
      assert.ok(locals.includes(isPython ? "label 'depth 0'" : 'label "depth 0"'), String(locals));
      assert.deepEqual(
        [told, rebuild, value],
        ["It is suspended since step 1.", undefined, isPython ? "'depth 0'" : '"depth 0"'],
      );
      await session.look();
      assert.deepEqual(shown(session).functions, ["pushes"]);
    });

    it("shows what another task has changed since, and opens it, also when the run has gone on", async () => {
      const session = await sessionOf(["views()", "pushes()"]);
      await session.step();
      await session.step();
      await session.look(0);
      assert.deepEqual(shown(session).locals, ["list [0]"]);
      const handle = () =>
        viewOf(session)
          .detail?.frames.at(-1)
          ?.locals.find(({ name }) => name === "list")?.value.handle ?? 0;
      assert.equal((await expandedOf(session, handle(), 0)).properties[0]?.value.text, "0");
      await session.step();
      assert.equal(viewOf(session).detail?.looked, undefined, "another step is shown");
      session.select(2);
      assert.equal(viewOf(session).detail?.looked, undefined);
      await session.look(0);
      assert.deepEqual([shown(session).locals.length, shown(session).told], [1, "It is suspended since step 1."]);
      assert.equal((await expandedOf(session, handle(), 0)).properties[0]?.value.text, "0");
    });

    it("says in the past that its locals are those of its last step, and what it shares may have changed", async () => {
      const session = await sessionOf(["views()", "pushes()", "counts(2)"]);
      for (let step = 0; step < 6; step += 1) await session.step();
      session.select(3);
      await session.look(0);
      const { locals, told } = shown(session);
      assert.match(String(locals), /^list \[\]$/, "what step 1 left, though step 2 has pushed to it");
      assert.equal(
        told,
        "It is suspended since step 1. Its locals are as step 1 left them. What it shares with other tasks may have changed since.",
      );
    });

    it("rebuilds by replaying what was not recorded of it, exactly at the step", async () => {
      const session = await sessionOf(["views()", "pushes()", "counts(2)"]);
      await session.go(300);
      session.select(30);
      await session.look(0);
      assert.deepEqual(shown(session).rebuild, { state: "possible", missing: "task" });
      assert.deepEqual(shown(session).locals, []);
      await session.rebuild();
      const { locals, told, rebuild } = shown(session);
      assert.match(String(locals), isPython ? /^list \[0, 1, 2.* 9\]$|^list \[0, 1, 2.*…/ : /^list (Array\(10\) )?\[0, 1, 2/);
      assert.deepEqual([told, rebuild], ["It is suspended since step 28.", undefined]);
      session.select(30);
      assert.equal(viewOf(session).rebuild?.missing, "step", "the step itself was not rebuilt");
    });

    it("says what it waits for, with its locals", async () => {
      const folder = folderWith({ [`locks.${extension}`]: locks[extension] });
      const session = await sessionOf(["keeps()", "comes('ann')"], {}, join(folder, `locks.${extension}`));
      for (let step = 0; step < 4; step += 1) await session.step();
      await session.look(1);
      const { locals, told } = shown(session);
      assert.match(told ?? "", /^It waits for .*door.*, which keeps holds since step 2\.$/);
      assert.ok(locals.includes("knocks 3"), String(locals));
    });

    it("says of a task that is not started or has ended that there is nothing else to see", async () => {
      const session = await sessionOf(["fails(0)", "pushes()", "counts(5)"]);
      await session.look(2);
      assert.match(shown(session).told ?? "", /^It has not been started\.$/);
      assert.ok(shown(session).locals.includes("by 5"), String(shown(session).locals));
      await session.step();
      await session.step();
      await session.look(0);
      const { told, locals, value, rebuild } = shown(session);
      assert.equal(told, "It threw in step 1. Of its stack and locals nothing is left.");
      assert.deepEqual([locals, rebuild], [[], undefined]);
      assert.match(value ?? "", /none left/);
      assert.match(viewOf(session).detail?.thrown?.message ?? "", /none left/);
    });

    it("is found again in a recording, as its last step left it", async () => {
      const session = await sessionOf(["views()", "pushes()"]);
      for (let step = 0; step < 4; step += 1) await session.step();
      const path = join(folderWith({}), "looked.yieldtrace");
      await saveTrace(session, path);
      const recording = new Recording(path, "file");
      recording.select(4);
      recording.look(0);
      assert.match(shown(recording).told ?? "", /as step 3 left them/);
      assert.equal(shown(recording).locals.length, 1);
      recording.look(1);
      assert.equal(shown(recording).told, undefined, "step 4 is its own");
      recording.close();
    });

    it("shows what a stopped session has recorded", async () => {
      const session = await sessionOf(["views()", "pushes()"]);
      await session.step();
      await session.step();
      session.stop();
      await session.look(0);
      assert.match(shown(session).told ?? "", /as step 1 left them/);
    });

    it("is a thread, too, with all functions that it is in", async () => {
      const races = resolve("test/fixtures/threads", `races.${extension}`);
      const session = await sessionOf(isPython ? ["pays(3)", "add()"] : ["payAll([3])", "add()"], { threads: "accesses" }, races);
      for (let step = 0; step < (isPython ? 4 : 6); step += 1) await session.step();
      const other = session.run.trace.at(session.head).task === 0 ? 1 : 0;
      await session.look(other);
      assert.equal(shown(session).task, other);
      assert.ok(shown(session).functions.length > 0, JSON.stringify(shown(session)));
    });

    it("is in a process of its own, and still there", async () => {
      const piles = resolve("test/fixtures/processes", `piles.${extension}`);
      const session = await sessionOf(['serve(["a", "b"])', 'serve(["d", "e"])'], { processes: true }, piles);
      await session.step();
      await session.step();
      await session.look(0);
      const { functions, locals, told } = shown(session);
      assert.deepEqual([functions, told], [["serve"], "It is suspended since step 1."]);
      assert.ok(locals.length > 0);
    });

    it("is a task of an observed program", async () => {
      const folder = resolve("test/fixtures/observe", language.toLowerCase());
      const session = await sessionOn(join(folder, `scheduler.${isPython ? "py" : "cjs"}`), { observed: { arguments: [] } });
      await session.open();
      for (let step = 0; step < 3; step += 1) await session.step();
      await session.look(1);
      const { locals, told } = shown(session);
      assert.ok(locals.includes("turn 0"), String(locals));
      assert.equal(told, "It is suspended since step 2.");
    });
  });
}
