/**
 * Creates a policy from its text: a built-in one, or one from a user's file.
 */
import { randomInt } from "node:crypto";
import { basename, extname } from "node:path";
import { ChoiceTextError, formatChoice, withSeed } from "../../core/policies/choice";
import { takesSeed } from "../../core/policies/definition";
import { makePolicy, mustNameTasks, parsePolicy } from "../../core/policies/parse";
import type { Policy } from "../../core/policies/policy";
import type { Task } from "../../core/task";
import { OrderError } from "../common/errors";
import { FilePolicy } from "./filePolicy";
import type { PolicyFiles } from "./policyFiles";

/** The default policy. */
export const usualPolicy = "round-robin";

/** The number of different seeds that are drawn. They are short enough to read aloud. */
const seeds = 1_000_000;

/** A policy in its initial state, for one run. */
export interface Chosen {
  readonly policy: Policy;
  /** The text of the policy, including the seed in use. */
  readonly text: string;
}

const extensions = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

/** Whether the text of a policy is the path of a file. */
export function isPolicyFile(text: string): boolean {
  return extensions.includes(extname(text.trim()).toLowerCase());
}

/** Separates the path of a file from parameters. A policy file takes none, but users may give some. */
export function fileWithParameters(text: string): { readonly file: string; readonly parameters: string } | undefined {
  const colon = text.lastIndexOf(":");
  const file = text.slice(0, Math.max(0, colon)).trim();
  return isPolicyFile(file) ? { file, parameters: text.slice(colon + 1).trim() } : undefined;
}

/**
 * Creates a policy. If it takes a seed and none is given, draws one.
 *
 * @param files where policy files are found; if left out, policy files cannot be used
 * @throws OrderError if the text is not a policy, or if the file does not exist
 */
export function choosePolicy(text: string, files?: PolicyFiles): Chosen {
  if (isPolicyFile(text)) return { policy: new FilePolicy(fileOf(text, files)), text: text.trim() };
  refuseParameters(text);
  return inWords(() => {
    const choice = withSeed(parsePolicy(text.trim()), randomInt(seeds));
    return { policy: makePolicy(choice), text: formatChoice(choice) };
  });
}

/**
 * Whether the policy's picks depend on a seed.
 *
 * @throws OrderError if the text is not a policy
 */
export function isSeeded(text: string): boolean {
  return !isPolicyFile(text) && takesSeed(inWords(() => parsePolicy(text.trim())).definition);
}

/**
 * The text of a policy that takes a seed, with the given seed instead of its own.
 *
 * @throws OrderError if the text is not a policy
 */
export function seededPolicy(text: string, seed: number): string {
  return inWords(() => {
    const { definition, given } = parsePolicy(text.trim());
    return formatChoice({ definition, given: new Map([...given, ["seed", seed]]) });
  });
}

/** A policy without its seed, and the seed. */
export function withoutSeed(text: string): { readonly policy: string; readonly seed?: number } {
  const { seed } = partsOf(text);
  if (seed === undefined) return { policy: text };
  const { definition, given } = parsePolicy(text);
  return { policy: formatChoice({ definition, given: new Map([...given].filter(([key]) => key !== "seed")) }), seed };
}

/**
 * Checks that a policy's numbers belong to existing tasks.
 *
 * @throws OrderError if the policy gives a number to a task that does not exist
 */
export function mustSuit(text: string, tasks: readonly Pick<Task, "id" | "name">[]): void {
  if (isPolicyFile(text)) return;
  inWords(() => mustNameTasks(parsePolicy(text), tasks));
}

/** The name and the seed of a policy, from its text. */
export function partsOf(text: string): { name: string; seed?: number } {
  if (isPolicyFile(text)) return { name: basename(text) };
  const { definition, given } = parsePolicy(text);
  const seed = takesSeed(definition) ? given.get("seed") : undefined;
  return { name: definition.name, ...(seed === undefined ? {} : { seed }) };
}

/** Whether a search can count deviations from a policy. @throws ChoiceTextError if the text is not a policy */
export function isRanked(text: string): boolean {
  return !isPolicyFile(text) && parsePolicy(text).definition.ranks === true;
}

/** @throws OrderError if `read` throws a ChoiceTextError */
export function inWords<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ChoiceTextError ? new OrderError(error.message, error.remedy, { cause: error }) : error;
  }
}

function refuseParameters(text: string): void {
  const given = fileWithParameters(text);
  if (!given) return;
  throw new OrderError(
    `A policy file takes no parameters, but "${given.parameters}" was given.`,
    `Choose ${given.file} without parameters. Instead of a quantum, its function can return a task several times, as in [id, id].`,
  );
}

function fileOf(text: string, files: PolicyFiles | undefined): ReturnType<PolicyFiles["find"]> {
  if (!files) throw new OrderError("Policy files cannot be used here.", "Choose a built-in policy by its name.");
  return files.find(text.trim());
}
