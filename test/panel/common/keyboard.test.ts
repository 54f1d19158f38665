/**
 * The whole panel used without a mouse, and what assistive technology is told about each part.
 */
import assert from "node:assert/strict";
import { answerRows, Panel } from "../browser";
import { Host } from "../find/found";
import { answerOrder, branches, comparingOf, ordered, policiesCompared } from "../order/ordered";
import { breakpoints, view, watches } from "../recorded";

/** Finds controls without a name, items outside their container, and controls that cannot be focused. */
const faults = `(() => {
  const parents = { row: "grid", gridcell: "row", columnheader: "row", option: "listbox", treeitem: "tree", menuitem: "menu" };
  const required = { slider: ["aria-valuemin", "aria-valuemax", "aria-valuenow"], treeitem: ["aria-level"], option: ["aria-selected"] };
  const nameOf = (element) => element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent.trim();
  const found = [];
  for (const element of document.querySelectorAll("button, select, input, summary, [role], [tabindex]")) {
    const role = element.getAttribute("role") ?? "";
    if (!["presentation", "gridcell", "alert", "status"].includes(role) && !nameOf(element)) found.push("no name: " + element.outerHTML.slice(0, 200));
    if (parents[role] && !element.parentElement.closest("[role=" + parents[role] + "]")) found.push("no " + parents[role] + ": " + role);
    for (const attribute of required[role] ?? []) if (!element.hasAttribute(attribute)) found.push(role + " without " + attribute);
    if (element.closest("[aria-hidden=true]") && element.tabIndex >= 0) found.push("hidden, but focusable: " + element.className);
  }
  for (const group of document.querySelectorAll("[role=grid], [role=tree], [role=toolbar]")) {
    const stops = [...group.querySelectorAll("*")].filter((element) => element.tabIndex === 0).length;
    if (stops !== 1) found.push(group.getAttribute("role") + " with " + stops + " tab stops");
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) found.push("an id twice");
  return found;
})()`;

