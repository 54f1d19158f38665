/**
 * What the walkthrough ticks off, where neither a command nor the state of the session tells.
 */
import { commands } from "vscode";
import type { FromPanel } from "../../protocol/panel";

/** The context keys of the walkthrough's pages, by the messages that do what they are about, from the panel or from a command. */
const keys: Partial<Record<FromPanel["type"], string>> = {
  setPolicy: "yieldpoint.ownOrder",
  pick: "yieldpoint.ownOrder",
  hold: "yieldpoint.ownOrder",
  branch: "yieldpoint.ownOrder",
  exploreOrders: "yieldpoint.explored",
};

/** Called when the user has done something to a session. */
export function tickOff({ type }: Pick<FromPanel, "type">): void {
  const key = keys[type];
  if (key !== undefined) void commands.executeCommand("setContext", key, true);
}
