/**
 * `show --explored`: prints the outcomes that were saved with a trace, as `explore` prints them.
 */
import { basename } from "node:path";
import { numberText } from "../../core/explore/claim";
import { UserError } from "../../session/common/errors";
import type { Recording } from "../../session/openedRecording";
import type { ShowCommand } from "../commands";
import type { Surroundings } from "../surroundings";
import { reportText } from "./text";

/** @throws UserError if the trace has no outcomes */
export function showExplored({ file, format }: ShowCommand, { exploration }: Recording, { out }: Surroundings): void {
  if (!exploration) {
    throw new UserError(
      `${basename(file)} has no outcomes of exploring.`,
      "Explore the orders in the panel, then save the trace.",
    );
  }
  const { saved, report } = exploration;
  const { more } = report.search.saved;
  const others = more > 0 ? [`${numberText(more)} more outcomes, each rarer than these.`] : [];
  out.write(format === "jsonl" ? saved.map((each) => JSON.stringify(each)) : [...reportText(report), ...others]);
}
