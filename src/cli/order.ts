/**
 * What the command line says about who runs next: a policy with its seed, or a schedule.
 */
import { readFile } from "node:fs/promises";
import { takesSeed } from "../core/policies/definition";
import { parsePolicy } from "../core/policies/parse";
import { policies } from "../core/policies/registry";
import { UserError } from "../session/errors";
import { choosePolicy, fileWithParameters, isPolicyFile } from "../session/policies";
import { PolicyFiles } from "../session/policyFiles";

/**
 * Policies in a list: a comma also stands between the numbers of one, so a name or a file begins the next.
 */
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
 * A policy with the seed of the command line, where it takes one and has none.
 *
 * @throws SteeringError when it is no policy
 */
export function withSeedOf(policy: string, seed: number | undefined): string {
  if (seed === undefined || isPolicyFile(policy)) return policy;
  choosePolicy(policy);
  const { definition, given } = parsePolicy(policy);
  if (!takesSeed(definition) || given.has("seed")) return policy;
  return `${policy}${policy.includes(":") ? "," : ":"}seed=${seed}`;
}

/**
 * The text of a schedule, from the command line or from a file after an `@`.
 *
 * @throws UserError when the file cannot be read
 */
export async function scheduleText(given: string): Promise<string> {
  if (!given.startsWith("@")) return given;
  try {
    return await readFile(given.slice(1), "utf8");
  } catch (cause) {
    throw new UserError(`The schedule ${given.slice(1)} cannot be read.`, "Check the path after the @.", { cause });
  }
}

/** Policies that are files are those of the folder from which the command is run. */
export function policyFiles(node: string, dist: string): PolicyFiles {
  return new PolicyFiles({ folder: process.cwd(), nodePath: node, own: { executable: process.execPath, env: {} }, dist });
}
