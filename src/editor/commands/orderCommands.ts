/**
 * The commands about who runs next. Each asks for its arguments, unless the caller (another extension, a keybinding or a test) passes them.
 */
import * as v from "valibot";
import { commands } from "vscode";
import type { TaskRow } from "../../protocol/panel";
import type { Session } from "../../session/session";
import { viewOf } from "../../session/view/view";
import { type CommandName, commandIds } from "../commandIds";
import { showInformation } from "../messages";
import { askPolicy, askPolicyFile, askTask, askValue } from "../prompts/orderPrompts";
import { taskInMind } from "../webview/selectedRows";
import { perform } from "../webview/sessionMessages";

/** The handlers, by command; `given` is the passed argument. */
export const orderCommands = {
  choosePolicy,
  choosePolicyFile,
  stepTask: (session, given) => stayWith(session, { until: "step", title: "Step this task" }, given),
  runTaskToEnd: (session, given) => stayWith(session, { until: "end", title: "Run this task to its end" }, given),
  pickNext,
  sendValue,
  throwInto,
  closeTask,
  holdOrLetGo,
  branchHere,
} satisfies Partial<Record<CommandName, (session: Session, given: unknown) => unknown>>;

async function choosePolicy(session: Session, given: unknown): Promise<void> {
  const policy = textOf(given) ?? (await askPolicy(session.policy));
  if (policy === "file") await choosePolicyFile(session, undefined);
  else if (policy !== undefined) await perform(session, { type: "setPolicy", policy });
}

async function choosePolicyFile(session: Session, given: unknown): Promise<void> {
  const policy = textOf(given) ?? (await askPolicyFile());
  if (policy !== undefined) await perform(session, { type: "setPolicy", policy });
}

/** @param given the name of a task; without one, it is that of the selected row, or of the step that is shown, or it is asked for */
async function stayWith(session: Session, { until, title }: Stay, given: unknown): Promise<void> {
  const id = given === undefined ? taskInMind(session) : undefined;
  const task = id ?? (await oneOf(session, isAlive, { title, none: "No task can run." }, given))?.id;
  if (task !== undefined) await perform(session, { type: "stay", task, until });
}

/** In the past, this branches off there. */
async function pickNext(session: Session, given: unknown): Promise<void> {
  if (session.cursor < session.head) return branchHere(session, given);
  const task = await oneOf(session, isReady, { title: "Pick next task", none: "No task is ready." }, given);
  if (task) await perform(session, { type: "pick", task: task.id });
}

async function sendValue(session: Session, given: unknown): Promise<void> {
  const begun = (task: TaskRow) => isReady(task) && task.state !== "created";
  const none = "No task is suspended at a yield that can receive a value.";
  const task = await oneOf(session, begun, { title: "Send value", none }, given);
  const send =
    task &&
    (await askValue("Send value", `The yield of ${task.name} evaluates to this value when the task is resumed next.`, given));
  if (task && send !== undefined) await perform(session, { type: "pick", task: task.id, send });
}

async function throwInto(session: Session, given: unknown): Promise<void> {
  const title = "Throw into task";
  const task = await oneOf(session, isAlive, { title, none: "All tasks have ended." }, given);
  const expression = task && (await askValue(title, `This value is thrown where ${task.name} is suspended.`, given));
  if (task && expression !== undefined) await perform(session, { type: "throwInto", task: task.id, expression });
}

async function closeTask(session: Session, given: unknown): Promise<void> {
  const task = await oneOf(session, isAlive, { title: "Close task", none: "All tasks have ended." }, given);
  if (task) await perform(session, { type: "closeTask", task: task.id });
}

async function holdOrLetGo(session: Session, given: unknown): Promise<void> {
  const canBe = (task: TaskRow) => task.held === true || isReady(task);
  const task = await oneOf(session, canBe, { title: "Hold back or release", none: "All tasks have ended." }, given);
  if (task) await perform(session, { type: task.held ? "release" : "hold", task: task.id });
}

async function branchHere(session: Session, given: unknown): Promise<void> {
  const { next } = viewOf(session);
  const other = (task: TaskRow) => isReady(task) && task.id !== next;
  const task = await oneOf(session, other, { title: "Branch here", none: "No other task was ready at this step." }, given);
  if (task) await perform(session, { type: "branch", task: task.id });
}

/** @param given the check and the invariant; what is missing is asked as last time */
export async function exploreOrders(session: Session, given: unknown): Promise<void> {
  await commands.executeCommand(commandIds.showPanel);
  const asked = v.safeParse(v.object({ check: v.optional(v.string()), invariant: v.optional(v.string()) }), given);
  await perform(session, { type: "exploreOrders", ...(asked.success ? asked.output : {}) });
}

function isAlive({ state }: TaskRow): boolean {
  return state !== "returned" && state !== "threw" && state !== "closed";
}

function isReady(task: TaskRow): boolean {
  return !task.held && (task.state === "ready" || task.state === "created");
}

function textOf(given: unknown): string | undefined {
  return typeof given === "string" ? given : undefined;
}

interface Stay {
  readonly until: "step" | "end";
  readonly title: string;
}

interface TaskQuestion {
  readonly title: string;
  /** The message if there is no task to choose from. */
  readonly none: string;
}

/** One of the tasks at the step that is shown: the one with the given name, or the one that the user chooses. */
async function oneOf(
  session: Session,
  isChoice: (task: TaskRow) => boolean,
  { title, none }: TaskQuestion,
  given: unknown,
): Promise<TaskRow | undefined> {
  const tasks = viewOf(session).tasks.filter(isChoice);
  const name = typeof given === "object" && given !== null && "task" in given ? given.task : textOf(given);
  const named = tasks.find((task) => task.name === name);
  if (named) return named;
  if (tasks.length > 0 && name === undefined) return askTask(title, tasks);
  void showInformation(name === undefined ? none : `No task with this name can be chosen: ${String(name)}.`);
  return undefined;
}
