/**
 * The sections for schedules and branches, and their requests.
 */
import assert from "node:assert/strict";
import type { View } from "../../../src/protocol/panel";
import type { Branch } from "../../../src/protocol/schedule";
import { Panel } from "../browser";
import { answerOrder, branches, ordered, schedule } from "./ordered";

describe("the parts about schedules and branches", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 900, height: 1_200 });
    panel.answer = answerOrder();
    await show();
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  const show = (changes: Partial<View> = {}) => panel.say({ type: "view", view: ordered(changes) });
  const press = (...keys: string[]) => panel.press(...keys);
  const section = (name: string) => panel.page.getByRole("region", { name, exact: true });
  const button = (name: string) => panel.page.getByRole("button", { name, exact: true });
  const open = (name: string) => button(name).click();
  // biome-ignore lint/performance/useDomNodeTextContent: innerText separates cells and lines as on the screen
  const text = async (name: string) => ((await section(name).innerText()) ?? "").replace(/\s+/g, " ").trim();

  describe("the schedule", () => {
    it("is copied in full, although only its beginning is shown", async () => {
      assert.match(await text("Schedule"), /^SCHEDULE lottery:seed=7;.*…$/);
      await open("Schedule");
      assert.match(await text("Schedule of the run"), /… copying includes all of it$/);
      await button("Copy").click();
      await panel.page.getByText(`Copied: ${schedule.length} characters.`).waitFor();
      assert.deepEqual(await panel.posted("copy"), [{ type: "copy", text: schedule }]);
    });

    it("says why it cannot be copied", async () => {
      const answer = answerOrder();
      panel.answer = (message) =>
        message.type === "scheduleText" ? { type: "refused", id: message.id, message: "It is too long." } : answer(message);
      await open("Schedule");
      await button("Copy").click();
      await panel.page.getByText("It is too long.").waitFor();
      assert.deepEqual(await panel.posted("copy"), []);
    });

    it("that was pasted is rejected at the position of the error, and replayed once it is valid", async () => {
      await open("Schedule");
      await button("Replay…").click();
      const area = panel.page.getByLabel("Schedule to replay");
      await press("Control+Enter");
      assert.equal(await panel.text(".replay [role=alert]"), "Paste a schedule.");
      await area.fill("round-robin; 0 1 x 0");
      await press("Control+Enter");
      assert.match(await panel.text(".replay [role=alert]"), /^At character 18: /);
      assert.equal(await panel.page.evaluate("document.activeElement.selectionStart"), 17);
      await area.fill("round-robin; 0 1 (0 1)*3");
      await press("Control+Enter");
      assert.deepEqual(await panel.posted("followSchedule"), [{ type: "followSchedule", text: "round-robin; 0 1 (0 1)*3" }]);
      assert.equal(await area.count(), 0);
    });

    it("that is being followed shows its progress, and can be left", async () => {
      await show({ schedule: { text: "fcfs; 0", cut: false, follows: { done: 128, of: 4_000 } } });
      assert.match(await text("Schedule being followed"), /Follows a schedule: 128 of 4,000 steps/);
      await button("Leave it").click();
      assert.equal((await panel.posted("leaveSchedule")).length, 1);
    });

    it("that does not fit is reported with the step", async () => {
      const refused = { step: 129, message: "Task 2 has returned.", remedy: "Leave the schedule." };
      await show({ schedule: { text: "fcfs; 0", cut: false, refused } });
      assert.match(await text("Schedule refused"), /does not fit at step 129: Task 2 has returned\./);
    });

    it("of a recording is shown, and cannot be replayed", async () => {
      await show({ recorded: "file" });
      await open("Schedule");
      assert.equal(await button("Replay…").count(), 0);
      assert.equal(await button("Restart with it").count(), 0);
      assert.equal(await section("Compare runs").count(), 0);
    });
  });

  describe("branches", () => {
    const row = (name: string) => panel.page.getByRole("grid", { name: "Branches" }).getByRole("row").filter({ hasText: name });

    beforeEach(() => show({ branches }));

    it("are hidden until there are two", async () => {
      await show();
      assert.equal(await section("Branches").count(), 0);
      await show({ branches: branches.slice(0, 1) });
      assert.equal(await section("Branches").count(), 0);
    });

    it("show where they begin, their length, their outcome, and which one is current", async () => {
      const rows = await panel.page.getByRole("grid", { name: "Branches" }).getByRole("row").allInnerTexts();
      assert.deepEqual(
        rows.map((row) => row.replace(/\s+/g, " ").trim()),
        [
          "first from the beginning · 128 steps warmUp returned 42; 2 ready",
          "counter first shown from step 56 of first · 128 steps warmUp returned 42; 2 ready",
          "thrown into from step 90 of counter first · 91 steps bogosort threw Error: stop",
        ],
      );
      assert.match(await text("Branches"), /^BRANCHES 3, on counter first/);
    });

    it("are switched by keyboard; the current one can be neither switched to nor deleted", async () => {
      await button("Switch to first").focus();
      await press("Enter", "ArrowDown", "Enter");
      assert.deepEqual(await panel.posted("switchBranch"), [{ type: "switchBranch", branch: 0 }]);
      const deletion = panel.page.getByRole("button", { name: /^counter first is shown: switch/ });
      assert.equal(await deletion.getAttribute("aria-disabled"), "true");
    });

    it("are renamed in place, and never to an empty name", async () => {
      await button("Rename first").click();
      await press("Control+A", "Backspace", "Enter");
      assert.equal(await panel.text(".rename [role=alert]"), "Type a name.");
      await panel.page.keyboard.type("main line");
      await press("Enter");
      assert.deepEqual(await panel.posted("renameBranch"), [{ type: "renameBranch", branch: 0, name: "main line" }]);
      await button("Rename thrown into").click();
      await press("Escape");
      assert.equal((await panel.posted("renameBranch")).length, 1);
    });

    it("are deleted only after a confirmation", async () => {
      await button("Delete first").click();
      await row("first").getByRole("button", { name: "Keep", exact: true }).click();
      assert.deepEqual(await panel.posted("deleteBranch"), []);
      await button("Delete thrown into").click();
      await button("Delete it").click();
      assert.deepEqual(await panel.posted("deleteBranch"), [{ type: "deleteBranch", branch: 2 }]);
    });

    it("show the replay that one needs, with a way to cancel; nothing else is possible meanwhile", async () => {
      await show({ branches, replaying: { branch: "first", done: 40, of: 128 } });
      assert.match(await text("Replay"), /first: 40 of 128 steps are made again/);
      assert.equal(await panel.page.getByRole("button", { name: /^Switch to first/ }).getAttribute("aria-disabled"), "true");
      assert.match((await button("Run counter next").getAttribute("title")) ?? "", /being replayed/);
      await section("Replay").getByRole("button", { name: "Cancel" }).click();
      assert.equal((await panel.posted("cancelReplay")).length, 1);
    });

    it("are compared: the first difference is a link to its step, and outcomes that differ are marked", async () => {
      await button("Compare").click();
      await section("Branches compared").waitFor();
      const [asked] = await panel.posted("compareBranches");
      assert.deepEqual([asked?.one, asked?.other], [0, 1]);
      const rows = await panel.page.getByRole("table", { name: "Branches side by side" }).getByRole("row").allInnerTexts();
      assert.deepEqual(
        rows.slice(1).map((row) => row.replace(/\s+/g, " ").trim()),
        [
          "step 57 bogosort yielded undefined, line 33 counter yielded 29, line 18 ≠ differs",
          "counter ready ready same",
          "bogosort ready threw Error: stop ≠ differs",
          "warmUp returned 42 returned 42 same",
          "counter #2 no such task ready ≠ differs",
        ],
      );
      await button("step 57").click();
      assert.deepEqual(await panel.posted("select"), [{ type: "select", step: 57 }]);
      await show({ branches: branches.map((branch): Branch => (branch.id === 1 ? { ...branch, head: 200 } : branch)) });
      assert.match(await text("Branches compared"), /A branch has changed since/);
    });

    it("cannot be compared with themselves", async () => {
      await panel.page.getByLabel("One branch").selectOption("counter first");
      await button("Compare").focus();
      await press("Enter");
      assert.deepEqual(await panel.posted("compareBranches"), []);
    });
  });
});
