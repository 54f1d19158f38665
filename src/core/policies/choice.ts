/**
 * Parses what is chosen by name with numbers, a policy or a strategy, as users type it: `NAME[:key=value,…]`, for example
 * `pct:seed=7,depth=3`, `priority:counter=5,quantum=2`.
 */
import type { Parameter, TaskParameter } from "./definition";

/** The text names nothing that can be chosen; `remedy` says what is allowed. */
export class ChoiceTextError extends Error {
  override readonly name = "ChoiceTextError";

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** What can be chosen: a name, and the numbers that go with it. */
export interface Choosable {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly perTask?: TaskParameter;
}

/** What was chosen, with its parameters. */
export interface Choice<Definition extends Choosable> {
  readonly definition: Definition;
  /** The given parameters by key, including the numbers for tasks. */
  readonly given: ReadonlyMap<string, number>;
}

/**
 * Parses a choice.
 *
 * @param kind what is chosen, for messages: `policy`
 * @throws ChoiceTextError if the name is unknown, does not have a given parameter, or a number is out of bounds
 */
export function parseChoice<Definition extends Choosable>(
  text: string,
  kind: string,
  definitions: readonly Definition[],
): Choice<Definition> {
  const colon = text.indexOf(":");
  const name = (colon < 0 ? text : text.slice(0, colon)).trim();
  const definition = definitions.find((known) => known.name === name);
  if (!definition) {
    const names = definitions.map((known) => known.name).join(", ");
    throw new ChoiceTextError(`There is no ${kind} "${name}".`, `Use one of ${names}.`);
  }
  const given = new Map<string, number>();
  if (colon >= 0) {
    for (const part of text.slice(colon + 1).split(",")) {
      const [key, value] = parsePart(part, definition);
      if (given.has(key)) throw new ChoiceTextError(`"${key}" is given twice to ${name}.`, "Leave one of them out.");
      given.set(key, value);
    }
  }
  return { definition, given };
}

/** The choice as text that `parseChoice` can read. */
export function formatChoice({ definition, given }: Choice<Choosable>): string {
  const parts = [...given].map(([key, value]) => `${key}=${value}`);
  return parts.length === 0 ? definition.name : `${definition.name}:${parts.join(",")}`;
}

/**
 * Adds a seed if one is taken and none was given, so that the choice's text is enough for a replay.
 *
 * @param seed a whole number of 0 or more, below 2^32
 */
export function withSeed<Definition extends Choosable>(choice: Choice<Definition>, seed: number): Choice<Definition> {
  if (!isParameter("seed", choice.definition) || choice.given.has("seed")) return choice;
  return { ...choice, given: new Map([["seed", seed], ...choice.given]) };
}

/** The given number, or the default of the parameter. */
export function numberOf({ definition, given }: Choice<Choosable>, key: string): number | undefined {
  return given.get(key) ?? definition.parameters.find((parameter) => parameter.key === key)?.usual;
}

/** Whether a key is a parameter of what is chosen. A task with such a name must be given its value by its task number. */
export function isParameter(key: string, { parameters }: Choosable): boolean {
  return parameters.some((parameter) => parameter.key === key);
}

function parsePart(part: string, definition: Choosable): [string, number] {
  const [key = "", value = "", ...rest] = part.split("=").map((piece) => piece.trim());
  const parameter = definition.parameters.find((known) => known.key === key);
  const bounds = parameter ?? definition.perTask;
  if (key === "" || value === "" || rest.length > 0 || !bounds) {
    throw new ChoiceTextError(`"${part.trim()}" is no parameter of ${definition.name}.`, `It takes ${allowed(definition)}.`);
  }
  const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= bounds.least && number <= bounds.most) return [key, number];
  throw new ChoiceTextError(
    `"${value}" is no ${parameter ? key : definition.perTask?.what} of ${definition.name}.`,
    `Use a whole number from ${bounds.least} to ${bounds.most}.`,
  );
}

/** The parameters, as part of a sentence. */
function allowed({ parameters, perTask }: Choosable): string {
  const keys = parameters.map(({ key, about }) => `${key}=N (${about})`);
  const all = [...(perTask ? [`TASK=N (its ${perTask.what})`] : []), ...keys];
  return all.length === 0 ? "none" : all.join(", ");
}
