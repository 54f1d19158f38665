// The outcomes of a search in a trace file.

import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { Recording } from "../../../../src/session/openedRecording";
import { exploredSections, metaOf, metaSection } from "../../../../src/session/recording/encode";
import { sectionKind } from "../../../../src/session/recording/format";
import { saveTrace } from "../../../../src/session/recording/save";
import { SectionFile } from "../../../../src/session/recording/sectionFile";
import { SectionWriter } from "../../../../src/session/recording/sectionWriter";
import { viewOf } from "../../../../src/session/view/view";
import { savedObjects } from "../explore/savedSearches";
import { Folder, lookedAt, MadeUpRun, nothing } from "./viewed";

describe("the outcomes of a search in a trace", () => {
  const folder = new Folder();
  const path = folder.file("explored.yieldtrace");
  const other = folder.file("other.yieldtrace");

  /** Saves a trace with what a search has found. */
  async function save(objects: readonly object[], to = path): Promise<void> {
    const run = new MadeUpRun(nothing);
    run.exploration = { saved: objects, isUnderWay: false, witness: () => "" };
    await saveTrace(run, to);
  }

  /** The bytes of the file with the content of its first section of outcomes changed. */
  function damaged(): Buffer {
    const file = new SectionFile(path);
    const place = file.places.find(({ kind }) => kind === sectionKind.explored);
    file.close();
    const bytes = readFileSync(path);
    const at = (place?.offset ?? 0) + 40;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  }

  it("are shown with what was asked, and their witnesses can be copied", async () => {
    await save(savedObjects());
    await lookedAt(path, (recording) => {
      const { exploring } = viewOf(recording);
      assert.equal(exploring?.check, "account === 2");
      const { outcomes, ...search } = exploring?.search ?? {};
      assert.deepEqual(search, {
        status: "over",
        tried: 20,
        countsClasses: false,
        rate: 0,
        check: "account === 2",
        calls: ["f1()", "f2(3)"],
        strategy: "exhaustive",
        more: 0,
        failing: 1,
        says: ["All 20 orders."],
        verdicts: [{ state: "found", text: "Breaks the check in 12 of 20 orders." }],
      });
      assert.deepEqual(
        outcomes?.map(({ id, orders, share, failing, end, explanation }) => [id, orders, share, failing, end, explanation]),
        [
          [
            0,
            12,
            0.6,
            true,
            "the check does not hold: account === 2",
            "The outcome turns on whether step 3 comes before step 2.",
          ],
          [1, 8, 0.4, false, "all tasks have ended", undefined],
        ],
      );
      assert.equal(recording.exploration?.witness(1), 'round-robin; "f1()" "f2(3)"; 0*3 1*3');
      assert.throws(() => recording.exploration?.witness(2), /There is no such outcome in the trace\./);
      assert.equal(recording.missing, undefined);
    });
  });

  it("stay as they are when the opened trace is saved again, with what a later version has added", async () => {
    const objects = savedObjects({ outdated: "file", status: "cancelled" }).map((each) => ({ ...each, added: { later: true } }));
    await save(objects);
    await lookedAt(path, (recording) => saveTrace(recording, other));
    await lookedAt(other, (recording) => {
      assert.deepEqual(recording.exploration?.saved, objects);
      const { status, outdated } = viewOf(recording).exploring?.search ?? {};
      assert.deepEqual([status, outdated], ["cancelled", "file"]);
    });
  });

  it("are absent from a trace without a search", async () => {
    await save([]);
    await lookedAt(path, (recording) => {
      assert.equal(recording.exploration, undefined);
      assert.equal(viewOf(recording).exploring, undefined);
    });
  });

  it("are divided into sections if they are long, and not shown if one of these is lost", async () => {
    const long = { ...savedObjects()[0], explanation: "so long ".repeat(100_000) };
    const objects = [long, long, ...savedObjects({ outcomes: 4 })];
    await save(objects);
    await lookedAt(path, (recording) => {
      assert.deepEqual(recording.exploration?.saved, objects);
      assert.ok((viewOf(recording).exploring?.search?.outcomes[0]?.explanation?.length ?? 0) < 2_000);
    });
    writeFileSync(path, damaged());
    await lookedAt(path, isNotThere);
  });

  it("are not shown if they are not what they should be", async () => {
    const [first, second, search] = savedObjects() as [object, object, object];
    const wrong: readonly (readonly object[])[] = [
      [first, search],
      [first, second],
      [first, { ...second, orders: -1 }, search],
      [first, second, { ...search, saved: { outcomes: 2 } }],
      [{}],
    ];
    for (const objects of wrong) {
      await save(objects);
      await lookedAt(path, isNotThere);
    }
  });

  it("are refused by a session of another version, which cannot read them, and the session is there all the same", async () => {
    const [first, second, search] = savedObjects() as [object, object, object & { saved: object }];
    const later = [first, second, { ...search, saved: { ...search.saved, time: "of another kind" } }];
    await save(later);
    const recording = new Recording(path, "reload");
    assert.deepEqual(viewOf(recording).exploring, { check: "", invariant: "", policy: "round-robin", strategy: "" });
    assert.match(recording.notice?.message ?? "", /^The window was reloaded, .* the outcomes of exploring could not be read\.$/);
    recording.close();
  });

  it("cannot be opened after a reload if the text that was explored is not known", async () => {
    await save(savedObjects());
    const recording = new Recording(path, "reload");
    assert.equal(viewOf(recording).exploring?.search?.outdated, "file");
    recording.close();
  });

  describe("that are written again and again", () => {
    /** Writes a file with what several searches have found, one after the other. */
    function write(...searches: readonly (readonly object[])[]): void {
      const descriptor = openSync(path, "w");
      const writer = new SectionWriter(descriptor);
      writer.append([metaSection(metaOf(new MadeUpRun(nothing)))]);
      for (const [index, objects] of searches.entries()) writer.append(exploredSections(objects, index + 1));
      writer.finish();
      closeSync(descriptor);
    }

    it("are those of the last time, however much came before", async () => {
      const long = { ...savedObjects()[0], explanation: "so long ".repeat(450_000) };
      const searches = Array.from({ length: 10 }, () => [long, ...savedObjects({ outcomes: 3 })]);
      write(...searches, savedObjects({ status: "cancelled" }));
      await lookedAt(path, (recording) => {
        assert.equal(recording.missing, undefined);
        assert.equal(viewOf(recording).exploring?.search?.status, "cancelled");
      });
    });

    it("are none if there was nothing the last time", async () => {
      write(savedObjects(), []);
      await lookedAt(path, (recording) => {
        assert.equal(recording.missing, undefined);
        assert.equal(recording.exploration, undefined);
      });
    });
  });

  function isNotThere(recording: Parameters<Parameters<typeof lookedAt>[1]>[0]): void {
    assert.equal(viewOf(recording).exploring, undefined);
    assert.equal(recording.missing, "the outcomes of exploring");
  }
});
