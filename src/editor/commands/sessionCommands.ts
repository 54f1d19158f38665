/**
 * The commands that run a session, move through its steps, and set its breakpoints and watches.
 */
import { Session } from "../../session/session";
import type { CommandName } from "../commandIds";
import { showInformation } from "../messages";
import { askBreakpoint, askCount, askExpression } from "../prompts/sessionPrompts";
import type { Sessions } from "../session/sessions";
import { viewCommands } from "../webview/viewCommands";
import { orderCommands } from "./orderCommands";

/** The speed of a slow run started by its command, in steps per second; the panel has a slider. */
const slowly = 4;

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

/** The handlers of these commands for the active session; they say so if there is none, and do nothing for a recording. */
export function sessionCommands(
  sessions: Sessions,
): Record<keyof typeof handlers | keyof typeof viewCommands, (given?: unknown) => unknown> {
  const viewing = Object.entries(viewCommands).map(([name, handler]) => [
    name,
    () => (sessions.active ? handler(sessions.active) : sayThereIsNone()),
  ]);
  const running = Object.entries(handlers).map(([name, handler]) => [
    name,
    (given: unknown) => {
      const { active } = sessions;
      return active instanceof Session ? handler(active, given) : active || sayThereIsNone();
    },
  ]);
  return Object.fromEntries([...viewing, ...running]);
}

/** The palette and the keys offer these commands only with a session, but the walkthrough always does. */
export function sayThereIsNone(): void {
  void showInformation(
    "There is no session yet. Click Run as cooperative task above a generator function, or Run These Tasks in the walkthrough.",
  );
}

async function runSteps(session: Session): Promise<void> {
  const count = await askCount({ title: "Run N steps", prompt: "The number of steps to run at full speed.", value: 1000 });
  if (count !== undefined) await session.go(count);
}

async function runTo(session: Session): Promise<void> {
  const prompt = "The number of the step to run to. A step that is already recorded is shown.";
  const step = await askCount({ title: "Run to step", prompt, value: session.head + 1000 });
  if (step !== undefined) await session.runTo(step);
}

async function addBreakpoint(session: Session): Promise<void> {
  const wanted = await askBreakpoint(session.run.scheduler.tasks.map(({ name }) => name));
  if (wanted) session.breakpoints.add(wanted);
}

async function addWatch(session: Session): Promise<void> {
  const names = "An expression with names from the file's scope or a task's locals.";
  const ofScheduler = " With scheduler: before it, those of the function that has resumed the task.";
  const expression = await askExpression("Add watch", session.hasSchedule ? names : names + ofScheduler);
  if (expression !== undefined) session.watches.add(expression);
}
