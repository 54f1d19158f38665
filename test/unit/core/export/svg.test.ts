import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { dark, light } from "../../../../src/core/export/palette";
import { svgOf } from "../../../../src/core/export/svg";
import { timelineOf } from "../../../../src/session/analysis/timeline";
import type { Content } from "../chunks";
import { everythingHostile, exported, type Made, made, small } from "./exported";
import { elementsOf } from "./xml";

async function svgOfRun(run: Made, window: { from: number; to: number } = { from: 0, to: Math.max(1, run.contents.length) }) {
  const { trace, output, tasks } = exported(run);
  const question = { axis: "step" as const, ...window, buckets: 828, lanes: run.names.map((_, task) => [task]) };
  const level = await timelineOf({ trace, output, added: [] }, question);
  return svgOf({ file: "tasks.ts", question, level, names: tasks.map(({ name }) => name) });
}

function textsOf(svg: string, name: string): string[] {
  return elementsOf(svg)
    .filter((element) => element.name === name)
    .map(({ text }) => text);
}

describe("the timeline as SVG", () => {
  it("shows each slice in its lane and how each task ended, as text too", async () => {
    const svg = await svgOfRun(small);
    assert.deepEqual(textsOf(svg, "title"), ["tasks.ts: steps 1 to 4 of 4"]);
    assert.deepEqual(textsOf(svg, "desc"), ["counter: 2 steps in 1.75 µs, returned. bogosort: 2 steps in 24 µs, threw."]);
    // Four steps share 828 pixels: the first and the third belong to the first task, at 0 and at 414.
    assert.match(svg, /<path class="task1" fill-opacity="0.88" d="M0 4H205.5v17H0zM414 4H619.5v17H414z"\/>/);
    assert.match(svg, /<path class="task2" fill-opacity="0.88" d="M207 30H412.5v17H207zM621 30H826.5v17H621z"\/>/);
    assert.deepEqual(
      textsOf(svg, "text").filter((text) => !/^\d|^step$/.test(text)),
      ["tasks.ts: steps 1 to 4 of 4", "counter", "bogosort", "returned", "threw", "printed"],
    );
  });

  it("is well-formed for any task names and values, which add no element or attribute", async () => {
    const known = "svg title desc style defs pattern path clipPath rect text g".split(" ");
    await fc.assert(
      fc.asyncProperty(made, async (run) => {
        for (const { name, attributes } of elementsOf(await svgOfRun(run))) {
          assert.ok(known.includes(name), name);
          assert.ok(!attributes.some((attribute) => attribute.startsWith("on")));
        }
      }),
      { examples: [[everythingHostile]], numRuns: 60 },
    );
  });

  it("stays small for a long run, and merges slices that cannot be told apart", async () => {
    const contents = Array.from({ length: 60_000 }, (_, index): Content => {
      return { task: index % 40, event: "yielded", value: "1", point: 0, micros: 1 };
    });
    const names = Array.from({ length: 40 }, (_, task) => `task${task}`);
    const svg = await svgOfRun({ ...small, contents, names, printed: [], segmentSteps: 65_536 });
    assert.ok(svg.length < 100_000, `${svg.length} characters`);
    const close = await svgOfRun({ ...small, contents, names, printed: [], segmentSteps: 65_536 }, { from: 30_000, to: 30_800 });
    assert.ok(close.length < 400_000, `${close.length} characters`);
  });

  it("shows the requested window", async () => {
    const svg = await svgOfRun(small, { from: 1, to: 3 });
    assert.deepEqual(textsOf(svg, "title"), ["tasks.ts: steps 2 to 3 of 4"]);
  });

  it("is not empty for a run without steps", async () => {
    const svg = await svgOfRun({ ...small, contents: [] });
    assert.deepEqual(textsOf(svg, "title"), ["tasks.ts: no steps"]);
  });

  it("uses the task colours that the extension contributes", async () => {
    const { contributes } = JSON.parse(await readFile("package.json", "utf8"));
    const defaults: { light: string; dark: string }[] = contributes.colors.map((each: { defaults: object }) => each.defaults);
    assert.deepEqual(
      light.tasks,
      defaults.map((each) => each.light),
    );
    assert.deepEqual(
      dark.tasks,
      defaults.map((each) => each.dark),
    );
  });

  it("is readable on light and dark backgrounds", () => {
    for (const { background, tasks, ...inks } of [light, dark]) {
      for (const ink of [...tasks, inks.returned, inks.threw, inks.long, inks.printed]) {
        assert.ok(contrast(ink, background) >= 3, `${ink} on ${background}`); // the contrast that WCAG 1.4.11 requires for graphics
      }
      for (const ink of [inks.text, inks.dim]) assert.ok(contrast(ink, background) >= 4.5, `${ink} on ${background}`);
    }
  });
});

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
