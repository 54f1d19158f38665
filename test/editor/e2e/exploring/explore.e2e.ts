// The orders of two deposits are explored in the real editor: the histogram grows, a witness and a state open as branches, a search is
// paused, continued and cancelled, and a saved trace keeps its outcomes.
import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../../vscode/run";
import type { Opened } from "../opened";
import { type PanelPage, shownText } from "../panelPage";
import { file, openDeposits, startDeposits } from "./depositing";

describe("exploring orders", function () {
  this.timeout(120_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openDeposits();
    panel = await startDeposits(opened);
  });

  after(() => opened?.close());

  const section = () => panel.region("Orders");
  const button = (name: string | RegExp) => section().getByRole("button", { name, exact: true });
  const rows = () => section().locator("tr[data-row]");
  const picture = (name: string) => opened.workbench.screenshot(path.join(root, "out", "pictures", `explore-${name}.png`));

  it("shows a histogram of the outcomes, and what may be claimed", async () => {
    await button("Orders").click();
    await section().getByRole("textbox", { name: "Check at the end" }).fill("account === 2");
    await button("Explore").click();
    await section().getByText("All 20 orders.", { exact: true }).waitFor();
    assert.match(await shownText(rows().nth(0)), /^fails: the check does not hold: account === 2.*12 60 %/s);
    assert.match(await shownText(rows().nth(1)), /^all tasks have ended.*8 40 %/s);
    await rows()
      .nth(0)
      .getByText(/^The outcome turns on whether step \d+ comes/)
      .waitFor();
    await picture("histogram");
    await panel.showsStep(0, "paused");
  });

  it("opens a witness as a branch, beside the nearest good order, and compares the two", async () => {
    await button(/^fails: /).click();
    await panel.showsStep(6, "finished");
    const branches = panel.frame.getByRole("grid", { name: "Branches" }).getByRole("row");
    assert.match(await shownText(branches.nth(1)), /Nearest good order/);
    assert.match(await shownText(branches.nth(2)), /Witness: the check does not hold/);
    await panel.frame.getByRole("button", { name: "Compare", exact: true }).click();
    const compared = panel.region("Branches compared");
    await compared.waitFor();
    assert.match(await shownText(compared), /Nearest good order.*Witness/s);
    await compared.scrollIntoViewIfNeeded();
    await picture("witness");
    await panel.frame.getByRole("button", { name: "Close the comparison" }).click();
  });

  it("draws the graph of states, and opens a state as a branch", async () => {
    await button("States").click();
    const graph = section().getByRole("group", { name: "Graph of states" });
    await graph.waitFor();
    await graph.scrollIntoViewIfNeeded();
    await picture("states");
    // Both have read the account, and nobody has written it: the only failing state after two steps.
    await graph.getByRole("button", { name: /^After 2 steps: .*\s+Every order fails from here\.$/ }).click();
    await panel.showsStep(2, "paused");
    const branch = panel.frame.getByRole("grid", { name: "Branches" }).getByRole("row").nth(3);
    assert.match(await shownText(branch), /State: deposit at 5, deposit #2 at 5/);
    await picture("state");
    await button("States").click();
  });

  it("opens an outcome as a test beside the program", async () => {
    const { workbench } = opened;
    await button(/^Copy as test: the check does not hold/).click();
    await workbench.choose("node:test");
    await workbench.page.locator('.tab.active[data-resource-name="depositing.test.ts"]').waitFor();
    await workbench.editor().locator(".view-line").filter({ hasText: 'from "node:test"' }).waitFor();
    await workbench.editor().locator(".view-line").filter({ hasText: 'from "./depositing.ts"' }).waitFor();
    await picture("test");
    await workbench.openFile(file);
  });

  /** In the page: how many orders the rows of the histogram count together. */
  const sum = `[...document.querySelectorAll(".section.orders td.share")].reduce(
    (sum, { textContent }) => sum + Number((/^[\\d,]+/.exec(textContent)?.[0] ?? "0").replaceAll(",", "")),
    0,
  )`;
  const counted = () => panel.frame.evaluate<number>(sum);

  /** Resolves with the count once it is larger than it was. The only row begins with it. */
  const grown = async (from: number) => {
    const before = new RegExp(`^${from.toLocaleString("en")}`);
    await rows().locator("td.share").first().filter({ hasNotText: before }).waitFor();
    return counted();
  };

  it("grows while orders are tried; is paused, continued and cancelled, and keeps what was found", async () => {
    await opened.workbench.clickLens("Run as cooperative task", 1);
    await panel.showsStep(0, "paused");
    await opened.workbench.clickLens("Add to session", 1);
    await panel.showsTasks(2);
    await opened.workbench.runCommand("Cooperative Tasks: Explore Orders");
    await panel.comes(button("Pause"));
    await panel.comes(rows().first());
    const [first, second] = [await counted(), await grown(await counted())];
    assert.ok(second > first && first > 0, `${first}, then ${second}`);
    await picture("grows");
    await button("Pause").click();
    await button("Go on").waitFor();
    const paused = await counted();
    assert.ok(paused >= second);
    await button("Go on").click();
    await button("Pause").waitFor();
    const later = await grown(paused);
    await button("Cancel").click();
    await button("Discard").waitFor();
    assert.match(await shownText(section()), /cancelled, [\d,]+ /i);
    assert.ok((await counted()) >= later);
    await picture("cancelled");
  });

  it("is kept in a saved trace, read-only", async () => {
    const { workbench } = opened;
    const before = await counted();
    await panel.button("Save trace").click();
    await workbench.inputBox().waitFor();
    await workbench.page.waitForFunction(`document.activeElement?.value?.endsWith("/depositing.yieldtrace")`);
    await workbench.answerInputBox();
    await workbench.page.locator(".explorer-folders-view").getByText("depositing.yieldtrace", { exact: true }).dblclick();
    await workbench.page.locator(`.tab.active[data-resource-name="depositing.yieldtrace"]`).waitFor();
    await workbench.closeTab("Cooperative Tasks"); // a panel is found by its content, so another one must not be open
    panel = await opened.panel();
    await section()
      .getByText(/^Explored: wander\(\), wander\(\)\./)
      .waitFor();
    assert.equal(await counted(), before);
    for (const name of ["Explore", "Discard"]) assert.equal(await button(name).count(), 0, name);
    await button(/^Copy schedule of: /)
      .first()
      .click();
    await section().getByText("The schedule was copied.").waitFor();
    await picture("saved");
  });
});
