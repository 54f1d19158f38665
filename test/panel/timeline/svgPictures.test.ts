/**
 * Exported pictures of the timeline in a real browser, on light and dark documents, to be looked at in `out/pictures`.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { stepEvents } from "../../../src/core/trace/trace";
import { exportedPieces } from "../../../src/session/view/export";
import type { Viewed } from "../../../src/session/view/viewed";
import type { Content } from "../../unit/core/chunks";
import { exported } from "../../unit/core/export/exported";
import { sharedContext } from "../browser";

const hostileName = "</text><script>document.title = 'hacked'</script>";

/** The runs in the pictures: few steps with every mark, as many tasks as there are patterns, and more tasks than there are lanes. */
const runs = {
  few: { tasks: 3, steps: 40 },
  patterns: { tasks: 30, steps: 90 },
  many: { tasks: 500, steps: 60_000 },
};

describe("pictures of an exported timeline", () => {
  before(async () => {
    await mkdir("out/pictures", { recursive: true });
  });

  for (const [name, { tasks, steps }] of Object.entries(runs)) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`shows ${name} in ${colorScheme} surroundings`, async () => {
        const svg = await pictureOf(tasks, steps);
        const page = await (await sharedContext()).newPage();
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width: 1040, height: 960 });
        await page.setContent(
          `<body style="background: ${colorScheme === "light" ? "#fff" : "#0d1117"}; margin: 20px"><img src="data:image/svg+xml,${encodeURIComponent(svg)}">`,
        );
        // An SVG that is not well-formed has no size.
        await page.waitForFunction("document.images[0]?.complete");
        assert.equal(await page.evaluate("document.images[0].naturalWidth"), 1_000);
        await page.screenshot({ path: `out/pictures/svg-${name}-${colorScheme}.png`, fullPage: true });
        await page.close();
      });
    }
  }

  it("can be embedded in a page without running a script or causing an error", async () => {
    const page = await (await sharedContext()).newPage();
    await page.setContent(await pictureOf(3, 40));
    assert.equal(await page.locator("script").count(), 0);
    assert.equal(await page.title(), "");
    const parsed = `new DOMParser().parseFromString(document.querySelector("svg").outerHTML, "image/svg+xml")`;
    assert.equal(await page.evaluate(`${parsed}.querySelectorAll("parsererror").length`), 0);
    await page.close();
  });
});

async function pictureOf(tasks: number, steps: number): Promise<string> {
  const contents = Array.from({ length: steps }, (_, index) => stepOf(index, tasks, steps));
  const names = Array.from({ length: tasks }, (_, task) => (task === 1 ? hostileName : `worker ${task + 1}`));
  const printed = [{ step: 5, stream: "stdout" as const, text: "hello\n" }];
  const { trace, output, tasks: named, file } = exported({ contents, names, printed, segmentSteps: 65_536 });
  const viewed = { run: { trace, output, tasks: named, added: [], scheduler: { changes: [] } }, head: steps, options: { file } };
  let text = "";
  for await (const piece of exportedPieces(viewed as unknown as Viewed, "svg")) text += piece.text;
  return text;
}

/** Tasks take turns; near the end they end one after the other, each in another way. One step in forty is long. */
function stepOf(index: number, tasks: number, steps: number): Content {
  const left = steps - index;
  const event = left <= Math.min(3, tasks) ? (stepEvents[left] ?? "yielded") : "yielded";
  return { task: index % tasks, event, value: "1", point: 0, micros: index % 40 === 17 ? 5_000 : 1 + (index % 7) };
}
