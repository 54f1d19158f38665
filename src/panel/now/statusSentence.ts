/**
 * The status of the session in words: the same for the now line and for screen readers.
 */
import type { Breakpoint } from "../../protocol/breakpoints";
import type { View } from "../../protocol/panel";
import { breakpointText } from "../breakpoints/breakpointText";
import { sentenceText } from "../common/sentence";
import { isLive, rate, type Shown, taskName, verb } from "../text/format";
import { oneLine } from "../text/text";
import { nextDue } from "../text/waits";

/** Whether a slow run is in progress. */
export function isWalking(view: View): boolean {
  return view.status === "running" && view.speed !== undefined;
}

/** Whether a run at full speed is in progress. */
export function isRunning(view: View): boolean {
  return view.status === "running" && view.speed === undefined;
}

/** Whether steps go by too fast to be read, so that only their number and rate are shown. */
export function isRacing(view: View): boolean {
  return isRunning(view) && view.rate !== undefined && view.awaits === undefined && !view.takesInput?.asks && isLive(view);
}

/** The breakpoint that paused the run, while the view shows that step. */
export function hitOf(view: View): Breakpoint | undefined {
  return view.status === "paused" && isLive(view) ? view.breakpoints?.find(({ id }) => id === view.hit) : undefined;
}

/** For which task the run in progress rests, and where. */
export function stayText(view: Shown): string | undefined {
  const { staying } = view;
  if (!staying || view.status !== "running") return undefined;
  return `until ${taskName(view, staying.task)} has ${staying.until === "step" ? "made its next step" : "ended"}`;
}

/** The now line as text. */
export function sentence(view: Shown): string {
  const stay = stayText(view);
  if (isRacing(view)) return [`Step ${view.head}, running`, ...(stay ? [stay] : []), rate(view.rate ?? 0)].join(", ");
  const parts: string[] = [];
  const { now } = view;
  if (now)
    parts.push(
      `Step ${now.step}${isLive(view) ? "" : ` of ${view.head}, in the past`}, ${taskName(view, now.task)} ${verb(now)} ${oneLine(now.value).slice(0, 200)}`,
    );
  else parts.push("Before step 1");
  if (now?.resumedBy) parts.push(`resumed by ${oneLine(now.resumedBy.function)}, line ${now.resumedBy.line}`);
  if (view.next !== undefined) parts.push(`next ${taskName(view, view.next)}`);
  if (view.next !== undefined && view.reason !== undefined && isLive(view)) parts.push(oneLine(view.reason));
  if (view.status !== "paused") parts.push(view.status);
  if (view.awaits && isLive(view))
    parts.push(`waiting: ${sentenceText(view, view.awaits)}${nextDue(view, " The first wakes at ")}`);
  const hit = hitOf(view);
  if (hit) parts.push(`paused at breakpoint: ${breakpointText(hit)}`);
  if (view.takesInput?.asks) parts.push(oneLine(`${view.takesInput.asks}: ${view.takesInput.prompt ?? ""}`));
  if (view.notice) parts.push(`${view.notice.severity}: ${oneLine(view.notice.message).slice(0, 300)}`);
  return parts.join(", ");
}
