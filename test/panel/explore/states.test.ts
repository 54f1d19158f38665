/**
 * The part States of the section Orders: when the graph is made, what it shows, and how it is used by keyboard.
 */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { GraphState } from "../../../src/protocol/exploration";
import type { View } from "../../../src/protocol/panel";
import { answerRows, Panel } from "../browser";
import { searching } from "./searches";
import { deposits } from "./stateGraphs";

describe("the graph of states in the panel", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 720, height: 1_600 });
    const rows = answerRows(128);
    panel.answer = (message) => (message.type === "states" ? { type: "states", id: message.id, graph: deposits } : rows(message));
    await panel.say({ type: "view", view: searching() });
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  const show = (graph: Partial<GraphState> = {}, more: Partial<View> = {}) =>
    panel.say({ type: "view", view: searching({ graph: { status: "offered", done: 0, of: 20, ...graph } }, more) });
  const part = () => panel.page.getByRole("region", { name: "States", exact: true });
  const button = (name: string | RegExp) => part().getByRole("button", { name, exact: true });
  // biome-ignore lint/performance/useDomNodeTextContent: innerText separates cells and lines as on the screen
  const shown = async (what: Locator) => (await what.innerText()).replace(/\s+/g, " ").trim();
  const said = () => shown(part().getByRole("status", { name: "Graph of states" }));
  const acts = async () => (await panel.posted("steerSearch")).map(({ act }) => act);
  const focused = () => panel.page.evaluate("document.activeElement.ariaLabel.split('\\n')[0]");
  const openPart = async () => {
    await show();
    await button("States").click();
    await show({ status: "made", done: 20 });
    await part().getByRole("group", { name: "Graph of states" }).waitFor();
  };

  it("is closed at first, and made once it is opened", async () => {
    await show();
    assert.deepEqual(await acts(), []);
    await button("States").click();
    await show({ status: "making", done: 7 });
    assert.equal(await said(), "Making the graph of states: 7 of 20 orders.");
    assert.deepEqual(await acts(), ["makeStates"]);
    await button("Cancel").click();
    await show({ status: "cancelled", done: 7 });
    await button("Make").click();
    assert.deepEqual(await acts(), ["makeStates", "cancelStates", "makeStates"]);
  });

  it("says why there is none", async () => {
    await show({ status: "refused", why: "There is no graph of states: there are more than 300." });
    await button("States").click();
    assert.equal(await said(), "There is no graph of states: there are more than 300.");
    assert.deepEqual(await acts(), []);
  });

  it("has a point for each state, with its places and what can still come of it", async () => {
    await openPart();
    assert.equal(await said(), "24 states. From 9 of them every order fails; 2 are points of no return.");
    const points = part().getByRole("group", { name: "Graph of states" }).getByRole("button");
    assert.equal(await points.count(), 24);
    assert.equal(
      await points.nth(0).getAttribute("aria-label"),
      "Before the first step: deposit not started, deposit #2 not started.\nSome orders fail from here, others do not.",
    );
    assert.equal(await part().locator(".states-graph > .last-chance").count(), 2);
    assert.equal(await part().locator(".states-graph > .failing-end").count(), 1);
    assert.match(
      (await part().locator(".states-graph > .failing-end").getAttribute("aria-label")) ?? "",
      /^After 6 steps: deposit over, deposit #2 over\.\n12 orders end here and fail: the check does not hold: account === 2\.$/,
    );
  });

  it("moves between points with the arrow keys, tells about them below, and opens one with Enter", async () => {
    await openPart();
    const told = part().locator(".point-told");
    await button(/^Before the first step/).focus();
    await panel.press("ArrowDown");
    assert.match(String(await focused()), /^After 1 step: /);
    await panel.press("End");
    assert.match(String(await focused()), /^After 6 steps: /);
    assert.match(await shown(told), /orders end here/);
    await panel.press("Home", "ArrowDown", "Enter");
    const [opened] = await panel.posted("openState");
    assert.equal(deposits.points[opened?.point ?? 0]?.steps, 1);
    await part().locator(".states-graph > .failing").first().hover();
    assert.match(await shown(told), /Every order fails from here/);
    // Two edges lead to it, and two lead on: all others step back.
    const edges = part().locator(".state-edge");
    assert.equal((await edges.count()) - (await part().locator(".state-edge.faint").count()), 4);
  });

  it("is a table for those who do not see the picture", async () => {
    await openPart();
    await button("as a table").click();
    const rows = part().getByRole("table", { name: "States" }).locator("tbody tr");
    assert.equal(await rows.count(), 24);
    assert.match(
      await shown(rows.nth(0)),
      /^1 0 deposit not started, deposit #2 not started\. Some orders fail from here, others do not\. deposit: \d+, deposit #2: \d+$/,
    );
    await button("State 1").focus();
    await panel.press("ArrowDown", "Enter");
    assert.deepEqual(await panel.posted("openState"), [{ type: "openState", point: 1 }]);
  });

  it("opens no state of an earlier text, or while a branch is replayed", async () => {
    await openPart();
    const graph: GraphState = { status: "made", done: 20, of: 20 };
    await panel.say({ type: "view", view: searching({ graph, outdated: "file" }) });
    await button(/^Before the first step/).focus();
    await panel.press("Enter");
    await show({ status: "made", done: 20 }, { replaying: { branch: "Branch 2", of: 6, done: 1 } });
    await panel.press("Enter");
    assert.deepEqual(await panel.posted("openState"), []);
  });

  it("says why the graph did not come", async () => {
    panel.answer = (message) =>
      message.type === "states"
        ? { type: "refused", id: message.id, message: "There is no graph of states. Explore first." }
        : undefined;
    await show();
    await button("States").click();
    await show({ status: "made", done: 20 });
    await part().getByText("There is no graph of states. Explore first.").waitFor();
  });
});
