/**
 * Handles the panel's requests to a session.
 */
import type { FromPanel } from "../../protocol/panel";
import type { Session } from "../../session/session";
import type { Viewed } from "../../session/view/viewed";
import { removeBreakpoint, setBreakpoint } from "../source/marginBreakpoints";
import { tickOff } from "../start/progress";
import type { FindMessage } from "./findMessages";
import { type OrderQuestion, performOrder } from "./orderMessages";

type HostMessage =
  | "ready"
  | "focus"
  | "giveWay"
  | "command"
  | "reveal"
  | "rows"
  | "expand"
  | "timeline"
  | "waited"
  | "showBelow"
  | "window"
  | "row"
  | "problem";

/** A message to whatever asks for input, which may not be the current session yet. */
type InputMessage = Extract<FromPanel, { type: "give" }>;

/** A message about the current session only. */
export type SessionMessage = Exclude<FromPanel, { type: HostMessage } | FindMessage | OrderQuestion>;

/** A message about comparisons, which may be of other files and start other runs. */
export type ComparingMessage = Extract<SessionMessage, { type: "compare" | "openCompared" }>;

/** A message that starts another run of it. */
export type StartMessage = Extract<SessionMessage, { type: "followSchedule" | "restartSame" | "restartUnder" }>;

export function isStart(message: SessionMessage): message is StartMessage {
  return message.type === "followSchedule" || message.type === "restartSame" || message.type === "restartUnder";
}

export function isComparing(message: SessionMessage): message is ComparingMessage {
  return message.type === "compare" || message.type === "openCompared";
}

/** Performs a message that applies to recordings too: moving the cursor, silencing warnings. Ignores all other messages. */
export function look(viewed: Viewed, message: SessionMessage): void {
  if (message.type === "select") viewed.select(message.step);
  if (message.type === "look") viewed.look(message.task);
  if (message.type === "goTo") viewed.goTo(message.place, message);
  if (message.type === "silence") viewed.silenced.add(message.kind, message.task);
  if (message.type === "showSilenced") viewed.silenced.clear();
}

/** Performs a message. If it starts a run, the promise resolves when the run has ended or paused. */
export async function perform(
  session: Session,
  message: Exclude<SessionMessage, StartMessage | ComparingMessage | InputMessage>,
): Promise<unknown> {
  tickOff(message);
  switch (message.type) {
    case "select":
      return session.select(message.step);
    case "look":
      return session.look(message.task);
    case "decide":
      return session.decided.set(message.function, message.decision);
    case "setUntil":
      return session.setUntil(message.until);
    case "walk":
      return session.walk(message.speed);
    case "runSteps":
      return session.go(message.count);
    case "runTo":
      return session.runTo(message.step);
    case "stay": {
      const { task, until } = message;
      return session.stay({ task, until });
    }
    case "goTo":
      return session.goTo(message.place, message);
    case "addBreakpoint": {
      const { type: _, ...wanted } = message;
      return session.breakpoints.add(wanted);
    }
    case "setBreakpoint":
      return setBreakpoint(session, message.breakpoint, message.enabled);
    case "removeBreakpoint":
      return removeBreakpoint(session, message.breakpoint);
    case "addWatch":
      return session.watches.add(message.expression);
    case "removeWatch":
      return session.watches.remove(message.expression);
    case "silence":
      return session.silenced.add(message.kind, message.task);
    case "showSilenced":
      return session.silenced.clear();
    case "retryWatch":
      return session.watches.retry(message.expression);
    case "rebuild":
      return session.rebuild();
    case "cancelRebuild":
      return session.cancelRebuild();
    default:
      return performOrder(session, message);
  }
}
