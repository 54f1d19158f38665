/**
 * Prompts about who runs next: a policy and its parameters, a task, a value, a schedule.
 */
import { type QuickPickItem, Uri, window, workspace } from "vscode";
import { countOf } from "../../core/count";
import { ChoiceTextError } from "../../core/policies/choice";
import type { PolicyDefinition } from "../../core/policies/definition";
import { parsePolicy } from "../../core/policies/parse";
import { policies } from "../../core/policies/registry";
import { ScheduleTextError } from "../../core/schedule/textError";
import type { TaskRow } from "../../protocol/panel";
import { maxCompared, maxComparedSteps } from "../../protocol/schedule";
import { askOne, askSeveral, askText } from "./ask";
import { askCount } from "./sessionPrompts";

/** The default number of steps compared for each policy. */
const usualSteps = 10_000;

/**
 * A policy as users type it, or `file` for one from a file; undefined if the user cancels.
 *
 * @param current the policy in use
 */
export async function askPolicy(current: string): Promise<string | undefined> {
  const title = "Choose policy";
  const items = policies.map((policy) => ({ label: policy.name, description: policy.about, policy }));
  const file = { label: "From a file…", description: "picked by your own function" };
  const picked = await askOne<QuickPickItem & { policy?: PolicyDefinition }>([...items, file], {
    title,
    placeHolder: `Now: ${current}`,
  });
  if (!picked) return undefined;
  return picked.policy ? askNumbers(title, picked.policy, current) : "file";
}

async function askNumbers(title: string, policy: PolicyDefinition, current: string): Promise<string | undefined> {
  const keys = policy.parameters.map(({ key, about }) => `${key}=N (${about})`);
  const ofTasks = policy.perTask ? [`TASK=N (its ${policy.perTask.what})`] : [];
  const typed = await askText({
    title: `${title}: ${policy.name}`,
    prompt: `Leave this empty, or type any of these, separated by commas: ${[...ofTasks, ...keys].join(", ")}`,
    value: current.startsWith(`${policy.name}:`) ? current.slice(policy.name.length + 1) : "",
    validateInput: (text) => problemIn(() => parsePolicy(withNumbers(policy.name, text))),
  });
  return typed === undefined ? undefined : withNumbers(policy.name, typed);
}

function withNumbers(name: string, typed: string): string {
  const numbers = typed.trim();
  return numbers === "" ? name : `${name}:${numbers}`;
}

/** The message for an invalid text, including what is allowed; undefined if `read` does not throw. */
export function problemIn(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ChoiceTextError || error instanceof ScheduleTextError) return `${error.message} ${error.remedy}`;
    throw error;
  }
}

/** The path of a file that exports a policy; undefined if the user cancels. */
export async function askPolicyFile(): Promise<string | undefined> {
  const [folder] = workspace.workspaceFolders ?? [];
  const [file] =
    (await window.showOpenDialog({
      title: "Choose a file that exports a policy",
      openLabel: "Use This Policy",
      filters: { Policies: ["js", "mjs", "cjs", "ts", "mts", "cts"] },
      ...(folder ? { defaultUri: folder.uri } : {}),
    })) ?? [];
  return file && workspace.asRelativePath(Uri.file(file.fsPath), false);
}

/** One of several tasks; undefined if the user cancels. */
export async function askTask(title: string, tasks: readonly TaskRow[]): Promise<TaskRow | undefined> {
  const items = tasks.map((task) => ({ label: task.name, description: task.held ? "held back" : task.state, task }));
  return (await askOne(items, { title, placeHolder: "Which task?" }))?.task;
}

/** An expression in the file's language; undefined if the user cancels. */
export async function askValue(title: string, prompt: string, given: unknown): Promise<string | undefined> {
  if (typeof given === "object" && given !== null && "value" in given) return String(given.value);
  return askText({
    title,
    prompt: `${prompt} An expression in the file's scope.`,
    validateInput: (text) => (text.trim() === "" ? "Type an expression, such as 42." : undefined),
  });
}

/** What to compare. */
export interface Compared {
  readonly policies: string[];
  /** The maximum number of steps for each policy. */
  readonly steps: number;
}

/** The policies to compare and the number of steps; undefined if the user cancels. */
export async function askCompared(given: unknown): Promise<Compared | undefined> {
  if (isCompared(given)) return given;
  const title = "Compare policies";
  const items = policies.map(({ name, about }) => ({ label: name, description: about, picked: true }));
  const picked = await askSeveral(items, { title, placeHolder: "Which policies?" });
  if (!picked || picked.length === 0) return undefined;
  const steps = await askCount({ title, prompt: "The maximum number of steps for each policy.", value: usualSteps });
  if (steps === undefined) return undefined;
  return { policies: picked.slice(0, maxCompared).map(({ label }) => label), steps: Math.min(steps, maxComparedSteps) };
}

function isCompared(given: unknown): given is Compared {
  if (typeof given !== "object" || given === null || !("policies" in given) || !("steps" in given)) return false;
  const { policies, steps } = given;
  return Array.isArray(policies) && policies.every((each) => typeof each === "string") && countOf(String(steps)) !== undefined;
}
