/**
 * Hostile texts as names, values, output and errors of a program, on their way through a session to its views and exports.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import * as v from "valibot";
import { Row, View } from "../../src/protocol/panel";
import type { Session } from "../../src/session/session";
import { expandedOf } from "../../src/session/view/detail";
import { type ExportFormat, exportedPieces } from "../../src/session/view/export";
import { rowsOf, viewOf } from "../../src/session/view/view";
import { hostile, unseen } from "../fixtures/hostile";
import { folderWith, removeFolders } from "../runner/folder";
import { sessionOn, stopAll } from "../session/sessions";
import { elementsOf } from "../unit/core/export/xml";

const texts = Object.values(hostile);

const programs = {
  "program.cjs": `
const texts = JSON.parse(require("node:fs").readFileSync(__dirname + "/texts.json", "utf8"));

const makers = texts.map((text) => ({
  [text]: function* () {
    const own = { [text]: [text] };
    console.log(text);
    yield text;
    yield own;
    throw new Error(text);
  },
})[text]);

function make(index) {
  return makers[index]();
}
`,
  "program.py": `
import json, os, sys

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "texts.json")) as file:
    texts = json.load(file)


def make(index):
    text = texts[index]

    def tells():
        own = {text: [text]}
        print(text)
        yield text
        yield own
        raise ValueError(text)

    tells.__name__ = tells.__qualname__ = text
    return tells()
`,
};

for (const [name, program] of Object.entries(programs)) {
  describe(`hostile texts of ${name}`, () => {
    afterEach(() => {
      stopAll();
      removeFolders();
    });

    async function exported(session: Session, format: ExportFormat): Promise<string> {
      const pieces: string[] = [];
      for await (const { text } of exportedPieces(session, format)) pieces.push(Buffer.from(text).toString());
      return pieces.join("");
    }

    it("come to all views and exports as text", async () => {
      const folder = folderWith({ [name]: program, "texts.json": JSON.stringify(texts) });
      const session = await sessionOn(join(folder, name), { until: "all" });
      await session.open();
      for (const index of texts.keys()) await session.add(`make(${index})`);
      for (const text of [...texts, ...texts]) {
        await session.step();
        const own = viewOf(session).detail?.frames[0]?.locals.find((local) => local.name === "own");
        const { properties } = await expandedOf(session, own?.value.handle ?? -1, 0);
        // Long names are cut.
        assert.ok(properties.some((property) => property.name.length >= Math.min(text.length, 40)));
      }
      const names = session.run.tasks.map((task) => task.name);
      assert.equal(new Set(names).size, texts.length);
      await session.go(Number.POSITIVE_INFINITY);
      assert.equal(session.status, "finished");
      assert.ok(session.run.tasks.every(({ state }) => state === "threw"));
      const { tasks } = v.parse(View, structuredClone(viewOf(session)));
      assert.deepEqual(
        tasks.map((task) => task.name),
        names,
      );
      const rows = v.parse(v.array(Row), structuredClone(rowsOf(session, 1, session.head)));
      assert.equal(rows.length, 3 * texts.length);

      assert.doesNotMatch(await exported(session, "text"), unseen);
      const lines = (await exported(session, "jsonl"))
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      assert.deepEqual(Object.keys(lines.at(-1).outcome.tasks).sort(), [...names].sort());
      JSON.parse(await exported(session, "chrome"));
      elementsOf(await exported(session, "svg"));
    });
  });
}
