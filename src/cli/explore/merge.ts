/**
 * `explore merge`: puts the results of several shards of a search together.
 */
import { readFile } from "node:fs/promises";
import { merged, parseReport } from "../../session/explore/merge";
import type { MergeCommand } from "../commands";
import type { Surroundings } from "../surroundings";
import { printReport } from "./explore";

/**
 * Prints the results as one.
 *
 * @returns whether an order fails
 * @throws UserError if a file is no result, or they are not of one search
 */
export async function merge({ files, format }: MergeCommand, around: Surroundings): Promise<"done" | "threw"> {
  const reports = await Promise.all(files.map(async (file) => [file, parseReport(await readFile(file, "utf8"), file)] as const));
  return printReport(merged(reports), format, around);
}
