/**
 * What the package is made of, from the files that are in it.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Materials {
  packagesOf(files: readonly string[]): string[];
  billOf(folders: readonly string[]): Promise<string>;
  licencesOf(folders: readonly string[]): Promise<string>;
}

const folders = ["node_modules/@lezer/lr", "node_modules/preact"];
const versionOf = (folder: string) => JSON.parse(readFileSync(`${folder}/package.json`, "utf8")).version;

describe("what the package is made of", () => {
  let materials: Materials;
  before(async () => {
    materials = await import(pathToFileURL(join(__dirname, "../../../build/materials.mjs")).href);
  });

  it("are the packages of its files, each once, and the innermost of nested ones", () => {
    const files = ["src/cli.ts", "node_modules/preact/dist/preact.mjs", "node_modules/@lezer/lr/dist/index.js"];
    assert.deepEqual(materials.packagesOf([...files, "node_modules/preact/hooks/dist/hooks.mjs"]), folders);
    const nested = "node_modules/one/node_modules/@scope/two";
    assert.deepEqual(materials.packagesOf([`${nested}/index.js`, "stand-in:debug"]), [nested]);
  });

  it("are listed with their versions and licences", async () => {
    const { components, metadata } = JSON.parse(await materials.billOf(folders));
    assert.equal(metadata.component.name, "yieldpoint");
    const [lezer, preact] = folders.map(versionOf);
    assert.deepEqual(
      components.map((each: Record<string, unknown>) => [each.name, each.purl, each.licenses]),
      [
        ["@lezer/lr", `pkg:npm/%40lezer/lr@${lezer}`, [{ expression: "MIT" }]],
        ["preact", `pkg:npm/preact@${preact}`, [{ expression: "MIT" }]],
      ],
    );
  });

  it("has the text of each licence, and fails for a package without one", async () => {
    assert.match(await materials.licencesOf(folders), /^@lezer\/lr \d.*MIT License.*^preact \d.*MIT License/ms);
    await assert.rejects(materials.licencesOf(["packages/cotasks/javascript"]), /licence/);
  });
});
