/**
 * Parses a policy as users type it: `NAME[:key=value,…]`, for example `pct:seed=7,depth=3`, `priority:counter=5,quantum=2`.
 */
import { listed, nearest } from "../nearest";
import type { Task } from "../task";
import { type Parameter, type PolicyDefinition, takesSeed, type Values } from "./definition";
import type { Policy } from "./policy";
import { Quantum } from "./quantum";
import { policies } from "./registry";

/** The text is not a policy; `remedy` says what is allowed. */
export class PolicyTextError extends Error {
  override readonly name = "PolicyTextError";

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** A policy with its parameters, from which the policy itself can be made. */
export interface PolicyChoice {
  readonly definition: PolicyDefinition;
  /** The given parameters by key, including the numbers for tasks. */
  readonly given: ReadonlyMap<string, number>;
}

/**
 * Parses a policy.
 *
 * @throws PolicyTextError if the policy is unknown, does not have a given parameter, or a number is out of bounds
 */
export function parsePolicy(text: string): PolicyChoice {
  const colon = text.indexOf(":");
  const name = (colon < 0 ? text : text.slice(0, colon)).trim();
  const definition = policies.find((policy) => policy.name === name);
  if (!definition) {
    const names = policies.map((policy) => policy.name).join(", ");
    throw new PolicyTextError(`There is no policy "${name}".`, `Use one of ${names}.`);
  }
  const given = new Map<string, number>();
  if (colon >= 0) {
    for (const part of text.slice(colon + 1).split(",")) {
      const [key, value] = parsePart(part, definition);
      if (given.has(key)) throw new PolicyTextError(`"${key}" is given twice to ${name}.`, "Leave one of them out.");
      given.set(key, value);
    }
  }
  return { definition, given };
}

/** The choice as text that `parsePolicy` can read. */
export function formatPolicy({ definition, given }: PolicyChoice): string {
  const parts = [...given].map(([key, value]) => `${key}=${value}`);
  return parts.length === 0 ? definition.name : `${definition.name}:${parts.join(",")}`;
}

/**
 * Adds a seed if the policy takes one and none was given, so that the choice's text is enough for a replay.
 *
 * @param seed a whole number of 0 or more, below 2^32
 */
export function withSeed(choice: PolicyChoice, seed: number): PolicyChoice {
  if (!takesSeed(choice.definition) || choice.given.has("seed")) return choice;
  return { ...choice, given: new Map([["seed", seed], ...choice.given]) };
}

/** Creates the policy in its initial state, for one scheduler. */
export function makePolicy({ definition, given }: PolicyChoice): Policy {
  const ofTasks = new Map([...given].filter(([key]) => !isParameter(key, definition)));
  const values: Values = {
    number: (key) => given.get(key) ?? definition.parameters.find((parameter) => parameter.key === key)?.usual,
    ofTask: (task) => numberOf(task, ofTasks) ?? definition.perTask?.usual ?? 0,
  };
  const policy = definition.make(values);
  const size = values.number("quantum");
  return size === undefined || size === 1 ? policy : new Quantum(policy, size);
}

/**
 * Checks that the tasks to which a choice gives numbers exist.
 *
 * @throws PolicyTextError if a key names no task
 */
export function mustNameTasks({ definition, given }: PolicyChoice, tasks: readonly Task[]): void {
  const keys = [...given.keys()].filter((key) => !isParameter(key, definition));
  if (keys.length === 0) return;
  const known = new Set(tasks.flatMap((task) => namesOf(task)));
  const foreign = keys.find((key) => !known.has(key));
  if (foreign === undefined) return;
  const names = tasks.map(({ name }) => name);
  const meant = nearest(foreign, known);
  throw new PolicyTextError(
    `There is no task "${foreign}" for the ${definition.perTask?.what} of ${definition.name}.`,
    `${meant === undefined ? "" : `Did you mean "${meant}"? `}${names.length === 0 ? "There are no tasks." : `The tasks are ${listed(names)}.`}`,
  );
}

/** Whether a key is a parameter of the policy. A task with such a name must be given its value by its task number. */
export function isParameter(key: string, { parameters }: PolicyDefinition): boolean {
  return parameters.some((parameter) => parameter.key === key);
}

/** The number given to a task, by its task number, its name, or the name of its function, in this order. */
function numberOf(task: Task, given: ReadonlyMap<string, number>): number | undefined {
  const key = namesOf(task).find((name) => given.has(name));
  return key === undefined ? undefined : given.get(key);
}

function namesOf({ id, name }: Task): string[] {
  return [String(id), name, name.replace(/ #\d+$/, "")];
}

function parsePart(part: string, definition: PolicyDefinition): [string, number] {
  const [key = "", value = "", ...rest] = part.split("=").map((piece) => piece.trim());
  const parameter = definition.parameters.find((known) => known.key === key);
  const bounds = parameter ?? definition.perTask;
  if (key === "" || value === "" || rest.length > 0 || !bounds) {
    throw new PolicyTextError(`"${part.trim()}" is no parameter of ${definition.name}.`, `It takes ${allowed(definition)}.`);
  }
  const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= bounds.least && number <= bounds.most) return [key, number];
  throw new PolicyTextError(
    `"${value}" is no ${parameter ? key : definition.perTask?.what} of ${definition.name}.`,
    `Use a whole number from ${bounds.least} to ${bounds.most}.`,
  );
}

/** The parameters of a policy, as part of a sentence. */
function allowed({ parameters, perTask }: PolicyDefinition): string {
  const keys = parameters.map(({ key, about }: Parameter) => `${key}=N (${about})`);
  return [...(perTask ? [`TASK=N (its ${perTask.what})`] : []), ...keys].join(", ");
}
