/**
 * Handles the panel's messages about who runs next: policies, picks by hand, schedules, branches, comparisons and exploring.
 */
import type { FromPanel, ToPanel } from "../../protocol/panel";
import { compareRuns } from "../../session/branches/branchComparison";
import { adviceOf, SessionStateError } from "../../session/common/errors";
import { comparisonTable } from "../../session/compare/comparisonTable";
import { comparisonText } from "../../session/compare/comparisonText";
import { scheduleTextOf } from "../../session/order/scheduleExport";
import { Session } from "../../session/session";
import type { Viewed } from "../../session/view/viewed";
import { comparableWith } from "../source/comparableSetups";
import { openTest } from "./copiedTest";

type QuestionType =
  | "scheduleText"
  | "compareBranches"
  | "comparable"
  | "comparison"
  | "comparisonText"
  | "witnessText"
  | "states";

/** A message that needs a reply. */
export type OrderQuestion = Extract<FromPanel, { type: QuestionType }>;

type OrderType =
  | "setPolicy"
  | "pick"
  | "unpick"
  | "throwInto"
  | "closeTask"
  | "hold"
  | "release"
  | "leaveSchedule"
  | "branch"
  | "switchBranch"
  | "renameBranch"
  | "deleteBranch"
  | "cancelReplay"
  | "cancelCompare"
  | "dismissCompare"
  | "exploreOrders"
  | "steerSearch"
  | "openWitness"
  | "openState"
  | "copyTest";

/** A message that is performed without a reply. */
export type OrderMessage = Extract<FromPanel, { type: OrderType }>;

/** A message that also applies to what was found before the window was reloaded. */
export type FoundMessage = Extract<FromPanel, { type: "exploreOrders" | "openWitness" | "copyTest" }>;

export function isForFound(message: OrderMessage | { readonly type: string }): message is FoundMessage {
  return message.type === "exploreOrders" || message.type === "openWitness" || message.type === "copyTest";
}

/** Performs a message. If it runs a step, the promise resolves after the step. */
export async function performOrder(session: Session, message: OrderMessage): Promise<unknown> {
  const { order, branches, comparisons, exploration } = session;
  switch (message.type) {
    case "setPolicy":
      return order.setPolicy(message.policy);
    case "pick":
      return order.pick(message.task, message.send);
    case "unpick":
      return order.unpick();
    case "throwInto":
      return order.throwInto(message.task, message.expression);
    case "closeTask":
      return order.close(message.task);
    case "hold":
      return order.hold(message.task);
    case "release":
      return order.release(message.task);
    case "leaveSchedule":
      return order.leave();
    case "branch":
      return branches.fork(message.task, message.send);
    case "switchBranch":
      return branches.switchTo(message.branch);
    case "renameBranch":
      return branches.rename(message.branch, message.name);
    case "deleteBranch":
      return branches.delete(message.branch);
    case "cancelReplay":
      return branches.cancel();
    case "cancelCompare":
      return comparisons.cancel();
    case "dismissCompare":
      return comparisons.dismiss();
    case "exploreOrders": {
      const { type: _, ...asked } = message;
      return exploration.explore(asked);
    }
    case "steerSearch":
      return exploration[message.act]();
    case "openWitness":
      return exploration.open(message.outcome);
    case "openState":
      return exploration.openState(message.point);
    case "copyTest":
      return openTest(session, message.outcome);
  }
}

/** The reply to a request, or the reason why there is none. */
export async function answerOrder(viewed: Viewed | undefined, message: OrderQuestion): Promise<ToPanel> {
  const { id } = message;
  try {
    if (message.type === "scheduleText") return { type: "scheduleText", id, text: await scheduleShown(viewed) };
    if (message.type === "witnessText") return { type: "scheduleText", id, text: witnessIn(viewed, message.outcome) };
    if (!(viewed instanceof Session)) throw new SessionStateError("There is no running session.", "Start a session.");
    if (message.type === "comparable") return { type: "comparable", id, ...(await comparableWith(viewed.options.file)) };
    return replyTo(viewed, message);
  } catch (error) {
    return { type: "refused", id, message: adviceOf(error) };
  }
}

/**
 * The whole schedule of what is shown.
 *
 * @throws UserError if there is none, or it is too long
 */
export async function scheduleShown(viewed: Viewed | undefined): Promise<string> {
  if (viewed?.hasSchedule) return scheduleTextOf(viewed.run);
  throw new SessionStateError("There is no schedule here.", "Start a session, or open a trace that has one.");
}

/** The schedule of the witness of an outcome, which a trace may have too. @throws UserError if there is no such outcome */
function witnessIn(viewed: Viewed | undefined, outcome: number): string {
  if (viewed?.exploration) return viewed.exploration.witness(outcome);
  throw new SessionStateError(
    "There are no outcomes here.",
    "Explore the orders of a session, or open a trace that has outcomes.",
  );
}

function replyTo(
  { branches, comparison, exploration }: Session,
  message: Exclude<OrderQuestion, { type: "scheduleText" | "witnessText" | "comparable" }>,
): ToPanel {
  const { id } = message;
  const { outcomes = [], kind = "policies" } = comparison ?? {};
  switch (message.type) {
    case "compareBranches":
      return {
        type: "branchesCompared",
        id,
        comparison: compareRuns(branches.runOf(message.one), branches.runOf(message.other)),
      };
    case "states":
      return { type: "states", id, graph: exploration.states };
    case "comparison":
      return { type: "compared", id, table: comparisonTable(outcomes, kind) };
    case "comparisonText":
      return { type: "comparisonText", id, text: comparisonText(outcomes, kind, message.format) };
  }
}
