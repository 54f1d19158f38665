// What a search has found stays, in the real editor: while the panel is closed, behind another session, and after the window was reloaded.
import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../../vscode/run";
import type { Opened } from "../opened";
import { type PanelPage, shownText } from "../panelPage";
import { file, openDeposits, startDeposits } from "./depositing";

const other = "other.ts";

describe("what a search has found", function () {
  this.timeout(180_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openDeposits({ [other]: "export function* other() {\n  yield 1;\n}\n" });
    panel = await startDeposits(opened);
  });

  after(() => opened?.close());

  const section = () => panel.region("Orders");
  const button = (name: string | RegExp) => section().getByRole("button", { name, exact: true });
  const field = (name: string) => section().getByRole("textbox", { name });
  const rows = () => section().locator("tr[data-row]");
  const says = (text: string) => section().getByText(text, { exact: true });
  const picture = (name: string) => opened.workbench.screenshot(path.join(root, "out", "pictures", `explore-${name}.png`));
  const branches = () => panel.frame.getByRole("grid", { name: "Branches" }).getByRole("row");

  async function reload(): Promise<void> {
    await opened.workbench.reload();
    panel = await opened.panel();
    await panel.notice(/The window was reloaded/);
  }

  it("is there again after the window was reloaded, with the check, and with what was typed and not asked yet", async () => {
    await button("Orders").click();
    await field("Check at the end").fill("account === 2");
    await button("Explore").click();
    await says("All 20 orders.").waitFor();
    await button("Discard").waitFor();
    const found = await rows().allTextContents();
    await field("Invariant").fill("account >= 0");
    await reload();
    await panel.showsStep(0, "stopped");
    await section()
      .getByText(/^Found before the window was reloaded\. Explored: deposit\(\), deposit\(\)\. Check: account === 2\./)
      .waitFor();
    await says("All 20 orders.").waitFor();
    assert.deepEqual(await rows().allTextContents(), found);
    assert.equal(await field("Check at the end").inputValue(), "account === 2");
    assert.equal(await field("Invariant").inputValue(), "account >= 0");
    await picture("reloaded");
  });

  it("opens as a branch: the tasks are started again for it", async () => {
    await button(/^fails: /).click();
    await panel.showsStep(6, "finished");
    await panel.showsTasks(2);
    assert.match(await shownText(branches().nth(1)), /Nearest good order/);
    assert.match(await shownText(branches().nth(2)), /Witness: the check does not hold/);
    await section()
      .getByText(/^Found before the window was reloaded\. Explored/)
      .waitFor();
    assert.equal(await rows().count(), 2);
  });

  it("survives another reload and a restart, but cannot be opened once the file is changed", async () => {
    const { workbench } = opened;
    const earlier = () => says("These outcomes are of an earlier text of the file. Explore again.");
    await reload();
    await panel.showsStep(6, "stopped"); // the branch that was shown
    await says("All 20 orders.").waitFor();
    await workbench.focusFirstGroup();
    await workbench.page.keyboard.press("Control+Home");
    await workbench.page.keyboard.type("/* changed */ ");
    await workbench.page.keyboard.press("Control+s");
    await earlier().waitFor();
    assert.equal(await button(/^fails: /).getAttribute("aria-disabled"), "true");
    await panel.wayOut("Restart").click();
    // The witness ran under virtual time, and the session does not.
    assert.doesNotMatch(await panel.showsStep(0, "paused"), /virtual time/);
    await earlier().waitFor();
    assert.equal(await rows().count(), 2);
    await button("Explore").click();
    await earlier().waitFor({ state: "detached" });
    await says("All 20 orders.").waitFor();
    await button("Discard").waitFor();
    assert.equal(await section().getByText("Found before").count(), 0);
  });

  it("is kept with the last session when another one takes its place, even before the first step", async () => {
    const { workbench } = opened;
    await workbench.focusFirstGroup();
    await workbench.openFile(other);
    await workbench.clickLens("Run as cooperative task", 0);
    await panel.frame.getByText("other", { exact: true }).first().waitFor();
    await panel.showsTasks(1);
    await section().waitFor();
    assert.equal(await rows().count(), 0);
    await panel.frame.getByRole("button", { name: "Show last session" }).click();
    await workbench.tab("depositing.ts").filter({ hasText: "yieldtrace" }).waitFor();
    await workbench.closeTab("Cooperative Tasks"); // a panel is found by its content, so another one must not be open
    panel = await opened.panel();
    await section()
      .getByText(/^Explored: deposit\(\), deposit\(\)\./)
      .waitFor();
    assert.equal(await rows().count(), 2);
    await picture("last");
    await workbench.closeTab(".yieldtrace");
    await workbench.runCommand("Cooperative Tasks: Show Panel");
    panel = await opened.panel();
    await panel.showsTasks(1);
    assert.equal(await rows().count(), 0);
  });

  it("stays while the panel is closed during the search, which then waits, and comes back as far as it was found", async () => {
    const { workbench } = opened;
    await workbench.tab(file).click();
    await workbench.clickLens("Run as cooperative task", 1);
    await panel.showsStep(0, "paused");
    await workbench.clickLens("Add to session", 1);
    await panel.showsTasks(2);
    await workbench.runCommand("Cooperative Tasks: Explore Orders");
    await panel.comes(rows().first());
    await workbench.closeTab("Cooperative Tasks");
    await workbench.runCommand("Cooperative Tasks: Show Panel");
    panel = await opened.panel();
    await button("Go on").waitFor();
    await section()
      .getByText(/^Paused: /)
      .waitFor();
    await workbench.focusFirstGroup();
    await workbench.page.keyboard.press("Control+Home");
    await workbench.page.keyboard.type("/* again */ ");
    await workbench.page.keyboard.press("Control+s");
    await says("These outcomes are of an earlier text of the file. Explore again.").waitFor();
    await reload();
    await section()
      .getByText(/^Found before the window was reloaded\. Explored: wander\(\), wander\(\)\./)
      .waitFor();
    assert.match(await shownText(section()), /cancelled, [\d,]+ /i);
    await says("These outcomes are of an earlier text of the file. Explore again.").waitFor();
    await picture("reloadedDuring");
  });
});
