/**
 * Sessions whose tasks are threads: everything that looks back or runs again works as with generators, in both languages.
 */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { Recording } from "../../../src/session/openedRecording";
import { scheduleTextOf } from "../../../src/session/order/scheduleExport";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session, SessionOptions } from "../../../src/session/session";
import { fieldsOf } from "../../../src/session/setup/saving";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { folderWith, removeFolders } from "../../runner/folder";
import { sessionOn, stopAll } from "../sessions";

const trace = (session: Session) => rowsOf(session, 1, session.head).map(({ task, event, value }) => `${task} ${event} ${value}`);

for (const name of ["races.ts", "races.py"]) {
  const file = resolve("test/fixtures/threads", name);
  const isPython = name.endsWith("py");

  describe(`a session of ${name} with threads`, () => {
    afterEach(() => {
      stopAll();
      removeFolders();
    });

    async function sessionOf(calls = ["add()", "add()"], options: Partial<SessionOptions> = {}): Promise<Session> {
      const session = await sessionOn(file, { until: "all", threads: "accesses", ...options });
      await session.open();
      for (const call of calls) await session.add(call);
      return session;
    }

    const counted = async (session: Session) => (await session.run.evaluate("counter")).text;

    it("loses an update in turn, and none if each runs to its end", async () => {
      const session = await sessionOf();
      assert.equal(await session.go(Number.POSITIVE_INFINITY), "all-finished");
      assert.equal(await counted(session), "1");
      assert.equal(viewOf(session).threads, "accesses");
      const other = await sessionOf(["add()", "add()"], { policy: "fcfs" });
      await other.go(Number.POSITIVE_INFINITY);
      assert.equal(await counted(other), "2");
    });

    it("is rebuilt with the locals of all functions that a thread is in, and branched off", async () => {
      const session = await sessionOf(isPython ? ["pays(3)", "add()"] : ["payAll([3])", "add()"]);
      await session.go(5);
      const before = trace(session);
      session.select(isPython ? 1 : 3);
      await session.rebuild();
      assert.equal(viewOf(session).rebuild, undefined);
      const frames = viewOf(session).detail?.frames ?? [];
      assert.ok(frames.length > 1, JSON.stringify(frames));
      const locals = frames.flatMap((frame) => frame.locals.map((local) => local.name));
      assert.ok(locals.includes("amount") || locals.includes("amounts"), String(locals));
      session.select(2);
      await session.branches.fork(0);
      assert.deepEqual(trace(session).slice(0, 2), before.slice(0, 2));
      assert.equal(session.run.threads, "accesses");
    });

    it("is copied with the schedule, which makes threads of the tasks of another session", async () => {
      const session = await sessionOf();
      await session.go(Number.POSITIVE_INFINITY);
      const text = await scheduleTextOf(session.run);
      assert.match(text, /^threads; round-robin; "add\(\)" "add\(\)"; /);
      const other = await sessionOn(file, { until: "all" });
      await other.open();
      await other.order.follow(text);
      await other.go(Number.POSITIVE_INFINITY);
      assert.deepEqual(trace(other), trace(session));
      assert.equal(other.run.threads, "accesses");
    });

    it("starts and ends by a restart, and is part of a setup", async () => {
      const session = await sessionOf([isPython ? "numbers()" : "addLocked()"], { threads: "lines" });
      await session.go(2);
      assert.ok(trace(session)[0]?.includes("before line"));
      const fields = fieldsOf(session, resolve("test/fixtures/threads"));
      assert.deepEqual([fields.way, fields.switchPoints], ["threads", "lines"]);
      await session.restartUnder({ threads: undefined });
      await session.go(1);
      assert.equal(viewOf(session).threads, undefined);
      assert.ok(!trace(session)[0]?.includes("before"));
      await session.restartUnder({ threads: "accesses" });
      await session.go(1);
      assert.equal(viewOf(session).threads, "accesses");
    });

    it("is saved and opened", async () => {
      const session = await sessionOf();
      await session.go(4);
      const path = join(folderWith({}), "threads.yieldtrace");
      await saveTrace(session, path);
      const recording = new Recording(path, "file");
      try {
        assert.equal(viewOf(recording).threads, "accesses");
        assert.deepEqual(
          rowsOf(recording, 1, 4).map(({ value }) => value),
          rowsOf(session, 1, 4).map(({ value }) => value),
        );
      } finally {
        recording.close();
      }
    });

    it("is explored, and an outcome opened as a branch of threads", async () => {
      const session = await sessionOf();
      await session.exploration.explore({ check: isPython ? "counter == 2" : "counter === 2" });
      const failing = session.exploration.view.exploring?.search?.outcomes.find((outcome) => outcome.failing);
      assert.match(failing?.explanation ?? "", /both read counter before either wrote it back/);
      await session.exploration.open(failing?.id ?? -1);
      assert.equal(session.run.threads, "accesses");
      assert.equal(await counted(session), "1");
    });
  });
}

describe("what threads are not switched in", () => {
  afterEach(() => {
    stopAll();
    removeFolders();
  });

  async function opened(name: string, text: string, threads = true): Promise<Session> {
    const session = await sessionOn(join(folderWith({ [name]: text }), name), threads ? { threads: "accesses" } : {});
    await session.open();
    return session;
  }

  it("is listed with its line and the reason: JavaScript", async () => {
    const text =
      "class Account {\n  #balance = 1;\n  get balance() {\n    return this.#balance;\n  }\n}\nexport const read = () => new Account().balance;\n";
    const session = await opened("account.ts", text);
    const { exempt, notice } = viewOf(session);
    const getter = exempt?.atomic.find(({ why }) => why === "a getter");
    assert.deepEqual([getter?.file, getter?.line], [session.options.file, 3]);
    assert.match(getter?.function ?? "", /balance/);
    assert.deepEqual([exempt?.more, exempt?.free, notice], [0, [], undefined]);
    assert.equal(viewOf(await opened("account.ts", text, false)).exempt, undefined);
  });

  it("includes threads that are started while the file is loaded, which is said before the first step: Python", async () => {
    const session = await opened(
      "free.py",
      `import threading
ended = threading.Event()
threading.Thread(target=ended.wait, name="early", daemon=True).start()

def reads():
    return ended.is_set()
`,
    );
    const { exempt, notice } = viewOf(session);
    assert.deepEqual(exempt, { atomic: [], more: 0, free: ["early"] });
    assert.match(notice?.message ?? "", /started while it was loaded run free: early\.$/);
    await session.add("reads()");
    await session.step();
    assert.equal(viewOf(session).notice, undefined);
    const without = await opened("none.py", "def reads():\n    return 1\n");
    assert.deepEqual([viewOf(without).exempt, viewOf(without).notice], [undefined, undefined]);
  });
});
