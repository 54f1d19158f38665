/**
 * What users can specify for a policy, so that a command line, a settings page and an error message agree.
 */
import type { Task } from "../task";
import type { Policy } from "./policy";

/** A number that a policy takes: `depth=3`. */
export interface Parameter {
  readonly key: string;
  /** One line for the user. */
  readonly about: string;
  readonly least: number;
  readonly most: number;
  /** The default; without one, the parameter is off unless it is given. */
  readonly usual?: number;
}

/** A number that each task has: `priority:counter=3`. The key is a task's number, its name, or the name of its function. */
export interface TaskParameter {
  /** What it is: `priority`, `tickets`. */
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** The parameters of one choice. */
export interface Values {
  /** The number given for a key, or its usual one. */
  number(key: string): number | undefined;
  /** The number of a task. */
  ofTask(task: Task): number;
}

export interface PolicyDefinition {
  readonly name: string;
  /** One line for the user. */
  readonly about: string;
  readonly parameters: readonly Parameter[];
  readonly perTask?: TaskParameter;
  /** A policy in its first state. */
  make(values: Values): Policy;
}

/** Whether the same choice gives the same picks only with the same seed. */
export function takesSeed(definition: PolicyDefinition): boolean {
  return definition.parameters.some(({ key }) => key === "seed");
}
