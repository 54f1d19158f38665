/**
 * What users can specify for a policy. The command line, the settings page and the error messages all use these definitions.
 */
import type { Task } from "../task";
import type { Policy } from "./policy";

/** A numeric parameter of a policy: `depth=3`. */
export interface Parameter {
  readonly key: string;
  /** A one-line description for the user. */
  readonly about: string;
  readonly least: number;
  readonly most: number;
  /** The default. Without one, the feature is off unless the parameter is given. */
  readonly usual?: number;
}

/** A number for each task: `priority:counter=3`. The key is the task's number, its name, or the name of its function. */
export interface TaskParameter {
  /** What the number means: `priority`, `tickets`. */
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** The parameters of a chosen policy. */
export interface Values {
  /** The given value of a parameter, or its default. */
  number(key: string): number | undefined;
  /** The number given to a task. */
  ofTask(task: Task): number;
}

export interface PolicyDefinition {
  readonly name: string;
  /** A one-line description for the user. */
  readonly about: string;
  readonly parameters: readonly Parameter[];
  readonly perTask?: TaskParameter;
  /** Whether what happened determines not only its next pick, but in which order it would pick all ready tasks. */
  readonly ranks?: true;
  /** Creates the policy in its initial state. */
  make(values: Values): Policy;
}

/** Whether the picks depend on a seed. */
export function takesSeed(definition: PolicyDefinition): boolean {
  return definition.parameters.some(({ key }) => key === "seed");
}
