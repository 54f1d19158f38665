/**
 * The commands that work on anything that is shown, recordings included: they move through its steps, and copy its schedule.
 */
import { env, window } from "vscode";
import { Session } from "../../session/session";
import type { Viewed } from "../../session/view/viewed";
import type { CommandName } from "../commandIds";
import { scheduleShown } from "./orderMessages";

/** The handlers, by command. */
export const viewCommands = {
  stepBack: (viewed) => viewed.select(viewed.cursor - 1),
  toHead: (viewed) => viewed.select(viewed.head),
  firstOfTask: (viewed) => viewed.goTo("firstOfTask"),
  previousOfTask: (viewed) => viewed.goTo("previousOfTask"),
  nextOfTask: (viewed) => viewed.goTo("nextOfTask"),
  lastOfTask: (viewed) => viewed.goTo("lastOfTask"),
  copySchedule,
  step: (viewed) => (viewed instanceof Session ? viewed.step() : viewed.select(viewed.cursor + 1)),
} satisfies Partial<Record<CommandName, (viewed: Viewed) => unknown>>;

/**
 * Performs a command on a recording that is shown in an editor of its own.
 *
 * @returns whether the command applies to a recording
 */
export function performOn(viewed: Viewed, command: CommandName): boolean {
  const handler = Object.entries(viewCommands).find(([name]) => name === command)?.[1];
  handler?.(viewed);
  return handler !== undefined;
}

async function copySchedule(viewed: Viewed): Promise<void> {
  await env.clipboard.writeText(await scheduleShown(viewed));
  window.setStatusBarMessage("The schedule was copied.", 4_000);
}