describe("the panel by keyboard", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    panel.answer = answerRows(128);
    await panel.say({ type: "view", view: view(128) });
    await panel.page.locator("#switch-127 .what").waitFor();
  });
  afterEach(() => panel.close());

  const press = (...keys: string[]) => panel.press(...keys);
  const focused = () =>
    panel.page.evaluate<string>(`(() => {
      const { activeElement: element } = document;
      return [element.getAttribute("role") ?? element.localName, (element.getAttribute("aria-label") || element.textContent).trim()].join(" ");
    })()`);
  const commands = async () => (await panel.posted("command")).map(({ command }) => command);

  it("has one tab stop per section, in reading order", async () => {
    const stops: string[] = [];
    for (let index = 0; index < 20; index += 1) {
      await press("Tab");
      stops.push(await focused());
    }
    assert.deepEqual(
      stops.map((stop) => stop.split(/[ ,(]/).slice(0, 2).join(" ")),
      [
        ...[
          "button Step",
          "button Policy:",
          "select Run",
          "row counter",
          "radio by",
          "button Zoom",
          "listbox Lanes",
          "slider Timeline",
        ],
        ...["button Find", "listbox Switches", "button First"],
        ...["treeitem yielded", "button Watches", "input Expression", "button Add", "button so", "button loadingstderr"],
        ...["button Statistics", "button Compare", "button Breakpoints"],
      ],
    );
  });

  it("steps, runs and restarts from the toolbar", async () => {
    await press("Tab", "Enter", "ArrowRight", "Space", "Home", "Enter");
    assert.deepEqual(await commands(), ["step", "run", "restart"]);
  });

  it("keeps the focus on a button that becomes disabled, which then does nothing", async () => {
    await press("Tab");
    await panel.say({ type: "view", view: view(129, { status: "finished" }) });
    assert.equal(await focused(), "button Step");
    await press("Enter");
    assert.deepEqual(await commands(), []);
  });

  it("walks the tasks and the places where they are suspended, and shows them in the editor", async () => {
    await press("Tab", "Tab", "Tab", "Tab", "Space", "ArrowDown", "Space", "ArrowRight", "ArrowRight", "Enter", "ArrowDown");
    assert.match(await focused(), /^row warmUp/);
    await press("Home");
    assert.match(await focused(), /^row counter/);
    assert.deepEqual(
      (await panel.posted("reveal")).map(({ line }) => line),
      [18, 12, 33],
    );
  });

  it("moves the cursor in the timeline", async () => {
    await panel.page.locator(".plot").focus();
    await press("ArrowLeft", "Home", "End");
    assert.deepEqual(
      (await panel.posted("select")).map(({ step }) => step),
      [127, 1],
    );
    assert.deepEqual(await commands(), ["toHead"]);
    assert.match(
      (await panel.page.locator(".plot").getAttribute("aria-label")) ?? "",
      /steps 67 to 128: counter, bogosort, warmUp/,
    );
  });

  it("selects a step by a click on the timeline", async () => {
    await panel.page.locator("canvas.lanes").click({ position: { x: 4, y: 10 } });
    assert.deepEqual(await panel.posted("select"), [{ type: "select", step: 67 }]);
  });

  it("tells the host when it gets and loses the focus", async () => {
    await panel.page.evaluate("window.dispatchEvent(new Event('blur')), window.dispatchEvent(new Event('focus'))");
    assert.deepEqual(
      (await panel.posted("focus")).slice(-2).map((message) => message.focused),
      [false, true],
    );
  });

  it("shows where the focus is", async () => {
    for (let index = 0; index < 6; index += 1) {
      await press("Tab");
      const outline = await panel.page.evaluate<string>("getComputedStyle(document.activeElement).outlineStyle");
      assert.notEqual(outline, "none", await focused());
    }
  });

  it("gives every scheduling control a name, and every role its required parent", async () => {
    const table = await policiesCompared();
    panel.answer = answerOrder(table);
    const comparing = comparingOf(table);
    await panel.say({ type: "view", view: ordered({ branches, comparing, replaying: { branch: "first", done: 1, of: 9 } }) });
    const named = (name: string) => panel.page.getByRole("button", { name, exact: true });
    for (const name of ["Schedule", "Replay…"]) await named(name).click();
    await panel.page.getByRole("table", { name: "Side by side" }).waitFor();
    await named("round-robin").click();
    await panel.page.locator(".compare-branches").getByRole("button", { name: "Compare", exact: true }).click();
    await panel.page.getByRole("region", { name: "Branches compared" }).waitFor();
    await named("Policy: lottery, seed 7").click();
    await panel.page.getByRole("combobox", { name: "Policy" }).selectOption("priority");
    await named("Rename first").click();
    assert.deepEqual(await panel.page.evaluate(faults), []);
    await named("More for counter").click();
    assert.deepEqual(await panel.page.evaluate(faults), []);
    await panel.say({ type: "view", view: ordered({ branches, cursor: 57, next: 1 }) });
    await named("Branch here").click();
    assert.deepEqual(await panel.page.evaluate(faults), []);
  });

  it("gives every control a name, and every role its required parent", async () => {
    const notice = { severity: "warning", message: "Slow.", detail: "why", actions: ["interrupt", "stop"] };
    assert.deepEqual(await panel.page.evaluate(faults), []);
    panel.answer = new Host(128).answer;
    await panel.page.getByRole("button", { name: "Statistics", exact: true }).click();
    await panel.page.getByText("The whole run, up to step 128").waitFor();
    await press("/");
    await panel.page.keyboard.type("Elapsed");
    await panel.page.getByRole("button", { name: "List only what matches" }).click();
    await panel.page.getByRole("button", { name: /^Events:/ }).click();
    await panel.page.locator("#switch-121 mark").waitFor();
    assert.deepEqual(await panel.page.evaluate(faults), []);
    await press("Escape", "Escape");
    await panel.say({ type: "view", view: { ...view(128, { cursor: 121, result: { task: 2, step: 3, value: "42" } }), notice } });
    assert.deepEqual(await panel.page.evaluate(faults), []);
    await panel.page.getByRole("button", { name: "Breakpoints", exact: true }).click();
    const all = { breakpoints, watches, hit: 1, rebuild: { state: "running", missing: "step", done: 3 } };
    await panel.say({ type: "view", view: { ...view(128, { cursor: 121 }), ...all } });
    await panel.page.getByRole("button", { name: "More ways to run" }).click();
    assert.deepEqual(await panel.page.evaluate(faults), []);
    await press("End", "Enter");
    assert.deepEqual(await panel.page.evaluate(faults), []);
    await panel.say({ type: "view", view: { ...view(128), status: "running", speed: 9 } });
    assert.deepEqual(await panel.page.evaluate(faults), []);
    await panel.say({ type: "view", view: { ...view(0), status: "loading", tasks: [] } });
    assert.deepEqual(await panel.page.evaluate(faults), []);
  });
});
