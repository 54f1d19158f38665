import assert from "node:assert/strict";
import { neededNames } from "../../../src/finder";

const isGlobal = (name: string) => name === "Math";

function needed(text: string, ...expressions: string[]) {
  const { imports, missing } = neededNames(text, "typescript", expressions, isGlobal);
  return { imports: imports.map(({ name, exported }) => `${name} as ${exported}`), missing };
}

describe("neededNames", () => {
  it("finds each kind of export", () => {
    const text = `
      export let a = 1, b = 2;
      export const { c, d: [e] } = made();
      export function* f() { const inner = 1; yield inner; }
      export class G {}
      export default function* h() {}
      function* i() {}
      export { i as j };
    `;
    assert.deepEqual(needed(text, "f(a, b, c, e)", "new G().run()", "h()", "i()"), {
      imports: ["f as f", "a as a", "b as b", "c as c", "e as e", "G as G", "h as default", "i as j"],
      missing: [],
    });
  });

  it("says what is missing: what a module keeps for itself, and what nobody defines", () => {
    const text = "let own = 1; import { mutex } from 'cotasks'; const Math = 2; export function* f() { let inner; }";
    assert.deepEqual(needed(text, "f(own, mutex, inner)", "Math === 2").missing, ["own", "mutex", "inner", "Math"]);
  });

  it("needs no globals, properties, or names that the expression defines", () => {
    const text = "export const list = [];";
    assert.deepEqual(needed(text, "list.every((each) => Math.abs(each.size) > 0)"), { imports: ["list as list"], missing: [] });
  });
});
