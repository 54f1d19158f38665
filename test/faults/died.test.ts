/**
 * What user code does to its process, in every phase and every way of working: the session says so and keeps the trace, Restart works, and
 * no process is left.
 */
import assert from "node:assert/strict";
import * as v from "valibot";
import { View } from "../../src/protocol/panel";
import { OrderSearch } from "../../src/session/explore/orderSearch";
import { runnerCommand } from "../../src/session/interpreter/runners";
import type { Session } from "../../src/session/session";
import { rowsOf, viewOf } from "../../src/session/view/view";
import { progressed } from "../progress";
import { removeFolders } from "../runner/folder";
import { dist, gone, sessionOn, stopAll, until } from "../session/sessions";
import { type Fault, faults, type Language, languages, Program } from "./programs";
import { all, ways, withCalls } from "./ways";

/** How the notice describes the end of the process. */
const said: Readonly<Record<Fault, RegExp>> = {
  killed: /was ended by SIGKILL/,
  segfault: /was ended by SIGSEGV/,
  aborts: /was ended by SIGABRT\. \w+\.abort\(\) was called/,
  exits: /ended with exit code 3\. \w+\.\w+\(3?\) was called/,
  closes: /closed file descriptor 3 or 4\. Both must stay open/,
  garbage: /sent an invalid message: A frame of \d+ bytes is longer than the limit/,
  "leaves a child": /ended with exit code 0\. \w+\.\w+\(0\) was called/,
  "out of memory": /was ended by SIGABRT\. Its JavaScript heap was full/,
};

/** An observed program ends in its own way. */
const saidOfProgram: Readonly<Partial<Record<Fault, RegExp>>> = {
  killed: /exit code 137, by signal 9/,
  segfault: /exit code 139, by signal 11/,
  aborts: /exit code 134, by signal 6/,
  exits: /exit code 3\./,
  "leaves a child": /^$/,
  "out of memory": /exit code 134, by signal 6/,
};

/** The end of the process of one task, which has no notice of its own. */
const saidOfProcess: Readonly<Partial<Record<Fault, RegExp>>> = { "out of memory": /was ended by SIGABRT/ };

function notice(session: Session): string {
  return v.parse(View, structuredClone(viewOf(session))).notice?.message ?? "";
}

/** A small heap, so that it is full soon. */
async function commandFor(file: string) {
  const own = { executable: process.execPath, env: {} };
  const command = await runnerCommand({ file, nodePath: process.execPath, pythonPath: "", own, dist });
  return { ...command, env: { ...command.env, NODE_OPTIONS: "--max-old-space-size=48" } };
}

for (const language of languages) {
  for (const { phase, options = {}, reach, steps } of ways) {
    describe(`a program in ${language} that harms its process, phase: ${phase}`, () => {
      afterEach(() => {
        stopAll();
        removeFolders();
      });

      for (const fault of faults) {
        if (isException(language, fault)) continue;
        it(`${fault}: is said, leaves the trace and no process, and Restart works`, async () => {
          const program = new Program(language, phase, fault);
          const session = await sessionOn(program.file, { until: "all", command: await commandFor(program.file), ...options });
          await reach(session).catch(() => undefined);
          const hasEnded = options.observed && fault in saidOfProgram && language;
          await until(session, () => session.status === (hasEnded ? "finished" : "failed"));
          assert.ok(program.isOver, "the fault has happened");
          assert.match(notice(session), (hasEnded && saidOfProgram[fault]) || said[fault]);
          assert.ok(session.head >= steps, `${session.head} steps`);
          assert.equal(rowsOf(session, session.head, 1).length, Math.min(session.head, 1), "the last step can be read");
          await Promise.all(program.pids.map(gone));
          await session.restart();
          if (phase === "load") await session.add("counts()");
          await session.go(all);
          assert.equal(session.status, "finished");
          stopAll();
          await Promise.all(program.pids.map(gone));
        });
      }
    });
  }
}

for (const language of languages) {
  describe(`a program in ${language} that harms the process of one of its tasks`, () => {
    afterEach(() => {
      stopAll();
      removeFolders();
    });

    for (const fault of faults) {
      if (isException(language, fault)) continue;
      it(`${fault}: ends the lane of that task, with the reason; the others go on, and Restart works`, async () => {
        const program = new Program(language, "process", fault);
        const session = await sessionOn(program.file, { until: "all", processes: true, command: await commandFor(program.file) });
        await withCalls(session, "counts()", "counts()", "counts()");
        assert.equal(await session.go(all), "all-finished");
        assert.deepEqual(session.run.tasks.map(({ state }) => state).sort(), ["returned", "returned", "threw"]);
        const rows = rowsOf(session, 1, session.head);
        assert.match(rows.find(({ event }) => event === "threw")?.value ?? "", saidOfProcess[fault] ?? said[fault]);
        await session.restart();
        assert.equal(await session.go(all), "all-finished");
        stopAll();
        await Promise.all(program.pids.map(gone));
      });
    }
  });

  describe(`a search of a program in ${language} that harms its process`, () => {
    afterEach(removeFolders);

    for (const fault of faults) {
      if (isException(language, fault)) continue;
      it(`${fault}: is an outcome, and leaves no process`, async () => {
        const program = new Program(language, "explore", fault);
        const search = new OrderSearch(
          { file: program.file, command: await commandFor(program.file), calls: ["counts(5)"] },
          {
            until: "all",
            watches: [],
            counts: { values: true, output: false },
            steps: 1000,
            policy: "round-robin",
            time: { virtual: 1, seed: 0 },
          },
          { strategy: "exhaustive", shard: { index: 0, of: 1 } },
          progressed,
        );
        // Garbage may come before the search knows in which order; then it ends with what was wrong.
        const failure = await search.run().then(
          () => "",
          ({ message }: Error) => message,
        );
        if (fault === "garbage" && failure !== "") assert.match(failure, said.garbage);
        else {
          assert.equal(failure, "");
          assert.equal(search.result?.claim.kind, "all");
          assert.deepEqual(
            search.result.outcomes.map(({ outcome }) => outcome.end),
            ["died"],
          );
        }
        await Promise.all(program.pids.map(gone));
      });
    }
  });
}

describe("a program in Python without memory", () => {
  afterEach(() => {
    stopAll();
    removeFolders();
  });

  it("throws MemoryError in the task that needed it, and the other one goes on", async () => {
    const session = await sessionOn(new Program("Python", "step", "out of memory").file, { until: "all" });
    await withCalls(session, "counts()", "counts()");
    await session.go(all);
    const [thrower] = rowsOf(session, 1, session.head).filter(({ event }) => event === "threw");
    assert.match(thrower?.value ?? "", /^MemoryError\(/);
    assert.deepEqual(session.run.tasks.map(({ state }) => state).sort(), ["returned", "threw"]);
  });
});

/** What is an exception in Python, not the end of the process. */
function isException(language: Language, fault: Fault): boolean {
  return language === "Python" && fault === "out of memory";
}
