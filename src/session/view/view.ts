/**
 * What the panel shows of a session. It is computed from the trace on every request.
 */
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isOver } from "../../core/task";
import type { StepRecord, YieldPoint } from "../../core/trace/trace";
import type { Row, TaskRow, View } from "../../protocol/panel";
import type { Watch } from "../../protocol/watches";
import { firstState, type Observed } from "../seen/runRecord";
import { detailOf } from "./detail";
import type { Viewed } from "./viewed";
import { awaitsOf, ShownWaits, simulatedOf, virtualOf, waitingOf } from "./waiting";
import { warningsOf } from "./warnings";

/** How many functions are listed that threads run to their ends. */
const mostAtomic = 100;

/** The maximum length of a step's output in a row of the list. */
const rowOutputCharacters = 120;

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** A unique number for each run, which does not change during its lifetime. */
function numberOf(run: object): number {
  const number = numbers.get(run) ?? ++lastNumber;
  numbers.set(run, number);
  return number;
}

/** The complete state that the panel shows, except for data that it requests separately. */
export function viewOf(session: Viewed): View {
  const { run, head, cursor, rate, notice } = session;
  const now = cursor > 0 ? nowOf(session) : undefined;
  const next = nextTask(session);
  const rebuild = session.rebuilding.state;
  const waiting = waitingOf(session);
  const awaits = awaitsOf(session);
  const warnings = warningsOf(session);
  const virtual = virtualOf(session);
  const simulated = simulatedOf(session);
  return {
    status: session.shownStatus,
    run: numberOf(run),
    file: basename(session.options.file),
    runtime: run.runtime ? runtimeName(run.runtime) : "",
    executable: run.runtime?.executable ?? "",
    head,
    cursor,
    ...(now ? { now } : {}),
    ...(next === undefined ? {} : { next }),
    tasks: taskRows(session),
    ...(waiting ? { waiting } : {}),
    ...(awaits ? { awaits } : {}),
    ...resultBy(session, cursor),
    ...(rate === undefined ? {} : { rate }),
    until: session.until,
    ...(virtual ? { virtual } : {}),
    ...(simulated === undefined ? {} : { simulated }),
    ...(warnings ? { warnings } : {}),
    ...(notice ? { notice } : {}),
    detail: detailOf(session),
    breakpoints: session.breakpoints.list.map((each) => ({ ...each })),
    ...(session.hit === undefined ? {} : { hit: session.hit }),
    watches: session.watches.list.map((expression) => watchOf(session, expression)),
    ...(rebuild ? { rebuild } : {}),
    ...(session.speed === undefined ? {} : { speed: session.speed }),
    ...(session.staying ? { staying: { ...session.staying } } : {}),
    ...(session.recorded ? { recorded: session.recorded } : {}),
    ...(run.threads ? { threads: run.threads } : {}),
    ...(run.processes ? { processes: true as const } : {}),
    ...exemptIn(run),
    ...(run.observed ? { observed: true as const, functions: functionsOf(session, run.observed) } : {}),
    ...(session.takesInput ? { takesInput: session.takesInput } : {}),
    ...session.orderView,
  };
}

/**
 * Rows of the list of switches.
 *
 * @param from the first step wanted
 */
export function rowsOf(session: Viewed, from: number, count: number): Row[] {
  return session.run.trace.window(from, count).map((record) => rowOf(session, record));
}

/** What threads cannot be switched in, limited in number. */
function exemptIn({ atomic = [], free = [] }: Viewed["run"]): Pick<View, "exempt"> {
  if (atomic.length + free.length === 0) return {};
  return { exempt: { atomic: atomic.slice(0, mostAtomic), more: Math.max(0, atomic.length - mostAtomic), free: [...free] } };
}

function functionsOf({ run, decided }: Viewed, { functions = {} }: Observed): View["functions"] {
  const { all } = decided ?? { all: functions };
  return { decided: { ...all }, iterated: [...(run.iterated ?? [])], isChanged: !isDeepStrictEqual(all, functions) };
}

