/**
 * Parses a policy as users type it, and makes it.
 */
import { listed, nearest } from "../nearest";
import { keyedNames, type Task } from "../task";
import { type Choice, ChoiceTextError, isParameter, numberOf, parseChoice } from "./choice";
import type { PolicyDefinition, Values } from "./definition";
import type { Policy } from "./policy";
import { Quantum } from "./quantum";
import { policies } from "./registry";

/** A policy with its parameters, from which the policy itself can be made. */
export type PolicyChoice = Choice<PolicyDefinition>;

/**
 * Parses a policy.
 *
 * @throws ChoiceTextError if the policy is unknown, does not have a given parameter, or a number is out of bounds
 */
export function parsePolicy(text: string): PolicyChoice {
  return parseChoice(text, "policy", policies);
}

/** Creates the policy in its initial state, for one scheduler. */
export function makePolicy(choice: PolicyChoice): Policy {
  const { definition, given } = choice;
  const ofTasks = new Map([...given].filter(([key]) => !isParameter(key, definition)));
  const values: Values = {
    number: (key) => numberOf(choice, key),
    ofTask: (task) => numberOfTask(task, ofTasks) ?? definition.perTask?.usual ?? 0,
  };
  const policy = definition.make(values);
  const size = values.number("quantum");
  return size === undefined || size === 1 ? policy : new Quantum(policy, size);
}

/**
 * Checks that the tasks to which a choice gives numbers exist.
 *
 * @throws ChoiceTextError if a key names no task
 */
export function mustNameTasks({ definition, given }: PolicyChoice, tasks: readonly Pick<Task, "id" | "name">[]): void {
  const keys = [...given.keys()].filter((key) => !isParameter(key, definition));
  if (keys.length === 0) return;
  const known = new Set(tasks.flatMap((task) => keyedNames(task)));
  const foreign = keys.find((key) => !known.has(key));
  if (foreign === undefined) return;
  const names = tasks.map(({ name }) => name);
  const meant = nearest(foreign, known);
  throw new ChoiceTextError(
    `There is no task "${foreign}" for the ${definition.perTask?.what} of ${definition.name}.`,
    `${meant === undefined ? "" : `Did you mean "${meant}"? `}${names.length === 0 ? "There are no tasks." : `The tasks are ${listed(names)}.`}`,
  );
}

/** The number given to a task, by its task number, its name, or the name of its function, in this order. */
function numberOfTask(task: Task, given: ReadonlyMap<string, number>): number | undefined {
  const key = keyedNames(task).find((name) => given.has(name));
  return key === undefined ? undefined : given.get(key);
}
