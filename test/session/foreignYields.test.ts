/**
 * Warnings about yielded values that nothing serves here. A saved trace contains them, as it does rejected promises.
 */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { searchWarnings } from "../../src/session/analysis/warnings";
import { Recording } from "../../src/session/openedRecording";
import { saveTrace } from "../../src/session/recording/save";
import type { RunRecord } from "../../src/session/seen/runRecord";
import type { Session } from "../../src/session/session";
import { toldWarning } from "../../src/session/view/scheduleOutcome";
import { folderWith, removeFolders } from "../runner/folder";
import { sessionOn, stopAll } from "./sessions";

const effects = resolve("node_modules/redux-saga/effects");

/** Stubs with the class names of SimPy, Twisted and trio, so that the libraries need not be installed. */
const libraries = {
  "simpy/__init__.py": "from .events import Event, Timeout\n",
  "simpy/events.py": "class Event:\n    pass\nclass Timeout(Event):\n    pass\n",
  "twisted/__init__.py": "",
  "twisted/internet/__init__.py": "",
  "twisted/internet/defer.py": "class Deferred:\n    pass\n",
};

const programs = {
  "tasks.ts": `
    import { put, take } from ${JSON.stringify(effects)};
    export function* saga() { for (let n = 0; n < 3; n += 1) yield take("ORDER"); yield put({ type: "DONE" }); }
    export function* plain() { yield { type: "TAKE" }; yield [take("ORDER")]; yield "@@redux-saga/IO"; }
    export function* rejects() { void Promise.reject(new TypeError("nobody listens")); for (;;) yield 1; }
  `,
  "tasks.py": `
import asyncio
import simpy
from twisted.internet.defer import Deferred
class Bell(simpy.Event):
    pass
class Event:
    pass
def process():
    yield simpy.Timeout()
    yield Bell()
def rings():
    yield 1
    yield Bell()
def fetch():
    yield Deferred()
def legacy():
    yield asyncio.new_event_loop().create_future()
def plain():
    yield Event()
    yield simpy
`,
};

async function sessionOf(program: keyof typeof programs, calls: readonly string[]): Promise<Session> {
  const folder = folderWith({ [program]: programs[program], ...libraries });
  const session = await sessionOn(join(folder, program), { until: "all" });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

async function warningsOf(run: RunRecord) {
  const { warnings } = await searchWarnings(run);
  return warnings.map((warning) => toldWarning(run, warning));
}

/** The warnings of the saved and opened trace. */
async function warningsOfSaved(session: Session) {
  const path = join(folderWith({}), "saved.yieldtrace");
  await saveTrace(session, path);
  const recording = new Recording(path, "file");
  try {
    return await warningsOf(recording.run);
  } finally {
    recording.close();
  }
}

function cleanUp(): void {
  stopAll();
  removeFolders();
}

describe("a value for the scheduler of another library", () => {
  afterEach(cleanUp);

  it("is a plain value with a warning, once for each task, in JavaScript", async () => {
    const session = await sessionOf("tasks.ts", ["plain()", "saga()"]);
    assert.equal(await session.go(), "all-finished");
    const warnings = await warningsOf(session.run);
    assert.deepEqual(warnings, [
      {
        kind: "foreign-yield",
        task: "saga",
        steps: [2],
        message:
          "In step 2 saga yielded a value for the scheduler of redux-saga. Yieldpoint does not serve such values; " +
          "to have them served, run the program with redux-saga, outside Yieldpoint.",
      },
    ]);
    assert.match(session.run.trace.at(2).value, /TAKE/);
    assert.deepEqual(await warningsOfSaved(session), warnings);
  });

  it("is a plain value with a warning, once for each task, in Python", async () => {
    const session = await sessionOf("tasks.py", ["plain()", "process()", "rings()", "fetch()", "legacy()"]);
    assert.equal(await session.go(), "all-finished");
    const told = (await warningsOf(session.run)).map(({ task, steps, message }) => [
      task,
      steps,
      /scheduler of (\w+)\./.exec(message)?.[1],
    ]);
    assert.deepEqual(told, [
      ["process", [2], "SimPy"],
      ["fetch", [4], "Twisted"],
      ["legacy", [5], "asyncio"],
      ["rings", [8], "SimPy"],
    ]);
  });

  it("is noticed if the task is stepped by hand, too", async () => {
    for (const [program, call, library] of [
      ["tasks.ts", "saga()", "redux-saga"],
      ["tasks.py", "process()", "SimPy"],
    ] as const) {
      const session = await sessionOf(program, [call]);
      await session.step();
      await session.order.pick(0, "1");
      await session.step();
      assert.deepEqual(session.run.foreignYields, [{ step: 1, task: 0, library }]);
    }
  });
});

describe("a rejected promise", () => {
  afterEach(cleanUp);

  it("is in the saved trace", async () => {
    const session = await sessionOf("tasks.ts", ["rejects()"]);
    await session.go();
    const warnings = await warningsOf(session.run);
    assert.deepEqual(
      warnings.map(({ kind, task }) => [kind, task]),
      [["unhandled-rejection", "rejects"]],
    );
    assert.deepEqual(await warningsOfSaved(session), warnings);
  });
});
