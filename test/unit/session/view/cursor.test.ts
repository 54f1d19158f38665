import assert from "node:assert/strict";
import { type ChangeFinder, Cursor } from "../../../../src/session/view/cursor";
import { type MadeUp, MadeUpRun, nothing } from "../recording/viewed";

const step = { task: 0, event: "yielded", value: "1", point: 1, micros: 1 } as const;
const seen = [
  { step: 1, text: "1" },
  { step: 2, text: "2" },
  { step: 4, text: "3" },
];
/** Four steps, of which the third was not captured. */
const made: MadeUp = { ...nothing, contents: [step, step, step, step], watched: seen };

const silent = () => undefined;

describe("the step that is shown", () => {
  it("is the head, until another one is selected, and again once the head is selected", () => {
    const cursor = new Cursor(new MadeUpRun(made), silent);
    assert.equal(cursor.step, 4);
    cursor.select(2);
    assert.deepEqual([cursor.step, cursor.head], [2, 4]);
    cursor.followHead();
    assert.equal(cursor.step, 4);
    for (const [wanted, shown] of [
      [-1, 0],
      [9, 4],
    ] as const) {
      cursor.select(wanted);
      assert.equal(cursor.step, shown);
    }
  });

  it("is the last one of another run, if that is shorter than the selected step", () => {
    const shown = { run: new MadeUpRun(made).run };
    const cursor = new Cursor(shown, silent);
    cursor.select(3);
    shown.run = new MadeUpRun({ ...nothing, contents: [step] }).run;
    assert.equal(cursor.step, 1);
  });

  it("has a note that it is the nearest known change, until another step is shown", async () => {
    const cursor = new Cursor(new MadeUpRun(made), silent);
    await cursor.goTo("previousChange", { watch: "total" });
    assert.match(cursor.noteOn("total") ?? "", /It was not evaluated at every step from 3 to 3/);
    cursor.select(1);
    assert.equal(cursor.noteOn("total"), undefined);
  });

  it("is where a search found a change among unevaluated steps; moving it ends the search", async () => {
    const calls: string[] = [];
    const finder: ChangeFinder = {
      leave: () => calls.push("leave"),
      findChange: async (place, expression) => {
        calls.push(`${place} of ${expression}`);
        return { step: 3 };
      },
      rebuild: async (wanted) => void calls.push(`rebuild ${wanted}`),
    };
    const cursor = new Cursor(new MadeUpRun(made), silent, finder);
    await cursor.goTo("previousChange", { watch: "total" });
    assert.equal(cursor.step, 3);
    assert.deepEqual(calls, ["previousChange of total", "leave", "rebuild 3"]);
  });

  it("stays if a search fails, with a note of the reason", async () => {
    const refuse = () => Promise.reject(new Error("The file was changed."));
    const finder: ChangeFinder = { leave: silent, findChange: refuse, rebuild: refuse };
    const cursor = new Cursor(new MadeUpRun(made), silent, finder);
    await cursor.goTo("previousChange", { watch: "total" });
    assert.match(cursor.noteOn("total") ?? "", /^The file was changed\./);
  });
});
