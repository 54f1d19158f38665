/**
 * A value that is too long for its preview can be read in full, live and in the past, in both languages.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { MarkedExpansion } from "../../../src/session/view/detail";
import { detailOf, expandedOf } from "../../../src/session/view/detail";
import { sessionOn, stopAll } from "../sessions";

const numbers = Array.from({ length: 20_000 }, (_, at) => String(at).padStart(5, "0")).join("");
const script = resolve("test/fixtures/session/longText.ts");

function joined({ properties }: MarkedExpansion): string {
  return properties.map(({ value }) => value.text.slice(1, -1)).join("");
}

describe("a value that is too long for its preview", () => {
  afterEach(stopAll);

  for (const file of [script, script.replace(/ts$/, "py")]) {
    it(`is read in full from ${file.slice(-2)}, and the piece that changed behind an equal preview is marked`, async () => {
      const session = await sessionOn(file, { until: "all" });
      await session.open();
      await session.add("collects()");
      await session.step();
      await session.step();
      const { value, frames } = detailOf(session);
      assert.equal(value?.change, "inside");
      for (const handle of [value?.handle, frames[0]?.locals.find(({ name }) => name === "collected")?.value.handle]) {
        const expansion = await expandedOf(session, handle ?? -1, 0);
        assert.equal(joined(expansion), `${numbers.slice(0, -1)}!`);
        assert.deepEqual(
          expansion.properties.filter(({ change }) => change).map(({ name }) => name),
          ["99000–99999"],
        );
      }
      session.select(1);
      assert.equal(joined(await expandedOf(session, detailOf(session).value?.handle ?? -1, 0)), numbers);
    });
  }
});
