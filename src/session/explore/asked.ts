/**
 * What is searched, what is asked about it, and how much may be tried.
 */

import { rankingOf } from "../../core/explore/rankingRule";
import type { StrategyChoice } from "../../core/explore/registry";
import type { Shard } from "../../core/explore/strategy";
import { numberOf } from "../../core/policies/choice";
import { parsePolicy } from "../../core/policies/parse";
import type { Until } from "../../core/until";
import type { VirtualTime } from "../../core/virtualTime";
import type { ExploreFields } from "../../protocol/explore";
import { askedOf } from "../common/calls";
import { OrderError } from "../common/errors";
import { inWords, isPolicyFile, usualPolicy } from "../order/policies";
import type { RunnerCommand } from "../process/runnerProcess";

export interface ExploredProgram {
  /** The absolute path of the user's file. */
  readonly file: string;
  readonly command: RunnerCommand;
  /** As users type them: a call of another file begins with its path. */
  readonly calls: readonly string[];
}

/** What is asked of every order. */
export interface Question {
  readonly until: Until;
  /** An expression that must hold when an order is over. */
  readonly check?: string | undefined;
  /** An expression that must hold after every step. */
  readonly invariant?: string | undefined;
  /** Expressions whose values at the end count as part of the outcome. */
  readonly watches: readonly string[];
  /** What else counts as part of the outcome. */
  readonly counts: ExploreFields["counts"];
  /** An order is cut after so many steps. */
  readonly steps: number;
  /** From which deviations are counted, and by which an order goes on, as users type it. */
  readonly policy: string;
  readonly time: VirtualTime;
}

/** How the orders are chosen, and how many. */
export interface Effort {
  /** As users type it; undefined to choose by the number of orders. */
  readonly strategy: string | undefined;
  /** Of the random strategies; undefined for their usual one. */
  readonly seed?: number | undefined;
  /** The maximum number of orders. */
  readonly orders?: number | undefined;
  /** The maximum time for searching. */
  readonly millis?: number | undefined;
  /** The part of the search that is done here. */
  readonly shard: Shard;
}

/** Whether orders that go round in a loop can be recognized by a strategy. One that leaves out orders could leave out the way out. */
export function canFindLoops(strategy: StrategyChoice): boolean {
  return numberOf(strategy, "reduce") !== 1;
}

/** The request that sets up a part of a search in a process. @throws UserError if a call is of a file in another language, or the policy cannot be used */
export function requestFor(program: ExploredProgram, question: Question, strategy: string, shard: Shard): ExploreFields {
  const { until, check, invariant, watches, counts, steps, policy, time } = question;
  return {
    calls: program.calls.map((call) => askedOf(call, program.file)),
    strategy,
    shard: { ...shard },
    until,
    ...(check === undefined ? {} : { check }),
    ...(invariant === undefined ? {} : { invariant }),
    watches: [...watches],
    counts,
    steps,
    ...(policy === usualPolicy ? {} : { policy: rankingFor(policy) }),
    time: { step: time.virtual, seed: time.seed },
  };
}

/**
 * How a policy ranks tasks, for runners.
 *
 * @throws OrderError if the text is not a policy, or deviations from it cannot be counted
 */
export function rankingFor(policy: string): NonNullable<ExploreFields["policy"]> {
  if (isPolicyFile(policy)) {
    const why = "only its next pick is known";
    throw new OrderError(
      `Deviations from a policy in a file cannot be counted: ${why}.`,
      "Choose a built-in policy by its name.",
    );
  }
  return inWords(() => {
    const { priorities, ...rule } = rankingOf(parsePolicy(policy));
    return { ...rule, priorities: priorities.map(([task, priority]) => [task, priority]) };
  });
}
