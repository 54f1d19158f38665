/**
 * How a user comes to each phase of a program, in each way of working.
 */
import type { Session, SessionOptions } from "../../src/session/session";
import type { Phase } from "./programs";
import { farStep } from "./programTexts";

export const all = Number.POSITIVE_INFINITY;
const long = `counts(${farStep + 1_000})`;

/** A phase in a way of working, and what a user does to get there. */
export interface Way {
  readonly phase: Phase;
  readonly options?: Partial<SessionOptions>;
  reach(session: Session): Promise<unknown>;
  /** The number of steps before the fault that can still be read; at full speed, some of the last ones may be lost. */
  readonly steps: number;
}

/** A session that is open, with these tasks. */
export async function withCalls(session: Session, ...calls: readonly string[]): Promise<void> {
  await session.open();
  for (const call of calls) await session.add(call);
}

export const ways: readonly Way[] = [
  { phase: "load", reach: (session) => withCalls(session), steps: 0 },
  { phase: "spawn", reach: (session) => withCalls(session, "counts()", "broken(9)"), steps: 0 },
  {
    phase: "step",
    async reach(session) {
      await withCalls(session, "counts()", "counts()");
      while (session.status === "paused") await session.step();
    },
    steps: 6,
  },
  {
    phase: "full speed",
    async reach(session) {
      await withCalls(session, "counts()", long);
      await session.go(all);
    },
    steps: farStep / 2,
  },
  {
    phase: "look",
    async reach(session) {
      await withCalls(session, "counts()", "counts()");
      await session.go(4);
      await session.run.evaluate("at('look')");
    },
    steps: 4,
  },
  {
    phase: "observed",
    options: { observed: { arguments: [] } },
    async reach(session) {
      await session.open();
      await session.go(all);
    },
    steps: 0,
  },
  {
    phase: "thread",
    options: { threads: "accesses" },
    async reach(session) {
      await withCalls(session, "works()", "works()");
      await session.go(all);
    },
    steps: 0,
  },
];
