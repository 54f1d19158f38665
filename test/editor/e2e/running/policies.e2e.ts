// The user decides who runs next: a policy, picks by hand, sent values, thrown errors, branches, and the comparison of policies.
import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../../vscode/run";
import { type Opened, openExtension } from "../opened";
import { type PanelPage, shownText } from "../panelPage";

const file = "listening.ts";
/** `listener` yields what was sent to it, and returns what was thrown into it. */
const program = `export function* listener() {
  let heard: unknown = "nothing";
  while (true) {
    try {
      heard = yield heard;
    } catch (error) {
      return \`caught \${error}\`;
    }
  }
}

export function* ticker() {
  for (let tick = 1; ; tick += 1) yield tick;
}
`;

describe("who runs next", function () {
  this.timeout(120_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openExtension({ files: { [file]: program }, size: { width: 1600, height: 1200 } });
    const { workbench } = opened;
    await workbench.openFile(file);
    await workbench.clickLens("Run as cooperative task", 0);
    panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await workbench.clickLens("Add to session", 1);
    await panel.showsTasks(2);
  });

  after(() => opened?.close());

  const keys = async (...names: string[]) => {
    for (const name of names) await opened.workbench.page.keyboard.press(name);
  };
  const named = (name: string | RegExp) => panel.frame.getByRole("button", { name, exact: true });
  const state = (task: string, text: RegExp) =>
    panel.frame
      .getByRole("grid", { name: "Tasks" })
      .getByRole("row")
      .filter({ hasText: task })
      .filter({ hasText: text })
      .waitFor();
  const picture = (name: string) => opened.workbench.screenshot(path.join(root, "out", "pictures", `policies-${name}.png`));

  it("is decided by a policy and its seed, chosen in the panel", async () => {
    await named(/^Policy: round-robin/).click();
    const form = panel.frame.getByRole("form", { name: "Policy" });
    await form.getByRole("combobox", { name: "Policy" }).selectOption("lottery");
    await form.getByRole("textbox", { name: "seed" }).fill("7");
    await keys("Enter");
    await named("Policy: lottery, seed 7").waitFor();
    await panel.button("Step").click();
    assert.match(await panel.showsStep(1, "paused"), /ticket/);
  });

  it("is picked by hand, with a click and with a number key", async () => {
    await named("Run ticker next").click();
    await state("ticker", /picked by hand/);
    await panel.button("Step").click();
    assert.match(await panel.showsStep(2, "paused"), /ticker yielded.*picked by hand/s);
    await keys("1");
    await state("listener", /picked by hand/);
    await panel.button("Step").click();
    assert.match(await panel.showsStep(3, "paused"), /listener yielded.*picked by hand/s);
  });

  it("is sent a value", async () => {
    await named("More for listener").click();
    await panel.frame.getByRole("menuitem", { name: /^Send a value/ }).click();
    await panel.frame.locator("input:focus").waitFor();
    await opened.workbench.page.keyboard.type('"hello"');
    await keys("Enter");
    await state("listener", /picked by hand/);
    await picture("by-hand");
    await panel.button("Step").click();
    assert.match(await panel.showsStep(4, "paused"), /listener yielded "hello"/);
  });

  it("is held back and released", async () => {
    await named("More for ticker").click();
    await panel.frame.getByRole("menuitem", { name: "Hold it back" }).click();
    await state("ticker", /held back/);
    await panel.button("Step").click();
    assert.match(await panel.showsStep(5, "paused"), /listener yielded/);
    await named("More for ticker").click();
    await panel.frame.getByRole("menuitem", { name: "Release it", exact: true }).click();
    await state("ticker", /ready/);
  });

  it("is thrown into", async () => {
    await named("More for listener").click();
    await panel.frame.getByRole("menuitem", { name: /^Throw an error/ }).click();
    await panel.frame.locator("input:focus").waitFor();
    await opened.workbench.page.keyboard.type('new Error("stop")');
    await keys("Enter");
    assert.match(await panel.showsStep(6, "paused"), /listener returned "caught Error: stop"/);
  });

  it("differs from a past step on: a branch", async () => {
    await panel.switchOf(1).click();
    await panel.shows(/Step 1 of 6/);
    await named("Branch here").click();
    await panel.frame.getByRole("menuitem").first().click();
    await panel.showsStep(2, "paused");
    await panel.frame.getByRole("grid", { name: "Branches" }).getByRole("row").nth(1).waitFor();
    await panel.button("Step").click();
    await panel.showsStep(3, "paused");
  });

  it("switches to the first branch and back, and compares the two", async () => {
    await panel.frame
      .getByRole("button", { name: /^Switch to / })
      .first()
      .click();
    assert.match(await panel.showsStep(6, "paused"), /caught Error: stop/);
    await named("Compare").first().click();
    const compared = panel.region("Branches compared");
    await compared.waitFor();
    assert.match(await shownText(compared), /First difference at step 2.*differs/);
    await compared.scrollIntoViewIfNeeded();
    await picture("branches");
    await panel.frame
      .getByRole("button", { name: /^Switch to / })
      .last()
      .click();
    await panel.showsStep(3, "paused");
  });

  it("compares policies over the same tasks, and can use one of them", async () => {
    await named("Compare runs").click();
    const section = panel.region("Compare runs");
    for (const name of ["lifo", "random", "lottery", "fair", "pct", "priority"]) {
      await section.getByRole("checkbox", { name, exact: true }).uncheck();
    }
    await section.getByLabel("Maximum number of steps for each").fill("500");
    await keys("Enter");
    await section.getByRole("button", { name: "Discard it" }).waitFor();
    const policies = section.getByRole("table", { name: "Side by side" }).locator("tbody tr");
    await policies.nth(2).waitFor();
    assert.equal(await policies.count(), 3);
    await section.getByRole("button", { name: "Discard it" }).scrollIntoViewIfNeeded();
    await picture("compared");
    await section.getByRole("button", { name: "Use fcfs" }).click();
    await named("Policy: fcfs").waitFor();
  });

  it("is decided by a policy chosen from the palette", async () => {
    const { workbench } = opened;
    await workbench.runCommand("Cooperative Tasks: Choose Policy…");
    await workbench.inputBox().waitFor();
    await panel.frame.locator("h2").first().click(); // as when the closing palette returns the focus to the panel late
    await workbench.choose("pct");
    await workbench.inputBox().fill("depth=none");
    await workbench.page.getByText('"none" is no depth of pct.').waitFor();
    await workbench.answerInputBox("seed=1,depth=2");
    await named("Policy: pct, seed 1, depth 2").waitFor();
  });

  it("is recorded: the schedule is copied, and a new run follows it", async () => {
    const { workbench } = opened;
    await workbench.runCommand("Cooperative Tasks: Restart with the Same Schedule");
    await panel.showsStep(0, "paused");
    await panel.region("Schedule being followed").filter({ hasText: "0 of 3 steps" }).waitFor();
    await panel.button("Step").click();
    await panel.showsStep(1, "paused");
    await panel.region("Schedule being followed").filter({ hasText: "1 of 3 steps" }).waitFor();
  });

  it("follows a schedule that is typed if the clipboard cannot be read", async () => {
    const { workbench } = opened;
    // As if the browser asked the user for permission, and the user did not answer.
    await workbench.page.evaluate("navigator.clipboard.readText = () => new Promise(() => {})");
    await workbench.runCommand("Cooperative Tasks: Replay Schedule…");
    await workbench.page.getByText("Paste a schedule here, or type one.").waitFor();
    await picture("replay");
    await keys("Enter");
    await workbench.page.getByText("Paste a schedule that was copied, or type one.").waitFor();
    await workbench.answerInputBox("round-robin; 0 1 0");
    await panel.region("Schedule being followed").filter({ hasText: "0 of 3 steps" }).waitFor();
    await panel.button("Step").click();
    assert.match(await panel.showsStep(1, "paused"), /listener yielded/);
  });

  it("is decided by a policy in a file, which the user is asked for", async () => {
    const { workbench } = opened;
    const policy = "policy-fewest-steps.ts";
    await named(/^Policy: /).click();
    await panel.frame.getByRole("form", { name: "Policy" }).getByRole("button", { name: "From a file…" }).click();
    await workbench.page.waitForFunction(`document.activeElement?.value?.endsWith("${path.basename(opened.folder)}/")`);
    await workbench.answerInputBox(path.join(opened.folder, policy));
    await named(`Policy: ${policy}`).waitFor();
    // Choosing a policy leaves the schedule. Step 1 was the listener's, so the ticker has the fewest steps.
    await panel.button("Step").click();
    await panel.shows(/Step 2.*next\s*listener.*ticker picked by policy-fewest-steps\.ts/s);
    await panel.button("Step").click();
    assert.match(await panel.showsStep(3, "paused"), /listener yielded/);
  });
});
