/** Watches in the frame of an observed program's own scheduler. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Recording } from "../../../src/session/openedRecording";
import { saveTrace } from "../../../src/session/recording/save";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import type { Viewed } from "../../../src/session/view/viewed";
import { sessionOn, stopAll } from "../sessions";

/** The watch at the step that is shown. */
function shown(session: Viewed): string {
  const { text, error, was } = viewOf(session).watches?.[0] ?? {};
  return [text ?? error ?? "unknown", ...(was === undefined ? [] : [`was ${was}`])].join(" ");
}

for (const { language, extension } of [
  { language: "JavaScript", extension: "cjs" },
  { language: "Python", extension: "py" },
]) {
  const folder = resolve("test/fixtures/observe", language.toLowerCase());

  describe(`watches about the scheduler of an observed program in ${language}`, () => {
    afterEach(stopAll);

    async function watching(program: string, watch: string): Promise<Session> {
      const session = await sessionOn(join(folder, `${program}.${extension}`), { observed: { arguments: [] } });
      session.watches.add(watch);
      await session.open();
      return session;
    }

    /** The watch after each of the first steps, made one by one. */
    async function byHand(session: Session, steps: number): Promise<string[]> {
      const all: string[] = [];
      for (let step = 1; step <= steps; step += 1) {
        await session.step();
        all.push(shown(session));
      }
      return all;
    }

    it("have its values at each step, compared with the step before, whichever task that was of", async () => {
      const session = await watching("scheduler", "scheduler:turn * 10");
      assert.deepEqual(session.watches.list, ["scheduler: turn * 10"]);
      assert.deepEqual(await byHand(session, 3), ["0", "10 was 0", "20 was 10"]);
      session.select(2);
      assert.equal(shown(session), "10 was 0");
    });

    // The functions resume the task in turns: the numbers of the one are not compared with those of the other.
    it("are compared with the last step that the same function has resumed", async () => {
      const session = await watching("twoDrivers", "scheduler: count");
      assert.deepEqual(await byHand(session, 4), ["0", "100", "1 was 0", "101 was 100"]);
      await session.goTo("previousChange", { watch: "scheduler: count" });
      assert.match(viewOf(session).watches?.[0]?.note ?? "", /^It did not change in the frame of odd before this step\.$/);
      await session.step();
      await session.goTo("previousChange", { watch: "scheduler: count" });
      assert.equal(session.cursor, 3);
    });

    it("are rebuilt, and their changes found, where the program ran at full speed", async () => {
      const session = await watching(
        "twoDrivers",
        "scheduler: count < 2 || count > 101".replace("||", extension === "py" ? "or" : "||"),
      );
      const [watch = ""] = session.watches.list;
      const [yes, no] = extension === "py" ? ["True", "False"] : ["true", "false"];
      assert.equal(await session.go(6), "step-limit");
      session.select(6);
      await session.rebuild();
      assert.equal(shown(session), `${yes} was ${no}`);
      session.select(5);
      await session.rebuild();
      assert.equal(shown(session), `${no} was ${yes}`);
      session.select(3);
      await session.goTo("nextChange", { watch });
      assert.equal(session.cursor, 5);
      session.select(4);
      await session.goTo("previousChange", { watch });
      assert.equal(session.cursor, 4, "100 and 101 give the same");
      assert.match(viewOf(session).watches?.[0]?.note ?? "", /did not change in the frame of odd before/);
    });

    it("are kept with the trace, and compared there", async () => {
      const session = await watching("scheduler", "scheduler: turn");
      await byHand(session, 2);
      const temporary = await mkdtemp(join(tmpdir(), "yieldpoint-"));
      try {
        await saveTrace(session, join(temporary, "saved.yieldtrace"));
        const recording = new Recording(join(temporary, "saved.yieldtrace"), "file");
        recording.select(2);
        assert.equal(shown(recording), "1 was 0");
        recording.close();
      } finally {
        await rm(temporary, { recursive: true });
      }
    });

    it("say why they have no value before the first step, and beside a program that is not observed", async () => {
      const session = await watching("scheduler", "scheduler: turn");
      assert.match(shown(session), /^No function of your files has resumed the task of this step\.$|has not begun/);
      const own = await sessionOn(resolve(`test/fixtures/session/tasks.${extension === "py" ? "py" : "ts"}`));
      own.watches.add("scheduler: turn");
      await own.open();
      await own.add("forever()");
      await own.step();
      assert.equal(shown(own), "Only a program that is observed has a scheduler of its own.");
    });
  });
}
