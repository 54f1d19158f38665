/**
 * Hours of use in minutes: sessions at full speed in both languages, with everything that a user does meanwhile, chosen by a seed.
 * `npm run test:soak -- [MINUTES] [SEED]` prints figures as the benchmarks do. It fails at an error that nobody handles, at an action that fails
 * unexpectedly, and if the memory that is in use grows.
 */
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { oneOf, seeded } from "../../src/core/policies/randomDraws";
import { OrderError, SessionStateError, StoppedError } from "../../src/session/common/errors";
import { runnerCommand } from "../../src/session/interpreter/runners";
import { Session } from "../../src/session/session";
import { expandedOf } from "../../src/session/view/detail";
import { rowsOf, viewOf } from "../../src/session/view/view";
import { growthOf } from "./growth";

const [minutes = 30, seed = 1] = process.argv.slice(2).map(Number);
const files = ["rebuilding.ts", "rebuilding.py"].map((name) => resolve("test/fixtures/session", name));
const megabyte = 1024 * 1024;
const traceMegabytes = 8;
/** The interval at which memory is read, in milliseconds. */
const readEvery = 5_000;
/** The share of the time after which memory is not expected to grow: until then, traces fill and code is compiled. */
const warmUp = 0.3;
/** The growth in megabytes a minute from which on it is a leak. */
const leak = 1;

const generator = seeded(seed);
/** A number from 0 to the last one. */
const upTo = (last: number) => oneOf(last + 1, generator.next() >>> 0);
const one = <T>(values: readonly T[]) => values[upTo(values.length - 1)] as T;
const counts = new Map<string, number>();
const unhandled: unknown[] = [];
process.on("unhandledRejection", (error) => unhandled.push(error));

/** What a user does, by name. None of it waits for the run to end. */
const actions: Readonly<Record<string, (session: Session) => unknown>> = {
  async go(session) {
    void session.go(Number.POSITIVE_INFINITY).catch(expected);
    await sleep(upTo(300));
  },
  pause: (session) => session.pause(),
  step: (session) => session.step(),
  travel: (session) => session.select(upTo(session.head)),
  rebuild: (session) => session.rebuild(),
  rows: (session) => rowsOf(session, upTo(session.head), 200),
  view: (session) => structuredClone(viewOf(session)),
  look: (session) => session.look(upTo(1)),
  evaluate: (session) => session.run.evaluate("1 + 1"),
  async expand(session) {
    const locals = viewOf(session).detail?.frames.flatMap(({ locals }) => locals) ?? [];
    const handles = locals.flatMap(({ value }) => value.handle ?? []);
    if (handles.length > 0) await expandedOf(session, one(handles), 0);
  },
  async explore(session) {
    void session.exploration.explore({ strategy: "random" }).catch(expected);
    await sleep(upTo(300));
    session.exploration.cancel();
  },
  policy: (session) => session.order.setPolicy(one(["round-robin", "lifo", "random"])),
};

/** What an action may be refused for: the session does something else, its trace is full, or the past was not recorded. */
function expected(error: unknown): void {
  if (![OrderError, StoppedError, SessionStateError].some((kind) => error instanceof kind)) throw error;
}

async function opened(file: string): Promise<Session> {
  const own = { executable: process.execPath, env: {} };
  const command = await runnerCommand({ file, nodePath: process.execPath, pythonPath: "", own, dist: resolve("dist") });
  const session = new Session({ file, command, until: "all", storage: tmpdir(), maxTraceBytes: traceMegabytes * megabyte });
  await session.open();
  for (const call of ["counts(1)", "counts(2)"]) await session.add(call);
  return session;
}

async function use(session: Session, until: number): Promise<void> {
  while (performance.now() < until) {
    const name = one(Object.keys(actions));
    counts.set(name, (counts.get(name) ?? 0) + 1);
    try {
      await actions[name]?.(session);
    } catch (error) {
      expected(error);
    }
    if (session.status !== "running" && (session.lastEnd === "trace-full" || upTo(60) === 0)) {
      counts.set("restart", (counts.get("restart") ?? 0) + 1);
      await session.restart().catch(expected);
    }
  }
}

async function main(): Promise<void> {
  const began = performance.now();
  const until = began + minutes * 60_000;
  const used: [minute: number, megabytes: number][] = [];
  const reading = setInterval(() => {
    globalThis.gc?.();
    used.push([(performance.now() - began) / 60_000, process.memoryUsage().rss / megabyte]);
  }, readEvery);
  const sessions = await Promise.all(files.map(opened));
  try {
    await Promise.all(sessions.map((session) => use(session, until)));
  } finally {
    clearInterval(reading);
    for (const session of sessions) session.dispose();
  }
  const slope = growthOf(used.slice(Math.floor(used.length * warmUp)));
  console.log(`soak.minutes ${minutes} min`);
  for (const [name, count] of [...counts].sort()) console.log(`soak.${name} ${count} actions`);
  console.log(`soak.rss.slope ${slope.toFixed(3)} MB/min`);
  for (const error of unhandled) console.error("Unhandled:", error);
  if (unhandled.length > 0 || slope > leak) process.exitCode = 1;
}

void main();
