/**
 * The section Orders: what is asked, how the search is steered, and the table of outcomes.
 */
import assert from "node:assert/strict";
import type { SearchState } from "../../../src/protocol/exploration";
import { answerRows, Panel } from "../browser";
import { lostUpdate, searching } from "./searches";

describe("exploring in the panel", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 720, height: 1_200 });
    const rows = answerRows(128);
    panel.answer = (message) => {
      if (message.type !== "witnessText") return rows(message);
      if (message.outcome === 0) return { type: "scheduleText", id: message.id, text: "round-robin; …" };
      return { type: "refused", id: message.id, message: "There is no such outcome any more." };
    };
    await panel.say({ type: "view", view: searching() });
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  const show = (changes: Partial<SearchState> = {}) => panel.say({ type: "view", view: searching(changes) });
  const section = () => panel.page.getByRole("region", { name: "Orders", exact: true });
  const button = (name: string | RegExp) => section().getByRole("button", { name, exact: true });
  const field = (name: string) => section().getByRole("textbox", { name });
  const spoken = () => section().getByRole("status", { name: "Exploring" }).textContent();
  const inOneLine = (text: string) => text.replace(/\s+/g, " ").trim();
  // biome-ignore lint/performance/useDomNodeTextContent: innerText separates cells and lines as on the screen
  const shown = async (part = section()) => inOneLine(await part.innerText());
  const rows = async () => (await section().locator("tr[data-row]").allInnerTexts()).map(inOneLine);

  it("is closed at first, and has what was asked last", async () => {
    assert.equal(await field("Check at the end").count(), 0);
    await button("Orders").click();
    assert.equal(await field("Check at the end").inputValue(), "account === 2");
    assert.equal(await field("Invariant").inputValue(), "");
  });

  it("offers preemptions to threads, deviations to other tasks, and what was chosen last", async () => {
    await button("Orders").click();
    const choice = section().getByRole("combobox", { name: "Orders" });
    const offered = async () => (await choice.locator("option").allInnerTexts()).join(", ");
    assert.equal(await offered(), "all, if not too many, all, merging states, at most 1 deviation, at most 2 deviations, random");
    const { exploring, ...view } = searching();
    assert.ok(exploring);
    const asked = { ...exploring, strategy: "preemptions:n=1" };
    await panel.say({ type: "view", view: { ...view, threads: "accesses", exploring: asked } });
    await choice.locator("option[value='preemptions:n=2']").waitFor({ state: "attached" });
    assert.equal(await offered(), "all, if not too many, no preemption, at most 1 preemption, at most 2 preemptions, random");
    assert.equal(await choice.inputValue(), "preemptions:n=1");
  });

  it("is asked for with a check, an invariant and a strategy", async () => {
    await button("Orders").click();
    await field("Check at the end").fill(" account === 3 ");
    await field("Invariant").fill("account >= 0");
    await section().getByRole("combobox", { name: "Orders" }).selectOption("delays:d=1");
    await field("Invariant").press("Enter");
    await field("Check at the end").fill("");
    await section().getByRole("combobox", { name: "Orders" }).selectOption("");
    await button("Explore").click();
    await section().getByRole("combobox", { name: "Orders" }).selectOption("all, merging states");
    await button("Explore").click();
    assert.deepEqual(await panel.posted("exploreOrders"), [
      { type: "exploreOrders", check: "account === 3", invariant: "account >= 0", strategy: "delays:d=1" },
      { type: "exploreOrders", check: "", invariant: "account >= 0" },
      { type: "exploreOrders", check: "", invariant: "account >= 0", strategy: "merging" },
    ]);
  });

  it("can be asked for in the menu of ways to run", async () => {
    await panel.page.getByRole("button", { name: "More ways to run" }).click();
    await panel.page.getByRole("menuitem", { name: "Explore orders" }).click();
    assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "exploreOrders" }]);
  });

  it("needs a task", async () => {
    await panel.say({ type: "view", view: searching(undefined, { tasks: [] }) });
    await button("Orders").click();
    await button("Explore").click();
    assert.match((await section().textContent()) ?? "", /There is no task to run yet\./);
    assert.deepEqual(await panel.posted("exploreOrders"), []);
  });

  it("opens when a search begins, and can be paused, continued, cancelled and discarded by keyboard", async () => {
    await show({ status: "searching", tried: 12, outcomes: [], says: [], verdicts: [], failing: 0 });
    assert.match(await shown(), /Exploring: 12 orders, 4,000 a second/);
    assert.equal(await button("Explore").getAttribute("aria-disabled"), "true");
    await button("Pause").focus();
    await panel.press("Enter");
    await show({ status: "paused" });
    assert.match(await shown(), /Paused: 20 orders Go on/);
    await panel.press("Enter");
    await show({ status: "searching" });
    await panel.press("Tab", "Enter");
    await show({ status: "cancelled" });
    assert.match(await shown(section().locator("h2")), /cancelled, 20 orders, 1 outcome failing/i);
    await button("Discard").click();
    assert.deepEqual(
      (await panel.posted("steerSearch")).map(({ act }) => act),
      ["pause", "goOn", "cancel", "dismiss"],
    );
  });

  it("has a row for each outcome, with its share, and what is said of the search", async () => {
    await show();
    assert.deepEqual(await rows(), [
      `fails: the check does not hold: account === 2 account: 1 deposit: returned undefined deposit #2: returned undefined ${lostUpdate.outcomes[0]?.explanation} Witness: 3 deviations, 2 switches in 6 steps 12 60 %`,
      'all tasks have ended account: "<b>2</b>" deposit: returned undefined deposit #2: returned undefined Witness: 1 switch in 6 steps 8 40 %',
    ]);
    assert.deepEqual(await section().getByRole("list", { name: "What can be said" }).getByRole("listitem").allInnerTexts(), [
      "All 20 orders.",
      "12 of 20 orders break the check.",
      "No deadlock: proved for these tasks.",
    ]);
  });

  it("opens a witness and copies its schedule, by keyboard", async () => {
    await show();
    await button(/^fails: /).focus();
    await panel.press("Enter", "ArrowDown", "Enter", "ArrowUp", "ArrowRight", "Enter");
    await section().getByText("The schedule was copied.").waitFor();
    assert.deepEqual(
      (await panel.posted("openWitness")).map(({ outcome }) => outcome),
      [0, 1],
    );
    assert.deepEqual(await panel.posted("copy"), [{ type: "copy", text: "round-robin; …" }]);
    await panel.press("ArrowDown", "Enter");
    await section().getByText("There is no such outcome any more.").waitFor();
  });

  it("copies a failing outcome as a test, and no other", async () => {
    await show();
    await button(/^Copy as test: /).click();
    assert.deepEqual(await panel.posted("copyTest"), [{ type: "copyTest", outcome: 0 }]);
    assert.equal(await button(/^Copy as test: /).count(), 1);
    await show({ outdated: "file" });
    assert.equal(await button(/^Copy as test: /).getAttribute("aria-disabled"), "true");
  });

  it("tells screen readers how the search stands, but not each order", async () => {
    await show({ status: "searching", tried: 4 });
    assert.equal(await spoken(), "Exploring.");
    await show({ status: "searching", tried: 5 });
    assert.equal(await spoken(), "Exploring.");
    await show();
    assert.equal(await spoken(), "Exploring is over. All 20 orders. 2 outcomes, 1 failing.");
    await show({ status: "failed", outcomes: [], problem: "The check is not an expression." });
    assert.equal(await spoken(), "The check is not an expression.");
    await show({ status: "searching", tried: 6, outdated: "file" });
    assert.equal(await spoken(), "Exploring. These outcomes are of an earlier text of the file. Explore again.");
    // Random search ends after some time: not all is tried then.
    await show({ status: "explaining", says: ["20 of about 34,650 orders."] });
    assert.equal(await spoken(), "The search is over; explaining what was found.");
  });

  it("says what has changed since, and opens no witness of an earlier text", async () => {
    await show({ outdated: "tasks" });
    assert.match((await section().textContent()) ?? "", /other tasks than the session has now: deposit\(\), deposit\(\)\./);
    await button(/^fails: /).click();
    await show({ outdated: "file" });
    assert.match((await section().textContent()) ?? "", /of an earlier text of the file\. Explore again\./);
    await button(/^fails: /).focus();
    await panel.press("Enter");
    assert.equal((await panel.posted("openWitness")).length, 1);
    await show({ outdated: "file", outcomes: [], status: "failed", problem: "The file was changed in the meantime." });
    assert.doesNotMatch((await section().textContent()) ?? "", /These outcomes/);
  });

  it("can be saved with a trace that has no steps yet", async () => {
    const save = panel.page.getByRole("button", { name: "Save trace", exact: true });
    await panel.say({ type: "view", view: searching(undefined, { head: 0, cursor: 0 }) });
    assert.equal(await save.getAttribute("aria-disabled"), "true");
    await panel.say({ type: "view", view: searching({}, { head: 0, cursor: 0 }) });
    assert.notEqual(await save.getAttribute("aria-disabled"), "true");
  });

  it("is read-only in a trace: it says what was asked, and its schedules can be copied", async () => {
    const strategy = "exhaustive";
    await panel.say({ type: "view", view: searching({ strategy }, { status: "stopped", recorded: "file" }) });
    assert.match(await shown(), /Explored: deposit\(\), deposit\(\)\. Check: account === 2\. Strategy: exhaustive\./);
    assert.equal((await rows()).length, 2);
    const buttons = await section()
      .getByRole("button")
      .evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
    assert.deepEqual(
      buttons.filter((label) => label !== null),
      lostUpdate.outcomes.map(({ end }) => `Copy schedule of: ${end}`),
    );
    assert.equal(await button(/^fails: /).count(), 0);
    assert.equal(await button("Explore").count(), 0);
    await button(/^Copy schedule of: the check/).focus();
    await panel.press("Enter");
    await section().getByText("The schedule was copied.").waitFor();
    assert.deepEqual(await panel.posted("copy"), [{ type: "copy", text: "round-robin; …" }]);
    await panel.say({ type: "view", view: searching({ outdated: "file" }, { status: "stopped", recorded: "file" }) });
    assert.match(await shown(), /These outcomes are of an earlier text of the file\. Outcome/);
  });

  it("tells screen readers that outcomes were saved, not that a search has ended just now", async () => {
    await panel.say({ type: "view", view: searching({}, { status: "stopped", recorded: "file" }) });
    assert.equal(await spoken(), "Outcomes that were saved with the trace. All 20 orders. 2 outcomes, 1 failing.");
    await panel.say({ type: "view", view: searching({ restored: true }, { status: "stopped", recorded: "reload" }) });
    assert.equal(await spoken(), "Found before the window was reloaded. All 20 orders. 2 outcomes, 1 failing.");
  });

  it("goes on with what was found before the window was reloaded, once the tasks are started again", async () => {
    const restored = { restored: true as const, strategy: "exhaustive" };
    const reload = { status: "stopped", recorded: "reload" } as const;
    await panel.say({ type: "view", view: searching(restored, reload) });
    assert.match(
      await shown(),
      /Found before the window was reloaded\. Explored: deposit\(\), deposit\(\)\. Check: account === 2\./,
    );
    assert.equal(await field("Check at the end").inputValue(), "account === 2");
    assert.match(await shown(), /The tasks are started again, and run from the beginning in many orders/);
    assert.equal(
      await button(/^fails: /).getAttribute("title"),
      "Show an order with this outcome as a branch, after the tasks are started again",
    );
    await button(/^fails: /).click();
    await button(/^Copy as test: /).click();
    await button("Explore").click();
    assert.equal((await panel.posted("openWitness")).length, 1);
    assert.equal((await panel.posted("copyTest")).length, 1);
    assert.deepEqual(await panel.posted("exploreOrders"), [{ type: "exploreOrders", check: "account === 2", invariant: "" }]);
    // It cannot be removed from a trace that is only read.
    assert.equal(await button("Discard").count(), 0);
    await panel.say({ type: "view", view: searching({ ...restored, outdated: "file" }, reload) });
    assert.match(await shown(), /of an earlier text of the file\. Explore again\./);
    assert.equal(await button(/^fails: /).getAttribute("aria-disabled"), "true");
    // The session is there again, and has them still.
    await panel.say({ type: "view", view: searching(restored) });
    assert.match(await shown(), /Found before the window was reloaded\./);
    await button("Discard").click();
    assert.deepEqual(
      (await panel.posted("steerSearch")).map(({ act }) => act),
      ["dismiss"],
    );
  });

  it("can be asked for after a reload even if nothing was found before", async () => {
    await panel.say({ type: "view", view: searching(undefined, { status: "stopped", recorded: "reload" }) });
    await button("Orders").click();
    assert.equal(await field("Check at the end").inputValue(), "account === 2");
    await button("Explore").click();
    assert.equal((await panel.posted("exploreOrders")).length, 1);
  });

  it("keeps what is typed and not asked yet, while it is closed, hidden or reloaded, until another program is shown", async () => {
    await button("Orders").click();
    await field("Check at the end").fill("account === 7");
    await button("Orders").click();
    await button("Orders").click();
    assert.equal(await field("Check at the end").inputValue(), "account === 7");
    await field("Invariant").fill("account >= 7");
    await panel.page.reload();
    await panel.say({ type: "view", view: searching() });
    assert.equal(await field("Check at the end").inputValue(), "account === 7");
    assert.equal(await field("Invariant").inputValue(), "account >= 7");
    await field("Invariant").press("Escape");
    await panel.page.reload();
    await panel.say({ type: "view", view: searching() });
    assert.equal(await field("Invariant").inputValue(), "");
    await button("Explore").click();
    assert.deepEqual(await panel.posted("exploreOrders"), [{ type: "exploreOrders", check: "account === 7", invariant: "" }]);
    await field("Invariant").fill("account >= 8");
    await panel.say({ type: "view", view: searching(undefined, { file: "other.ts" }) });
    assert.equal(await field("Invariant").inputValue(), "");
    await panel.page.reload();
    await panel.say({ type: "view", view: searching(undefined, { file: "other.ts" }) });
    assert.equal(await field("Invariant").inputValue(), "");
  });
});