function watchOf(session: Viewed, expression: string): Watch {
  const note = session.noteOn(expression);
  const searched = session.rebuilding.searched?.(expression);
  const watch = session.run.watched.at(session.cursor, expression);
  const isUnknown = watch.text === undefined && watch.error === undefined;
  const isStopped = isUnknown && session.watches.isStopped?.(expression);
  const isPending = isUnknown && !isStopped && session.isEvaluatingWatches && session.cursor === session.head;
  return {
    ...watch,
    ...(isStopped ? { stopped: true as const } : {}),
    ...(isPending ? { pending: true as const } : {}),
    ...(note === undefined ? {} : { note }),
    ...(searched ? { searched } : {}),
  };
}

/** The result, if the task had already returned at a step. */
function resultBy({ result }: Viewed, cursor: number): Pick<View, "result"> {
  if (!result || result.step > cursor) return {};
  const { task, step, value } = result;
  return { result: { task, step, value } };
}

/** The row of the current step. A run at full speed leaves the reason out, because computing it takes time. */
function nowOf(session: Viewed): Row {
  const { run, cursor } = session;
  const why = session.shownStatus === "running" ? undefined : session.why(cursor);
  return { ...rowOf(session, run.trace.at(cursor)), ...(why === undefined ? {} : { why }) };
}

function rowOf(session: Viewed, record: StepRecord): Row {
  const printed = session.run.output.of(record.step);
  const output = printed.map(({ text }) => text).join("");
  const { point, ...rest } = record;
  const why = session.knownWhy(record.step);
  const resumedBy = session.run.drivers?.of(record.step);
  return {
    ...rest,
    ...(why === undefined ? {} : { why }),
    ...(resumedBy ? { resumedBy: { ...resumedBy } } : {}),
    ...(point ? { point: { ...point } } : {}),
    ...(record.step >= (session.run.output.lostFrom ?? Number.POSITIVE_INFINITY) ? { outputLost: true as const } : {}),
    ...(printed.length > 0 ? { output: output.slice(0, rowOutputCharacters).trimEnd() } : {}),
  };
}

/** The runtime's name for display: `Node 24.21.0`. */
function runtimeName({ language, version }: NonNullable<Viewed["run"]["runtime"]>): string {
  const name = { javascript: "Node", python: "Python" }[language] ?? language;
  return `${name} ${version.replace(/^v/, "")}`;
}

/** The next task. In the past, it is the task of the following step. */
export function nextTask({ run, head, cursor, next }: Viewed): number | undefined {
  return cursor < head ? run.trace.at(cursor + 1).task : next;
}

function taskRows(session: Viewed): TaskRow[] {
  const { run, cursor } = session;
  const totals = run.trace.totals(cursor, run.tasks.length);
  const held = session.heldAfter(cursor);
  const shownWaits = new ShownWaits(session);
  return run.tasks
    .filter((task) => (run.added[task.id]?.step ?? 0) <= cursor)
    .map(({ id, name, call }) => {
      const { steps = 0, micros = 0, lastStep = 0 } = totals[id] ?? {};
      const last = lastStep > 0 ? run.trace.at(lastStep) : undefined;
      const isHeld = held.has(id) && (!last || last.event === "yielded");
      const waits = shownWaits.of(id);
      const state = isHeld || waits ? "blocked" : stateOf(session, id, last);
      const { parent } = run.added[id] ?? {};
      const stack = isOver(state) ? [] : stackOf(session, id, last);
      return {
        id,
        name,
        call,
        state,
        stack,
        ...(last ? { value: last.value } : {}),
        ...(state === "threw" && last?.point ? { threwAt: { ...last.point } } : {}),
        steps,
        micros,
        ...(isHeld ? { held: true } : {}),
        ...(waits ? { waits } : {}),
        ...(parent === undefined ? {} : { parent }),
      };
    });
}

function stateOf({ run, head, cursor }: Viewed, id: number, last: StepRecord | undefined): TaskRow["state"] {
  if (cursor === head && run.hung?.task === id) return "running";
  if (!last) return firstState(run.added[id]);
  return last.event === "yielded" ? "ready" : last.event;
}

/** The whole stack if it was captured; otherwise the innermost yield point, which the trace always has. */
export function stackOf({ run }: Viewed, id: number, last: StepRecord | undefined): YieldPoint[] {
  const start = run.added[id]?.point;
  if (!last) return start ? [start] : [];
  const { stack } = run.inspections.placeOf(last.step);
  if (stack.length > 0) return [...stack].reverse();
  return last.point ? [{ ...last.point }] : [];
}
