/**
 * The commands that run a session, move through its steps, and say when it pauses and what it watches.
 */
import { Session } from "../session/session";
import type { Viewed } from "../session/viewed";
import type { CommandName } from "./commandIds";
import { copySchedule, orderCommands } from "./orderCommands";
import { askBreakpoint, askCount, askExpression } from "./questions";
import type { Sessions } from "./sessions";

/** Steps a second of a slow run that is begun by its command; the panel has the slider. */
const slowly = 4;

/** What can be done to whatever is shown, a recording too. */
const looks = {
  stepBack: (viewed) => viewed.select(viewed.cursor - 1),
  toHead: (viewed) => viewed.select(viewed.head),
  firstOfTask: (viewed) => viewed.goTo("firstOfTask"),
  previousOfTask: (viewed) => viewed.goTo("previousOfTask"),
  nextOfTask: (viewed) => viewed.goTo("nextOfTask"),
  lastOfTask: (viewed) => viewed.goTo("lastOfTask"),
  copySchedule,
  step: (viewed) => (viewed instanceof Session ? viewed.step() : viewed.select(viewed.cursor + 1)),
} satisfies Partial<Record<CommandName, (viewed: Viewed) => unknown>>;

const handlers = {
  run: (session) => session.go(),
  runSlowly: (session) => session.walk(slowly),
  runSteps,
  runTo,
  pause: (session) => session.pause(),
  addBreakpoint,
  addWatch,
  rebuild: (session) => session.rebuild(),
  ...orderCommands,
} satisfies Partial<Record<CommandName, (session: Session, given: unknown) => unknown>>;

/** What those commands do to what is active; nothing where there is nothing, or it is a recording and cannot run. */
export function sessionCommands(
  sessions: Sessions,
): Record<keyof typeof handlers | keyof typeof looks, (given?: unknown) => unknown> {
  const looking = Object.entries(looks).map(([name, look]) => [name, () => sessions.active && look(sessions.active)]);
  const running = Object.entries(handlers).map(([name, handler]) => [
    name,
    (given: unknown) => sessions.active instanceof Session && handler(sessions.active, given),
  ]);
  return Object.fromEntries([...looking, ...running]);
}

/**
 * What a command does to a recording that is shown in an editor of its own.
 *
 * @returns whether there is such a thing to do
 */
export function lookBy(command: CommandName, viewed: Viewed): boolean {
  const look = Object.entries(looks).find(([name]) => name === command)?.[1];
  look?.(viewed);
  return look !== undefined;
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
