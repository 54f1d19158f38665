// The lost update of two deposits, whose orders are explored in the real editor.
import { type Opened, openExtension } from "../opened";
import type { PanelPage } from "../panelPage";

/** The file name of the program. */
export const file = "depositing.ts";

/** `wander` has more orders with another task than can be tried, so that a search for them goes on until it is ended. */
const program = `export let account = 0;

export function* deposit() {
  const balance = account;
  yield balance;
  account = balance + 1;
  yield account;
}

export function* wander() {
  for (let step = 0; step < 200; step += 1) {
    account += step;
    yield account;
  }
}
`;

/** Opens a folder with the program. @param others more files for it, by name */
export function openDeposits(others: Readonly<Record<string, string>> = {}): Promise<Opened> {
  return openExtension({ files: { [file]: program, ...others }, size: { width: 1600, height: 1200 } });
}

/** Starts a session with both deposits. */
export async function startDeposits(opened: Opened): Promise<PanelPage> {
  const { workbench } = opened;
  await workbench.openFile(file);
  await workbench.clickLens("Run as cooperative task", 0);
  const panel = await opened.panel();
  await panel.showsStep(0, "paused");
  await workbench.clickLens("Add to session", 0);
  await panel.showsTasks(2);
  return panel;
}
