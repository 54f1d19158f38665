/**
 * Hours of use in minutes: sessions at full speed in both languages, with everything that a user does meanwhile, chosen by a seed. It fails at an
 * action that fails unexpectedly, and if the memory that is in use grows.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { oneOf, seeded } from "../../src/core/policies/randomDraws";
import { OrderError, SessionStateError, StoppedError } from "../../src/session/common/errors";
import type { Session } from "../../src/session/session";
import { expandedOf } from "../../src/session/view/detail";
import { rowsOf, viewOf } from "../../src/session/view/view";
import { growthOf } from "./growth";
import { files, opened, usedMegabytes } from "./longSessions";

/** The interval at which memory is read, in milliseconds. */
const readEvery = 5_000;
/** The share of the time after which memory is not expected to grow: until then, traces fill and code is compiled. */
const warmUp = 0.3;
/** The growth in megabytes a minute from which on it is a leak. */
const leak = 1;

let generator = seeded(1);
/** A number from 0 to the last one. */
const upTo = (last: number) => oneOf(last + 1, generator.next() >>> 0);
const one = <T>(values: readonly T[]) => values[upTo(values.length - 1)] as T;
const counts = new Map<string, number>();

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

/** @returns whether the memory stayed as it was */
export async function soak(minutes = 30, seed = 1): Promise<boolean> {
  generator = seeded(seed);
  const began = performance.now();
  const until = began + minutes * 60_000;
  const used: [minute: number, megabytes: number][] = [];
  const reading = setInterval(() => used.push([(performance.now() - began) / 60_000, usedMegabytes()]), readEvery);
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
  return slope <= leak;
}
