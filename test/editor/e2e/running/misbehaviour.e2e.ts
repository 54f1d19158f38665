// User code that hangs, ends its process, or yields values that are hard to display.
import assert from "node:assert/strict";
import { type Opened, openExtension } from "../opened";
import type { PanelPage } from "../panelPage";

const hog = `export function* hog() {
  yield 1;
  yield 2;
  yield 3;
  while (true) {}
}

export function* meek() {
  for (let n = 1; ; n += 1) yield n;
}
`;

const program = `function* hog() {
  yield 1;
  while (true) {}
}

const tasks = [hog(), hog()];
while (true) for (const task of tasks) task.next();
`;

const exits = `export function* exits() {
  yield "first";
  yield "second";
  process.exit(7);
}
`;

const hostile = String.raw`const cyclic: Record<string, unknown> = { name: "loop" };
cyclic.self = cyclic;
const trap = () => { throw new Error("a trap ran"); };

export function* hostile() {
  yield '<img src=x onerror="document.body.remove()"><b>bold</b>';
  yield "abc\u202edef\u2066ghi";
  yield "x".repeat(50_000_000);
  yield new Proxy({}, { get: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap });
  yield cyclic;
}
`;

describe("misbehaving code", function () {
  this.timeout(120_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension({
      files: { "greedy.ts": hog, "program.ts": program, "exits.ts": exits, "hostile.ts": hostile },
    });
  });

  after(() => opened?.close());

  it("that never yields is named with its line; after Interrupt the other task continues", async () => {
    const panel = await begin("greedy.ts");
    await opened.workbench.clickLens("Add to session", 1);
    await panel.showsTasks(2);
    await panel.button("Run").click();
    const notice = await panel.notice(/hog has been running for \d+ s without returning control, now in hog at greedy\.ts:5/);
    assert.match(notice, /Interrupt.*Stop/);
    await panel.wayOut("Interrupt").click();
    assert.match(await panel.showsStep(7, "paused"), /^Step 7 hog threw .*→ next meek/);
    await panel.button("Step").click();
    assert.match(await panel.showsStep(8, "paused"), /^Step 8 meek yielded 4 → next meek/);
  });

  it("that hangs in a program under its own scheduler ends it by Interrupt; it can be restarted", async () => {
    await opened.workbench.openFile("program.ts");
    await opened.workbench.clickLens("Step this program's context switches", 0);
    const panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await panel.button("Run").click();
    const notice = await panel.notice(/hog has been running for \d+ s without returning control, now in hog at program\.ts:3/);
    assert.match(notice, /interrupt it \(which ends the program\).*Interrupt.*Stop/);
    await panel.wayOut("Interrupt").click();
    assert.match(await panel.showsStep(3, "finished"), /^Step 3 hog threw Interrupted after/);
    await panel.notice(/Interrupted after .* s \(program\.ts:3\)/);
    await panel.wayOut("Restart").click();
    await panel.showsStep(0, "paused");
  });

  it("that ends its process leaves its trace, and can be restarted", async () => {
    const panel = await begin("exits.ts");
    for (const step of [1, 2]) {
      await panel.button("Step").click();
      await panel.showsStep(step, "paused");
    }
    await panel.button("Step").click();
    await panel.notice(/The trace up to step 2 can still be read/);
    await panel.switchOf(1).click();
    assert.match(await panel.showsStep(1, "failed"), /exits yielded "first"/);
    await panel.wayOut("Restart").click();
    await panel.showsStep(0, "paused");
    await panel.button("Step").click();
    assert.match(await panel.showsStep(1, "paused"), /exits yielded "first"/);
  });

  it("that yields hostile values affects only the text", async () => {
    const panel = await begin("hostile.ts");
    const expected = [
      { now: /yielded .<img src=x onerror=.+<b>bold<\/b>/, mark: /"<img src=x onerror=.+<b>bold<\/b>/ },
      { now: /yielded "abc\\u202edef\\u2066ghi"/, mark: /"abc\\u202edef\\u2066ghi"/ },
      { now: /yielded "x{50,}/, mark: /"x{50,}…/ },
      { now: /yielded Proxy/, mark: /Proxy/ },
      { now: /yielded {name: "loop", self: /, mark: /{name: "loop", self: / },
    ];
    for (const [index, pattern] of expected.entries()) {
      await panel.button("Step").click();
      const now = await panel.showsStep(index + 1, "paused");
      assert.match(now, pattern.now);
      assert.ok(now.length < 5_000, `the now line has ${now.length} characters`);
      await mark(pattern.mark);
    }
    assert.equal(await panel.frame.locator("main").locator("img, script, iframe").count(), 0);
  });

  async function begin(file: string): Promise<PanelPage> {
    const { workbench } = opened;
    if ((await workbench.groups().count()) > 1) await workbench.focusFirstGroup();
    await workbench.openFile(file);
    await workbench.lens("Run as cooperative task").first().waitFor();
    await workbench.clickLens("Run as cooperative task", 0);
    const panel = await opened.panel();
    await panel.shows(new RegExp(`^Before step 1.*${file.replace(".", "\\.")}.*· paused`, "s"));
    return panel;
  }

  /** The mark after the line of the yield is one short line of visible characters. */
  async function mark(value: RegExp): Promise<void> {
    const text = await opened.workbench.mark(new RegExp(String.raw`^yield .+ \| ▶ hostile: ${value.source}`));
    const after = text.slice(text.indexOf(" | "));
    assert.ok(after.length < 120, after);
    assert.doesNotMatch(after, /[\p{Cc}\p{Bidi_Control}]/u);
  }
});
