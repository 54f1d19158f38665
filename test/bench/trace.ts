/**
 * The cost of ten million switches for the host: memory, disk, the time to go to any step, and to rebuild one.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { viewOf } from "../../src/session/view/view";
import { commandFor, sessionOn, taskFiles } from "./benchSession";

export const figures = ["trace.", "travel.", "rebuild."];

const million = 1_000_000;
const steps = 10 * million;

/** The target steps of the jumps, as shares of the trace. */
const jumps = [0, 0.999, 0.5, 0.1, 0.73, 0.31, 0.9];

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

type Session = ReturnType<typeof sessionOn>;

/**
 * Reports trace.rss.mb, the growth of this process's memory; trace.bytes.per.switch on disk; trace.growth.ratio, the cost of a
 * switch among ten million relative to one million; travel.ms, the slowest of several jumps with everything that the
 * panel shows; and rebuild.ms for the locals of a step a million back.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const command = await commandFor(taskFiles.js);
  const session = sessionOn(taskFiles.js, command);
  try {
    await session.open();
    for (const call of ["idler()", "ticker()"]) await session.add(call);
    const before = memory();
    const few = await millisToRun(session, million);
    const many = await millisToRun(session, steps - million);
    report("trace.rss.mb", (memory() - before) / 1024 / 1024, "MB");
    report("trace.bytes.per.switch", session.run.trace.bytes / steps, "bytes");
    report("trace.growth.ratio", (few + many) / 10 / few, "of 1 M");
    report("travel.ms", Math.max(...jumps.map((share) => millisToShow(session, Math.max(1, Math.round(share * steps))))), "ms");
  } finally {
    session.dispose();
  }
  report("rebuild.ms", await rebuildMillis(command), "ms");
}

/** A step a million steps before the head of two million. */
async function rebuildMillis(command: Awaited<ReturnType<typeof commandFor>>): Promise<number> {
  const session = sessionOn(taskFiles.js, command);
  try {
    await session.open();
    for (const call of ["idler()", "ticker()"]) await session.add(call);
    await session.go(2 * million);
    session.select(million);
    const began = performance.now();
    await session.rebuild();
    const { detail, rebuild } = viewOf(session);
    if (!detail?.frames[0]) throw new Error(`The step was not rebuilt: ${rebuild?.message}`);
    return performance.now() - began;
  } finally {
    session.dispose();
  }
}

async function millisToRun(session: Session, count: number): Promise<number> {
  const began = performance.now();
  const end = await session.go(count);
  if (end !== "step-limit") throw new Error(`The run ended at step ${session.head}: ${end}.`);
  return performance.now() - began;
}

function millisToShow(session: Session, step: number): number {
  session.select(session.head);
  const began = performance.now();
  session.select(step);
  viewOf(session);
  return performance.now() - began;
}

/** The resident memory of this process in bytes, after garbage collection. */
function memory(): number {
  collect();
  return process.memoryUsage().rss;
}
