/**
 * A program that is suspended in every phase and every way of working, so that its process gives no sign of life: it is named, what there is
 * so far can be read, and the session, the search or the replay goes on, or ends, as the user wants.
 */
import assert from "node:assert/strict";
import { mock } from "node:test";
import type { SearchState } from "../../src/protocol/exploration";
import { OrderSearch } from "../../src/session/explore/orderSearch";
import type { Session } from "../../src/session/session";
import { rowsOf, viewOf } from "../../src/session/view/view";
import { removeFolders } from "../runner/folder";
import { gone, sessionOn, stopAll, until } from "../session/sessions";
import { languages, Program } from "./programs";
import { all, type Way, ways, withCalls } from "./ways";

/** In seconds. A process is called silent after ten. */
const silence = 11;

const processes: Way = {
  phase: "process",
  options: { processes: true },
  async reach(session) {
    await withCalls(session, "counts()", "counts()");
    await session.go(all);
  },
  steps: 0,
};

for (const language of languages) {
  describe(`a program in ${language} that is suspended`, () => {
    beforeEach(() => mock.timers.enable({ apis: ["setInterval"] }));
    afterEach(() => {
      mock.timers.reset();
      stopAll();
      removeFolders();
    });

    for (const { phase, options = {}, reach, steps } of [...ways, processes]) {
      it(`in phase ${phase} is named, leaves what there is so far, and is ended by a restart`, async () => {
        const program = new Program(language, phase, "is suspended");
        const session = await sessionOn(program.file, { until: "all", ...options });
        const reached = reach(session).catch(() => undefined);
        const pid = await program.suspended();
        // Nothing comes between the ticks, not even an answer of the other process.
        if (options.processes) await until(session, () => session.run.tasks.some(({ state }) => state === "returned"));
        mock.timers.tick(1_000 * silence);
        assert.match(viewOf(session).notice?.message ?? "", said(pid, "The process that runs the tasks"));
        assert.ok(session.head >= steps, `${session.head} steps`);
        assert.equal(rowsOf(session, session.head, 1).length, Math.min(session.head, 1), "the last step can be read");
        await session.restart();
        await reached;
        await gone(pid);
        if (phase === "load") await session.add("counts()");
        await session.go(all);
        assert.equal(session.status, "finished");
      });
    }

    const explored = ({ exploration }: Session): SearchState => {
      const { search } = exploration.view.exploring ?? {};
      assert.ok(search);
      return search;
    };

    it("in a search is named, with what was found so far, until it goes on; the search can be cancelled, and begun again", async () => {
      const program = new Program(language, "one order");
      const session = await sessionOn(program.file, { until: "all" });
      await withCalls(session, "counts(50)", "counts(50)");
      const searching = session.exploration.explore();
      await until(session, () => explored(session).tried > 0);
      for (const ends of ["goes on", "is cancelled"]) {
        program.order("one order", "is suspended");
        const pid = await program.suspended();
        mock.timers.tick(1_000 * silence);
        const { problem, status, tried } = explored(session);
        assert.match(problem ?? "", said(pid, "The process that tries the orders"));
        assert.notEqual(status, "failed");
        assert.ok(tried > 0);
        if (ends === "goes on") {
          process.kill(pid, "SIGCONT");
          await until(session, () => explored(session).problem === undefined);
          continue;
        }
        session.exploration.cancel();
        await searching;
        assert.equal(explored(session).status, "cancelled");
        assert.ok(explored(session).tried >= tried);
        await gone(pid);
      }
      session.exploration.dismiss();
      await session.restart();
      program.order("load", "is suspended");
      const again = session.exploration.explore();
      const pid = await program.suspended();
      mock.timers.tick(1_000 * silence);
      assert.match(explored(session).problem ?? "", said(pid, "The process that tries the orders"));
      process.kill(pid, "SIGKILL");
      await again;
      assert.equal(explored(session).status, "failed");
      assert.match(explored(session).problem ?? "", /was ended by SIGKILL/);
    });

    it("is not waited for longer than for the whole search", async () => {
      const program = new Program(language, "load", "is suspended");
      const session = await sessionOn(program.file);
      const { command } = session.options;
      const question = {
        until: "all" as const,
        watches: [],
        counts: { values: true, output: false },
        steps: 1_000,
        policy: "round-robin",
        time: { virtual: 1, seed: 0 },
      };
      const effort = { strategy: undefined, shard: { index: 0, of: 1 }, millis: 1_000 * (silence - 1) };
      const search = new OrderSearch({ file: program.file, command, calls: ["counts(4)"] }, question, effort);
      const over = assert.rejects(search.run(), ({ message }: Error) =>
        said(pid, "The process that tries the orders").test(message),
      );
      const pid = await program.suspended();
      mock.timers.tick(1_000 * silence);
      await over;
      await gone(pid);
    });

    it("in a replay ends it, and it can be tried again", async () => {
      const program = new Program(language, "step");
      const session = await sessionOn(program.file, { until: "all" });
      await withCalls(session, "counts()", "counts()");
      await session.go(all);
      session.select(9);
      program.order("step", "is suspended");
      const rebuilding = session.rebuilding.rebuild(9);
      const pid = await program.suspended();
      mock.timers.tick(1_000 * silence);
      await rebuilding;
      const { rebuild } = viewOf(session);
      assert.match((rebuild?.state === "refused" && rebuild.message) || "", said(pid, "The process of the replay"));
      await gone(pid);
      await session.rebuilding.rebuild(9);
      assert.equal(viewOf(session).rebuild, undefined);
    });
  });
}

function said(pid: number, process: string): RegExp {
  return new RegExp(`^${process} \\(\\S+, process ID ${pid}\\) has not answered for 1[01] s\\.`);
}
