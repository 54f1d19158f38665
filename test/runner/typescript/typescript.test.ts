import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RunnerUnderTest, runners } from "../runners";
import { endAll, startBare } from "../starting";
import { compiledRun, yieldsIn } from "./compiled";
import { configs } from "./configs";
import { decorators } from "./decorators";
import { fields } from "./fields";
import { imports } from "./imports";
import { jsx } from "./jsx";
import { loadedRun, saidBy } from "./loaded";
import { type Program, written } from "./program";
import { syntax } from "./syntax";

const runner = runners.find(({ language }) => language === "javascript") as RunnerUnderTest;

/** What it adds to the language's own objects would be there for the next program in the same process. */
function needs({ main }: Program): { hasGenerator: boolean; isAlone: boolean } {
  return { hasGenerator: /\bfunction\s*\*\s*go\b/.test(main), isAlone: /\((Symbol|Reflect) as any\)\.\w+ \W*=/.test(main) };
}

/** The compiler's output, run by Node, defines what a program means. */
function comparesWith(program: Program): void {
  it(program.about, async () => {
    const folder = written(program);
    try {
      const expected = compiledRun(folder);
      const main = program.isJsx ? "main.tsx" : "main.ts";
      const { points, ...outcome } = await loadedRun(runner, folder, needs(program));
      assert.deepEqual(outcome, expected);
      assert.ok(expected.said.length + expected.yielded.length > 0, "says nothing");
      assert.deepEqual(points.toSorted(), yieldsIn(main, readFileSync(join(folder, main), "utf8")).toSorted());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

describe("TypeScript, as loaded and as compiled", function () {
  // The compiler reads all of its libraries for the first program.
  this.timeout(120_000);
  afterEach(endAll);

  describe("syntax", () => syntax.forEach(comparesWith));
  describe("imports and exports", () => imports.forEach(comparesWith));
  describe("fields", () => fields.forEach(comparesWith));
  describe("decorators", () => decorators.forEach(comparesWith));
  describe("JSX", () => jsx.forEach(comparesWith));

  describe("the tsconfig.json", () => {
    it("is read again at the next load, with everything else that was read from other files", async () => {
      const folder = written({
        about: "",
        main: `
          import { Level } from "./levels"; export { Shape } from "./shapes"; import * as self from "./main";
          class A { constructor() { this.start(); } start() {} }
          class B extends A { x?: number; override start() { this.x = 5; } }
          say(String(new B().x), Level.High, Object.keys(self).includes("Shape"));`,
        files: { "levels.ts": "export const enum Level { High = 1 }", "shapes.ts": "export interface Shape {}" },
      });
      try {
        const client = startBare(runner);
        await client.hello();
        assert.deepEqual(await saidBy(client, folder), ["undefined 1 false"]);
        writeFileSync(join(folder, "tsconfig.json"), '{"compilerOptions": {"target": "es2017"}}');
        writeFileSync(join(folder, "levels.ts"), "export const enum Level { High = 2 }");
        writeFileSync(join(folder, "shapes.ts"), "export class Shape {}");
        assert.deepEqual(await saidBy(client, folder), ["5 2 true"]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    for (const program of configs) {
      it(program.about, async () => {
        const folder = written(program);
        try {
          const { said } = await loadedRun(runner, folder, { ...needs(program), hasGenerator: false });
          assert.deepEqual(said, program.says);
        } finally {
          rmSync(folder, { recursive: true });
        }
      });
    }
  });
});
