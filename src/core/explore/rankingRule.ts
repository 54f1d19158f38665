/** Which policies rank the ready tasks, so that a search can count deviations from them. */
import { ChoiceTextError, isParameter } from "../policies/choice";
import { takesSeed } from "../policies/definition";
import type { PolicyChoice } from "../policies/parse";
import { policies } from "../policies/registry";
import type { RankingRule } from "./ranking";

/**
 * How a policy ranks the ready tasks.
 *
 * @throws ChoiceTextError if it does not: only its next pick is known, or not even that
 */
export function rankingOf({ definition, given }: PolicyChoice): RankingRule {
  const { name, ranks } = definition;
  if (!ranks) {
    const why = takesSeed(definition) ? "it draws its picks" : "its picks depend on measured run times";
    const usable = policies.filter((policy) => policy.ranks).map((policy) => policy.name);
    throw new ChoiceTextError(`Deviations from ${name} cannot be counted: ${why}.`, `Choose one of ${usable.join(", ")}.`);
  }
  const [quantum, ageing] = [given.get("quantum"), given.get("ageing")];
  return {
    name: name as RankingRule["name"],
    ...(quantum === undefined ? {} : { quantum }),
    ...(ageing === undefined ? {} : { ageing }),
    priorities: [...given].filter(([key]) => !isParameter(key, definition)),
  };
}
