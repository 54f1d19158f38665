/**
 * axe-core finds nothing in any state of the panel, in any kind of theme.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { AxeResults } from "axe-core";
import type { Panel } from "../browser";
import { themes } from "../looks";
import { contributedColours } from "../runs";
import { openedIn, states } from "./states";

const script = readFile("node_modules/axe-core/axe.min.js", "utf8");

/** What axe finds, one line per element. @param only the rules to check; all by default */
async function findings(panel: Panel, only?: string): Promise<string[]> {
  const options = { resultTypes: ["violations"], ...(only === undefined ? {} : { runOnly: only }) };
  const { violations } = await panel.page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
  );
}

describe("axe in the panel", () => {
  for (const name of Object.keys(states)) {
    it(`finds nothing in the state "${name}", in any theme`, async () => {
      const panel = await openedIn(name, { width: 720, height: 1_200 });
      await panel.page.evaluate(await script);
      assert.deepEqual(await findings(panel), []);
      // A theme changes colours alone.
      for (const [theme, classes] of Object.entries(themes)) {
        await panel.theme(classes);
        const colours = Object.entries(contributedColours(classes)).map((entry) => entry.join(":"));
        await panel.page.evaluate(`document.documentElement.style.cssText = ${JSON.stringify(colours.join(";"))}`);
        assert.deepEqual(await findings(panel, "color-contrast"), [], theme);
      }
      await panel.close();
    });
  }
});
