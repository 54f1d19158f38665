/**
 * The command line's options about who runs next: a policy with its seed, or a schedule.
 */
import { readFile } from "node:fs/promises";
import { takesSeed } from "../core/policies/definition";
import { parsePolicy } from "../core/policies/parse";
import { policies } from "../core/policies/registry";
import { timeText } from "../core/schedule/headText";
import type { Schedule } from "../core/schedule/items";
import { parseSchedule } from "../core/schedule/parser";
import { ScheduleTextError } from "../core/schedule/textError";
import type { VirtualTime } from "../core/virtualTime";
import { OrderError, UserError } from "../session/common/errors";
import { choosePolicy, fileWithParameters, isPolicyFile, isSeeded, seededPolicy } from "../session/order/policies";
import { PolicyFiles } from "../session/order/policyFiles";

/** Splits a list of policies. Commas also separate the parameters of one policy, so a new policy begins only at a name or a file. */
export function policyList(text: string): string[] {
  const list: string[] = [];
  for (const part of text.split(",")) {
    const name = part.split(":")[0]?.trim() ?? "";
    const isFile = isPolicyFile(part) || fileWithParameters(part) !== undefined;
    const begins = isFile || policies.some((policy) => policy.name === name);
    if (begins || list.length === 0 || !part.includes("=")) list.push(part.trim());
    else list.push(`${list.pop()},${part}`);
  }
  return list;
}

/**
 * Adds the command line's seed to every policy that takes one and has none.
 *
 * @param virtualTime if present, it uses the seed too
 * @throws OrderError if a policy is not valid, or no policy uses the seed
 */
export function withSeedOf(
  given: readonly string[],
  { seed, virtualTime }: { readonly seed: number | undefined; readonly virtualTime: VirtualTime | undefined },
): string[] {
  if (seed === undefined) return [...given];
  for (const policy of given) if (!isPolicyFile(policy)) choosePolicy(policy);
  const takers = given.filter((policy) => isSeeded(policy) && !parsePolicy(policy).given.has("seed"));
  if (takers.length === 0 && !virtualTime) throw uselessSeed(given);
  return given.map((policy) => (takers.includes(policy) ? seededPolicy(policy, seed) : policy));
}

function uselessSeed(given: readonly string[]): OrderError {
  const seeded = policies.filter(takesSeed).map(({ name }) => name);
  const whose = given.some(isSeeded) ? "has a seed of its own, or takes none" : "takes no seed";
  const who = given.length === 1 ? `The policy ${given[0]}` : "Each of the policies";
  return new OrderError(`${who} ${whose}, so --seed has no effect.`, `Leave it out, or choose one of ${seeded.join(", ")}.`);
}

/**
 * The text of a schedule, given directly or as a file after an `@`.
 *
 * @throws UserError if the file cannot be read
 */
export async function scheduleText(given: string): Promise<string> {
  if (!given.startsWith("@")) return given;
  try {
    return await readFile(given.slice(1), "utf8");
  } catch (cause) {
    throw new UserError(`The schedule ${given.slice(1)} cannot be read.`, "Check the path after the @.", { cause });
  }
}

/** Reads a schedule; undefined if it has errors, which are reported when it is followed. */
export function readSchedule(text: string): Schedule | undefined {
  try {
    return parseSchedule(text);
  } catch (error) {
    if (error instanceof ScheduleTextError) return undefined;
    throw error;
  }
}

/**
 * Checks that a schedule's virtual time is what the options ask for.
 *
 * @throws OrderError if it is not
 */
export function mustHaveTime({ virtualTime }: Schedule, asked: Partial<VirtualTime>): void {
  if (!virtualTime) return;
  const { virtual = virtualTime.virtual, seed = virtualTime.seed } = asked;
  if (virtual === virtualTime.virtual && seed === virtualTime.seed) return;
  const options = [...(asked.virtual === undefined ? [] : ["--virtual-time"]), ...(asked.seed === undefined ? [] : ["--seed"])];
  throw new OrderError(
    `The schedule begins with ${timeText(virtualTime)}, which says something else than ${options.join(" and ")}.`,
    `Leave out ${options.join(" and ")}, or change the beginning of the schedule.`,
  );
}

/**
 * Paths of policy files are relative to a folder.
 *
 * @param folder by default the one from which the command is run
 */
export function policyFiles(node: string, dist: string, folder = process.cwd()): PolicyFiles {
  return new PolicyFiles({ folder, nodePath: node, own: { executable: process.execPath, env: {} }, dist });
}
