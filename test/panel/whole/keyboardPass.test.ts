/**
 * The main flow by keyboard alone: start, step, back, select a task, change the next one, branch, search, export. After each action the
 * focus is on a control, and a screen reader is told what has happened.
 */
import assert from "node:assert/strict";
import type { FromPanel, ToPanel, View } from "../../../src/protocol/panel";
import { Panel } from "../browser";
import { Host } from "../find/found";
import { detail, empty, file, view } from "../recorded";

/** A session that does what the panel asks. */
class Played {
  #view: View = empty();
  readonly #host = new Host(12);
  readonly #policy = { policy: { text: "round-robin", name: "round-robin" } };

  get view(): View {
    return this.#view;
  }

  readonly answer = async (message: FromPanel): Promise<ToPanel | undefined> => {
    const to = this.#after(message);
    if (!to) return await this.#host.answer(message);
    this.#view = { ...to, ...this.#policy };
    return { type: "view", view: this.#view };
  };

  #after(message: FromPanel): View | undefined {
    const { head, cursor } = this.#view;
    if (message.type === "select") return view(head, { cursor: message.step });
    if (message.type === "look") return { ...this.#view, detail: { ...detail(cursor), task: message.task ?? 0 } };
    if (message.type === "pick") return { ...this.#view, next: message.task, picked: { task: message.task } };
    if (message.type === "branch") return view(cursor, { next: message.task, run: 2 });
    if (message.type !== "command") return undefined;
    if (message.command === "openExamples") return { ...view(0), tasks: view(0).tasks.slice(0, 2), file };
    if (message.command === "step") return view(Math.max(head, cursor + 1), { cursor: cursor + 1 });
    if (message.command === "stepBack") return view(head, { cursor: cursor - 1 });
    return message.command === "toHead" ? view(head) : undefined;
  }
}

describe("the main flow by keyboard", () => {
  let panel: Panel;
  const session = new Played();
  const focused = () =>
    panel.page.evaluate<string>(`(() => {
      const { activeElement: element } = document;
      return element === document.body ? "nothing" : (element.ariaLabel || element.title || element.textContent).trim();
    })()`);
  const told = () => panel.text(".announcer");

  before(async () => {
    panel = await Panel.open({ width: 560, height: 700 });
    panel.answer = session.answer;
    await panel.say({ type: "view", view: session.view });
  });
  after(() => panel.close());

  /** Presses keys, the last of which makes the host show something else. */
  async function act(...keys: string[]): Promise<void> {
    await panel.press(...keys);
    await panel.say({ type: "view", view: session.view });
    assert.notEqual(await focused(), "nothing", keys.join(" "));
    assert.deepEqual(panel.complaints, []);
  }

  /** Presses Tab until a control has the focus. */
  async function tabTo(name: RegExp): Promise<void> {
    for (let presses = 0; presses < 40; presses += 1) {
      if (name.test(await focused())) return;
      await panel.press("Tab");
    }
    assert.fail(`Nothing named ${name} has the focus`);
  }

  it("starts", async () => {
    await tabTo(/^Copy the examples/);
    await act("Enter");
    assert.match(await focused(), /^Step/);
    assert.match(await told(), /^Before step 1, next counter/);
  });

  it("steps, and goes back", async () => {
    for (let step = 1; step <= 12; step += 1) await act("Enter");
    assert.match(await told(), /^Step 12, bogosort yielded undefined, next counter/);
    await act("ArrowLeft", "Enter");
    assert.match(await told(), /^Step 11 of 12, in the past, counter yielded/);
    await tabTo(/^Back to live/);
    await act("Enter");
    assert.match(await told(), /^Step 12, bogosort/);
  });

  it("selects a task", async () => {
    await tabTo(/^counter/);
    await act("ArrowDown", "Enter");
    assert.match(await focused(), /^bogosort/);
    assert.equal(await panel.page.getByRole("row", { selected: true }).getAttribute("data-task"), "1");
  });

  it("changes the next task", async () => {
    await act("ArrowRight", "ArrowRight", "ArrowRight", "Enter");
    assert.match(await focused(), /^(Run bogosort next|Do not run bogosort next)/);
    assert.match(await told(), /next bogosort/);
  });

  it("branches at a past step", async () => {
    await tabTo(/^Switches/);
    await act("ArrowUp");
    await tabTo(/^Continue from this step/).catch(async () => {
      for (let presses = 0; presses < 40 && !/^Continue from this step/.test(await focused()); presses += 1)
        await panel.press("Shift+Tab");
    });
    await panel.press("Enter");
    assert.match(await focused(), / next$/);
    await act("Enter");
    assert.equal(session.view.head, 11);
    assert.match(await told(), /^Step 11, /);
  });

  it("searches", async () => {
    await act("/");
    await panel.page.keyboard.type("Elapsed");
    await panel.page
      .getByText(/^1 of 1$|^1 match/)
      .first()
      .waitFor();
    await act("Enter");
    assert.equal(session.view.cursor, 1);
    await act("Escape");
    assert.match(await focused(), /Switches|Find/);
  });

  it("exports", async () => {
    await tabTo(/^Step/);
    await act("End", "Enter");
    assert.deepEqual((await panel.posted("command")).at(-1), { type: "command", command: "exportTrace" });
  });
});
