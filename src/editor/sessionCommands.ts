/**
 * The commands that run a session, move through its steps, and say when it pauses and what it watches.
 */
import type { Session } from "../session/session";
import type { CommandName } from "./commandIds";
import { askBreakpoint, askCount, askExpression } from "./questions";
import type { Sessions } from "./sessions";

/** Steps a second of a slow run that is begun by its command; the panel has the slider. */
const slowly = 4;

const handlers = {
  step: (session) => session.step(),
  stepBack: (session) => session.select(session.cursor - 1),
  run: (session) => session.go(),
  runSlowly: (session) => session.walk(slowly),
  runSteps,
  runTo,
  pause: (session) => session.pause(),
  toHead: (session) => session.select(session.head),
  firstOfTask: (session) => session.goTo("firstOfTask"),
  previousOfTask: (session) => session.goTo("previousOfTask"),
  nextOfTask: (session) => session.goTo("nextOfTask"),
  lastOfTask: (session) => session.goTo("lastOfTask"),
  addBreakpoint,
  addWatch,
  rebuild: (session) => session.rebuild(),
  stop: (session) => session.stop(),
} satisfies Partial<Record<CommandName, (session: Session) => unknown>>;

/** What those commands do to the current session; nothing where there is none. */
export function sessionCommands(sessions: Sessions): Record<keyof typeof handlers, () => unknown> {
  const bound = Object.entries(handlers).map(([name, handler]) => [name, () => sessions.current && handler(sessions.current)]);
  return Object.fromEntries(bound);
}

async function runSteps(session: Session): Promise<void> {
  const count = await askCount({ title: "Run N steps", prompt: "How many steps to run at full speed.", value: 1000 });
  if (count !== undefined) await session.go(count);
}

async function runTo(session: Session): Promise<void> {
  const prompt = "The number of the step to run to. One that was recorded is shown.";
  const step = await askCount({ title: "Run to step", prompt, value: session.head + 1000 });
  if (step !== undefined) await session.runTo(step);
}

async function addBreakpoint(session: Session): Promise<void> {
  const wanted = await askBreakpoint(session.run.scheduler.tasks.map(({ name }) => name));
  if (wanted) session.breakpoints.add(wanted);
}

async function addWatch(session: Session): Promise<void> {
  const expression = await askExpression("Add watch", "An expression of the file's names, or of a task's locals.");
  if (expression !== undefined) session.watches.add(expression);
}
