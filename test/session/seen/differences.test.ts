/**
 * The changes made by a step, marked in locals and inside values, in both languages.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { MarkedProperty } from "../../../src/protocol/stepDetail";
import type { Session } from "../../../src/session/session";
import { detailOf, expandedOf } from "../../../src/session/view/detail";
import { sessionOn, stopAll } from "../sessions";

const script = resolve("test/fixtures/session/changing.ts");

/** Expands a value completely, as a user does who keeps it open while stepping. */
async function open(session: Session, handle: number | undefined, depth = 0): Promise<string[]> {
  if (handle === undefined) return [];
  const { properties } = await expandedOf(session, handle, 0);
  const lines: string[] = [];
  for (const property of properties.filter(({ name }) => name !== "length" && name !== "[[Prototype]]")) {
    lines.push(`${"  ".repeat(depth)}${marked(property)}`, ...(await open(session, property.value.handle, depth + 1)));
  }
  return lines;
}

/** Without quotes, which differ between the languages. */
function marked({ name, value, change, was }: MarkedProperty): string {
  const text = value.handle === undefined ? ` ${value.text}` : "";
  const before = was !== undefined && value.handle === undefined ? ` was ${was}` : "";
  return `${change ? `[${change}] ` : ""}${name}${text}${before}`.replace(/["']/g, "").replace(/true/i, "true");
}

async function sessionWithTwo(file: string): Promise<Session> {
  const session = await sessionOn(file, { until: "all" });
  await session.open();
  for (const call of ["changes()", "idles()"]) await session.add(call);
  return session;
}

const shownValue = (session: Session) => detailOf(session).value;

for (const [language, file] of [
  ["JavaScript", script],
  ["Python", script.replace(/ts$/, "py")],
] as const) {
  describe(`what a step changed in ${language}`, () => {
    afterEach(stopAll);

    const all = [
      "[changed] list",
      "  [added] 0 z",
      "  1 a",
      "  2 b",
      "same",
      "  0 1",
      "[removed] gone 1",
      "[changed] deep",
      "  [changed] inner",
      "    [changed] count 1 was 0",
      "[added] fresh true",
    ];

    it("is marked at every depth that was expanded at both steps, live and in the past", async () => {
      const session = await sessionWithTwo(file);
      await session.step();
      assert.equal(shownValue(session)?.change, undefined);
      assert.ok((await open(session, shownValue(session)?.handle)).every((line) => !line.includes("[")));
      await session.step();
      await session.step();
      assert.equal(shownValue(session)?.change, "changed");
      assert.deepEqual(await open(session, shownValue(session)?.handle), all);
      const locals = detailOf(session).frames[0]?.locals.map(({ name, change }) => [name, change]);
      assert.deepEqual(locals, [
        ["state", "changed"],
        ["names", "changed"],
      ]);
      await session.step();
      session.select(3);
      assert.deepEqual(await open(session, shownValue(session)?.handle), all);
    });

    it("is not guessed if the previous step was not expanded", async () => {
      const session = await sessionWithTwo(file);
      await session.step();
      await session.step();
      await session.step();
      // One level is expanded automatically, so everything deeper is unknown at the previous step.
      const lines = await open(session, shownValue(session)?.handle);
      assert.deepEqual(
        lines.filter((line) => line.includes("[")),
        ["[changed] list", "[removed] gone 1", "[changed] deep", "[added] fresh true"],
      );
    });

    it("is marked in a rebuilt step, and only where something changed", async () => {
      const session = await sessionWithTwo(file);
      await session.go(6);
      session.select(3);
      await session.rebuild();
      const { handle = -1 } = shownValue(session) ?? {};
      const { properties } = await expandedOf(session, handle, 0);
      assert.deepEqual(properties.filter(({ change }) => change).map(marked), [
        "[changed] list",
        "[removed] gone 1",
        "[changed] deep",
        "[added] fresh true",
      ]);
      session.select(5);
      await session.rebuild();
      assert.deepEqual(
        [shownValue(session)?.change, detailOf(session).frames[0]?.locals.some(({ change }) => change)],
        [undefined, false],
      );
    });
  });
}
