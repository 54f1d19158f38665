import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll, until } from "../sessions";

async function sessionWith(file: string, calls: readonly string[]): Promise<Session> {
  const session = await sessionOn(resolve("test/fixtures/session", file));
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

/** Adds watches, and waits until each is evaluated at the current step. */
async function watch(session: Session, ...expressions: string[]): Promise<void> {
  for (const expression of expressions) {
    session.watches.add(expression);
    await until(session, () => session.run.watched.has(session.head, expression));
  }
}

function shown(session: Session) {
  return viewOf(session).watches?.map(({ expression: _, ...rest }) => rest);
}

for (const [language, file] of [
  ["JavaScript", "rebuilding.ts"],
  ["Python", "rebuilding.py"],
] as const) {
  describe(`watches in ${language}`, () => {
    afterEach(stopAll);

    it("are evaluated with the locals of the step's task and in the module's scope, and mark changes", async () => {
      const session = await sessionWith(file, ["counts(2)", "delegates(5)"]);
      await watch(session, "total", "by");
      assert.deepEqual(shown(session)?.[0], { text: "0" });
      assert.match(shown(session)?.[1]?.error ?? "", /by/);
      await session.step();
      assert.deepEqual(shown(session), [{ text: "2", was: "0" }, { text: "2" }]);
      await session.step();
      // `by` is not a local of delegates.
      assert.deepEqual(shown(session)?.[0], { text: "2" });
      assert.ok(shown(session)?.[1]?.error);
      await session.step();
      assert.deepEqual(shown(session), [{ text: "4", was: "2" }, { text: "2" }]);
      session.select(1);
      assert.deepEqual(shown(session), [{ text: "2", was: "0" }, { text: "2" }]);
    });

    it("do not compare locals of the same name in different tasks", async () => {
      const session = await sessionWith(file, ["counts(1)", "counts(10)"]);
      await watch(session, "by", "n");
      for (let step = 0; step < 4; step += 1) await session.step();
      assert.deepEqual(shown(session), [{ text: "10" }, { text: "10", was: "0" }]);
      await session.goTo("previousChange", { watch: "by" });
      assert.deepEqual([session.cursor, shown(session)?.[0]?.note], [4, 'It did not change in "counts #2" before this step.']);
      for (let step = 0; step < 2; step += 1) await session.step();
      await session.goTo("previousChange", { watch: "n" });
      assert.equal(session.cursor, 4);
    });
  });
}

for (const [language, file] of [
  ["JavaScript", "rebuilding.ts"],
  ["Python", "rebuilding.py"],
] as const) {
  describe(`watches in ${language} of variables that are hidden for a while`, () => {
    afterEach(stopAll);

    it("are compared with their last visible value", async () => {
      const session = await sessionWith(file, ["hides(2)"]);
      await watch(session, "list");
      const marks: unknown[] = [];
      for (let step = 0; step < 4; step += 1) {
        await session.step();
        marks.push(shown(session)?.[0]?.was);
      }
      // The second step is suspended in the generator that reverses the list.
      assert.deepEqual(marks, [undefined, undefined, "[1, 2, 3]", undefined]);
      await session.goTo("previousChange", { watch: "list" });
      assert.equal(session.cursor, 3);
    });
  });
}

describe("watches", () => {
  afterEach(stopAll);

  it("notice what the call of a task changed, also when the step is rebuilt after a restart", async () => {
    const session = await sessionWith("rebuilding.ts", ["counts((total = 5))"]);
    await watch(session, "total");
    await session.add("counts((total = 7))");
    assert.deepEqual(shown(session), [{ text: "7" }]);
    await session.step();
    assert.deepEqual(shown(session), [{ text: "12", was: "7" }]);
    await session.restart();
    await session.go(10);
    session.select(1);
    await session.rebuild();
    assert.deepEqual(shown(session), [{ text: "12", was: "7" }]);
  });

  it("can be rebuilt before the first step", async () => {
    const session = await sessionWith("rebuilding.ts", ["counts(1)"]);
    await session.go(10);
    await watch(session, "total");
    session.select(0);
    assert.deepEqual([shown(session), viewOf(session).rebuild?.state], [[{}], "possible"]);
    await session.rebuild();
    assert.deepEqual([shown(session), viewOf(session).rebuild], [[{ text: "0" }], undefined]);
  });

  it("show nothing if they were not recorded", async () => {
    const session = await sessionWith("rebuilding.ts", ["counts(1)"]);
    await watch(session, "total");
    await session.go(50);
    session.select(20);
    assert.deepEqual(shown(session), [{}]);
    session.select(50);
    // Its value at step 49 is unknown.
    assert.deepEqual([shown(session), viewOf(session).rebuild], [[{ text: "50" }], { state: "possible", missing: "changes" }]);
    await session.rebuild();
    assert.deepEqual([shown(session), viewOf(session).rebuild], [[{ text: "50", was: "49" }], undefined]);
  });

  it("have buttons that go to the steps at which they changed", async () => {
    const session = await sessionWith("rebuilding.ts", ["counts(1)", "delegates(9)"]);
    await watch(session, "total");
    for (let step = 0; step < 6; step += 1) await session.step();
    // counts makes the odd steps.
    await session.goTo("previousChange", { watch: "total" });
    assert.equal(session.cursor, 5);
    await session.goTo("previousChange", { watch: "total" });
    assert.equal(session.cursor, 3);
    await session.goTo("nextChange", { watch: "total" });
    assert.equal(session.cursor, 5);
    await session.goTo("nextChange", { watch: "total" });
    assert.deepEqual([session.cursor, shown(session)?.[0]?.note], [5, "It did not change after this step."]);
    for (const step of [6, 5]) session.select(step);
    assert.equal(shown(session)?.[0]?.note, undefined);
    session.select(6);
    await session.goTo("nextChange", { watch: "total" });
    assert.equal(shown(session)?.[0]?.note, "It did not change after this step.");
    await session.step();
    session.select(6);
    assert.equal(shown(session)?.[0]?.note, undefined, "it changes at step 7");
  });

  it("exist once each, until they are removed", async () => {
    const session = await sessionWith("rebuilding.ts", ["counts(1)"]);
    await watch(session, "total");
    session.watches.add(" total ");
    await watch(session, "1 + 1");
    assert.deepEqual(session.watches.list, ["total", "1 + 1"]);
    session.watches.remove("total");
    assert.deepEqual(shown(session), [{ text: "2" }]);
  });

  it("survive a restart", async () => {
    const session = await sessionWith("rebuilding.ts", ["counts(1)"]);
    await watch(session, "total");
    await session.step();
    await session.restart();
    assert.deepEqual(shown(session), [{ text: "0" }]);
  });
});

describe("a watch that cannot be interrupted", () => {
  afterEach(stopAll);

  const hangs = "sum(iter(int, 1))";
  const marked = { stopped: true };
  const noticeActions = (session: Session) => viewOf(session).notice?.actions ?? [];

  it("is skipped on its own when the same steps are run again", async () => {
    const session = await sessionWith("rebuilding.py", ["counts(1)"]);
    await watch(session, "total");
    await session.step();
    await session.step();
    session.watches.add(hangs);
    session.watches.add("1 + 1");
    await until(session, () => noticeActions(session).includes("skipWatch"));
    assert.deepEqual(shown(session)?.slice(1), [{ pending: true }, { pending: true }]);
    await session.skipWatch();
    assert.deepEqual([session.head, session.status, session.control.refusal], [2, "paused", undefined]);
    assert.deepEqual(shown(session), [{ text: "2" }, marked, { text: "2" }]);
    await session.step();
    assert.deepEqual([session.head, shown(session)?.[1], viewOf(session).notice], [3, marked, undefined]);
  });

  it("is skipped before the first step as well", async () => {
    const session = await sessionWith("rebuilding.py", ["counts(1)"]);
    session.watches.add(hangs);
    await until(session, () => noticeActions(session).includes("skipWatch"));
    await session.skipWatch();
    assert.deepEqual([session.head, session.status, shown(session)], [0, "paused", [marked]]);
  });
});

for (const [language, file, hangs] of [
  ["JavaScript", "rebuilding.ts", "hangs()"],
  ["Python", "rebuilding.py", "hangs()"],
] as const) {
  describe(`a watch that does not end in ${language}`, () => {
    afterEach(stopAll);

    const isStopped = (session: Session) => session.watches.isStopped(hangs);
    const marked = { stopped: true };

    it("is stopped on its own, and marked; the others are evaluated, and no step waits for it again", async () => {
      const session = await sessionWith(file, ["counts(1)"]);
      await watch(session, "total");
      session.watches.add(hangs);
      session.watches.add("1 + 1");
      await until(session, () => session.run.watched.has(0, "1 + 1"));
      assert.deepEqual(shown(session), [{ text: "0" }, marked, { text: "2" }]);
      await session.step();
      await session.step();
      assert.deepEqual(shown(session), [{ text: "2", was: "1" }, marked, { text: "2" }]);
      assert.equal(viewOf(session).notice, undefined);
    });

    it("is evaluated again on request, or when it is added again, but not because of a restart", async () => {
      const session = await sessionWith(file, ["counts(1)"]);
      session.watches.add(hangs);
      await until(session, () => isStopped(session));
      await session.restart();
      assert.deepEqual(shown(session), [marked]);
      session.watches.retry(hangs);
      assert.ok(!isStopped(session));
      await until(session, () => isStopped(session));
      session.watches.add(hangs);
      assert.ok(!isStopped(session));
      await until(session, () => isStopped(session));
    });

    it("ends immediately when it is removed, and is forgotten", async () => {
      const session = await sessionWith(file, ["counts(1)"]);
      session.watches.add(hangs);
      await until(session, () => session.running.sampling.watching === hangs && session.run.output.of(0).length > 0);
      session.watches.remove(hangs);
      await session.step();
      assert.deepEqual([shown(session), session.head, isStopped(session)], [[], 1, false]);
    });

    it("does not prevent rebuilding of others", async () => {
      const session = await sessionWith(file, ["counts(1)"]);
      await session.go(5);
      session.watches.add("total");
      session.watches.add(hangs);
      await until(session, () => isStopped(session));
      session.watches.retry(hangs);
      session.select(2);
      await session.rebuild();
      assert.equal(viewOf(session).rebuild?.message, undefined);
      assert.deepEqual(shown(session), [{ text: "2", was: "1" }, marked]);
      assert.equal(viewOf(session).rebuild, undefined);
    });
  });
}
