/**
 * Finding and filtering in the list of switches, with the real search: what is highlighted, listed, counted and navigated to.
 */
import assert from "node:assert/strict";
import type { FromPanel } from "../../../src/protocol/panel";
import { Panel } from "../browser";
import { view } from "../recorded";
import { Host } from "./found";

const head = 1_000;
/** counter prints in every tenth of its steps: 1, 21, 41, … */
const printing = head / 20;

describe("finding in the list of switches", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    panel.answer = new Host(head).answer;
    await panel.say({ type: "view", view: view(head, { cursor: 500 }) });
    await panel.page.locator("#switch-500 .what").waitFor();
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  const field = () => panel.page.getByLabel("Text in value or output");
  const says = (text: string) => panel.page.getByRole("status").getByText(text, { exact: true }).waitFor();
  const open = async (text = "") => {
    await panel.page.locator(".list").focus();
    await panel.press("Control+f");
    if (text) await panel.page.keyboard.type(text);
  };
  const cursorAt = (step: number) => panel.page.locator(`#switch-${step}.current`).waitFor();
  const choose = async (label: string, ...options: string[]) => {
    await panel.page.getByRole("button", { name: new RegExp(`^${label}:`) }).click();
    for (const option of options) await panel.page.getByRole("checkbox", { name: option }).check();
    await panel.press("Escape");
  };

  it("opens with Ctrl+F and /, takes the focus, and Escape returns it to the list", async () => {
    await open();
    assert.equal(await panel.page.locator("*:focus").getAttribute("aria-label"), "Text in value or output");
    await panel.press("Escape");
    assert.equal(await panel.page.locator("*:focus").getAttribute("role"), "listbox");
    assert.equal(await panel.page.getByRole("search").count(), 0);
    await panel.press("/");
    await panel.page.keyboard.type("a/b");
    assert.equal(await field().inputValue(), "a/b");
  });

  it("counts matches in values and output, ignoring case, and highlights them in the list", async () => {
    await open("elapsed: 5");
    await says("5 matches"); // 501, 521, 541, 561, 581
    await panel.page.getByRole("button", { name: "Match case" }).click();
    await says("no match");
    await field().fill("Elapsed: 501");
    await says("1 match");
    await panel.press("Enter");
    await cursorAt(501);
    await says("1 of 1");
    assert.equal(await panel.text("#switch-501 mark"), "Elapsed: 501");
    assert.equal(await panel.page.locator(".switch.found").count(), 1);
  });

  it("goes to the next and the previous match, wrapping around, in the order of the keys", async () => {
    await open("Elapsed");
    await says(`${printing} matches`);
    await panel.press("Enter");
    await cursorAt(501);
    await panel.page.keyboard.press("Enter");
    await panel.page.keyboard.press("Enter");
    await cursorAt(541);
    await says(`28 of ${printing}`);
    await panel.press("Shift+Enter");
    await cursorAt(521);
    await panel.page.locator(".list").focus();
    await panel.press("F3", "F3");
    await cursorAt(561);
    await panel.press("Shift+F3");
    await cursorAt(541);
    await panel.press("Home", "Shift+F3");
    await cursorAt(981); // wraps around from step 1 to the last match
    await panel.press("F3");
    await cursorAt(1);
  });

  it("lists only matches, by task and event, and moves among them", async () => {
    await open();
    await choose("Events", "returned");
    await says("1 match");
    await panel.page.getByRole("button", { name: "List only what matches" }).click();
    await panel.page.locator("#switch-3 .what").waitFor();
    assert.equal(await panel.page.locator(".switch").count(), 1);
    await choose("Tasks", "counter", "warmUp");
    await choose("Events", "yielded");
    await says("500 matches"); // every other step: the yields of counter, and the return of warmUp in step 3
    await panel.page.locator("#switch-501").waitFor();
    await panel.page.locator("#switch-501").click();
    await cursorAt(501);
    await panel.page.locator(".list").focus();
    await panel.press("ArrowDown");
    await cursorAt(503);
    await panel.press("Home");
    await cursorAt(1);
    await panel.press("ArrowDown", "ArrowDown");
    await cursorAt(5);
    assert.deepEqual(await panel.page.locator(".switch").evaluateAll((rows) => rows.slice(0, 4).map((row) => row.id)), [
      "switch-1",
      "switch-3",
      "switch-5",
      "switch-7",
    ]);
    assert.equal(await panel.page.locator("#switch-5").getAttribute("aria-posinset"), "3");
    await panel.page.keyboard.press("End");
    await panel.page.keyboard.press("ArrowUp");
    await panel.page.keyboard.press("Shift+F3");
    await cursorAt(995); // in order, however quickly the keys follow
    await panel.press("End");
    await cursorAt(999);
    assert.ok((await panel.page.locator(".switch").count()) < 40);
    for (const asked of await panel.posted("matches")) assert.ok(asked.count <= 200);
  });

  it("starts each move where the last one ends, however late its step is shown", async () => {
    const rest = panel.answer;
    const held: (() => void)[] = [];
    panel.answer = async (message) => {
      if (message.type === "select") await new Promise<void>((show) => held.push(show));
      return await rest(message);
    };
    const hasAsked = async (...steps: number[]) => {
      await panel.page.waitForFunction((count) => {
        const { testHost } = globalThis as unknown as { testHost: { posted: FromPanel[] } };
        return testHost.posted.filter(({ type }) => type === "select").length === count;
      }, steps.length);
      assert.deepEqual(
        (await panel.posted("select")).map(({ step }) => step),
        steps,
      );
    };
    await open();
    await choose("Events", "returned", "yielded");
    await choose("Tasks", "counter", "warmUp");
    await says("500 matches");
    await panel.page.getByRole("button", { name: "List only what matches" }).click();
    await panel.page.locator(".list").focus();
    await panel.page.keyboard.press("End");
    await hasAsked(999);
    await panel.page.keyboard.press("ArrowUp");
    await hasAsked(999, 997);
    held.shift()?.();
    await cursorAt(999);
    await panel.page.keyboard.press("Shift+F3");
    await hasAsked(999, 997, 995);
    for (const show of held) show();
    await cursorAt(995);
  });

  it("shows the whole list again when it is closed, at the found step", async () => {
    await open("Elapsed: 41 ");
    await panel.page.getByRole("button", { name: "List only what matches" }).click();
    await field().focus();
    await panel.press("Enter");
    await cursorAt(41);
    await panel.press("Escape");
    await panel.page.locator("#switch-42").waitFor();
    await cursorAt(41);
    assert.equal((await panel.posted("endFind")).length, 1);
    await panel.press("Control+f");
    assert.equal(await field().inputValue(), "Elapsed: 41 ");
  });

  it("says in both modes that nothing matches", async () => {
    await open("nowhere");
    await says("no match");
    await panel.page.getByRole("button", { name: "List only what matches" }).click();
    assert.equal(await panel.page.locator(".switch").count(), 0);
    await panel.press("F3");
    assert.equal((await panel.posted("select")).length, 0);
  });

  /** Answers the first requests of a search through ten million steps, and holds back later ones. Without any, no match is known. */
  const slowly = (answered: number) => {
    const held: Extract<FromPanel, { type: "find" }>[] = [];
    let asked = 0;
    let isKnown = false;
    const rest = panel.answer;
    panel.answer = (message) => {
      if (message.type === "match") {
        const known = isKnown && message.toward === "next" ? { match: { step: 777, index: 0 } } : {};
        isKnown ||= asked > answered;
        return { type: "match", id: message.id, ...known };
      }
      if (message.type !== "find") return rest(message);
      asked += 1;
      if (asked > answered) held.push(message);
      else return found(message.id, asked);
    };
    return held;
  };
  const found = (id: number, part: number) =>
    ({ type: "found", id, found: { done: 1_000_000 * part, head: 10_000_000, count: 10 * part, cut: false } }) as const;

  it("shows matches and progress during a search, and stops on request", async () => {
    const held = slowly(2);
    await open();
    await field().fill("undefined");
    await says("20 matches");
    assert.equal(await panel.page.getByRole("progressbar", { name: "Steps searched" }).getAttribute("value"), "2000000");
    await panel.page.getByRole("search").getByRole("button", { name: "Cancel" }).click();
    await says("20 matches up to step 2,000,000");
    const [last] = held;
    if (last) await panel.say(found(last.id, 3));
    await says("30 matches up to step 3,000,000");
    assert.equal((await panel.posted("find")).length, 3);
    await panel.page.getByRole("button", { name: "Go on" }).click();
    await panel.page.getByRole("progressbar", { name: "Steps searched" }).waitFor();
    assert.equal((await panel.posted("find")).length, 4);
  });

  it("goes to the next match as soon as there is one", async () => {
    const held = slowly(2);
    await open();
    await field().fill("undefined");
    await says("20 matches");
    await panel.press("Enter");
    assert.equal((await panel.posted("select")).length, 0);
    const [last] = held;
    if (last) await panel.tell(found(last.id, 3));
    await cursorAt(777); // requested again after more matches were found
  });

  it("says that there are more matches than are kept, and why a search fails", async () => {
    panel.answer = (message) =>
      message.type === "find"
        ? { type: "found", id: message.id, found: { done: 900, head, count: 16_777_216, cut: true } }
        : undefined;
    await open("undefined");
    await says("16,777,216 or more matches");
    panel.answer = (message) =>
      message.type === "find" ? { type: "refused", id: message.id, message: "The trace file is closed." } : undefined;
    await field().fill("other");
    await panel.page.getByRole("alert").getByText("The trace file is closed.").waitFor();
  });

  it("continues as the run gets longer, and restarts with another run", async () => {
    await open("Elapsed");
    await says(`${printing} matches`);
    panel.answer = new Host(2_000).answer;
    await panel.say({ type: "view", view: view(2_000) });
    await says(`${2 * printing} matches`);
    panel.answer = new Host(100).answer;
    await panel.say({ type: "view", view: view(100, { run: 2 }) });
    await says("5 matches");
  });
});
