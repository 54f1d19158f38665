import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import fc from "fast-check";
import type { Change, NotedChange } from "../../../../src/core/schedule/changes";
import { ScheduleReplay } from "../../../../src/core/scheduler/replay";
import { OrderError } from "../../../../src/session/common/errors";
import type { Recording } from "../../../../src/session/openedRecording";
import { scheduleTextOf } from "../../../../src/session/order/scheduleExport";
import { changeSections, metaOf, metaSection } from "../../../../src/session/recording/encode";
import { type EncodedSection, encodeCompressed, encodeFileHeader } from "../../../../src/session/recording/format";
import { saveTrace } from "../../../../src/session/recording/save";
import { viewOf } from "../../../../src/session/view/view";
import { deeds, Lived } from "../../core/policies/deeds";
import { anyPolicy, texts } from "../../core/policies/program";
import { Folder, livedRun, lookedAt, MadeUpRun, madeUp, nothing, whyOf } from "./viewed";

const task = fc.nat(5);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant("policy" as const), policy: fc.constantFrom(...texts, "of-tomorrow:seed=1", "mine.ts", "") }),
  fc.record({ kind: fc.constant("add" as const), call: fc.string() }),
  fc.record({ kind: fc.constantFrom("hold" as const, "release" as const, "close" as const, "pick" as const), task }),
  fc.record({ kind: fc.constant("throw" as const), task, expression: fc.string() }),
);

describe("the order of a run in a saved trace", () => {
  const path = new Folder().file("a.yieldtrace");

  it("is the same as in the session: the policy, the schedule, the held-back tasks, and the reason for each step", async () => {
    await fc.assert(
      fc.asyncProperty(anyPolicy, deeds, fc.array(fc.nat(1000), { maxLength: 20 }), async (policy, all, asked) => {
        const lived = new Lived(policy, 3).live(all);
        const { scheduler } = lived.program;
        const run = livedRun(lived);
        await saveTrace(run, path);
        await lookedAt(path, async (recording) => {
          assert.equal(recording.notice, undefined);
          assert.equal(viewOf(recording).policy?.text, scheduler.policyText);
          assert.equal(await scheduleTextOf(recording.run), await scheduleTextOf(run.run));
          assert.deepEqual([...recording.heldAfter(recording.head)].sort(), [...scheduler.held].sort());
          for (const step of asked.map((number) => number % (recording.head + 1)).filter((step) => step > 0)) {
            assert.equal(await whyOf(recording, step), lived.reasons[step - 1]);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it("includes which steps followed a schedule, and which were planned ahead", async () => {
    const lived = new Lived("fair", 3);
    const { scheduler } = lived.program;
    scheduler.follow(new ScheduleReplay([{ kind: "picks", picks: [0, 0, 0], times: 1 }]));
    lived.live([{ what: "run", which: 4, policy: "" }], 40);
    await saveTrace(livedRun(lived), path);
    await lookedAt(path, async (recording) => {
      const reasons = new Set<string | undefined>();
      assert.equal(await whyOf(recording, 3), "as the schedule says");
      for (let step = 4; step <= recording.head; step += 1) reasons.add(await whyOf(recording, step));
      assert.ok(reasons.has("planned ahead by least run time") && !reasons.has("as the schedule says"));
    });
  });

  it("is absent if it was not saved", async () => {
    const contents = [{ task: 0, event: "yielded", value: "1", point: 1, micros: 1 }] as const;
    await saveTrace(new MadeUpRun({ ...nothing, contents }), path);
    await lookedAt(path, (recording) => {
      const { policy, schedule, now } = viewOf(recording);
      assert.deepEqual([recording.notice, policy, schedule, now?.why], [undefined, undefined, undefined, undefined]);
    });
  });

  it("is shown as far as it fits the steps, for any content of the file", async () => {
    const noted = fc.array(fc.record({ after: fc.nat(20), change }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(madeUp, noted, fc.nat(70), fc.boolean(), async (made, changes, steps, inOrder) => {
        if (inOrder) changes.sort((one, other) => one.after - other.after);
        const tasks = new MadeUpRun(made).run.tasks;
        await saveTrace(new MadeUpRun(made, { scheduler: { tasks, changes, steps } }), path);
        await lookedAt(path, looksEverywhere);
      }),
      { numRuns: 300 },
    );
  });

  it("is left out from the first missing or invalid piece on", async () => {
    const changes: NotedChange[] = [
      { after: 0, change: { kind: "policy", policy: "fcfs" } },
      { after: 0, change: { kind: "add", call: "f0()" } },
    ];
    const meta = metaSection(metaOf(new MadeUpRun(nothing)));
    const [whole] = changeSections(changes, 0, 0);
    const [late] = changeSections(changes, 1, 0);
    const blank = encodeCompressed("changes", Buffer.alloc(17 * 1024 * 1024, " "));
    const lost = /some changes to the order could not be read/;
    assert.ok(whole && late);
    await shows([meta, whole], undefined, 'fcfs; "f0()";');
    await shows([meta, late], lost, undefined);
    await shows([meta, whole, late], lost, 'fcfs; "f0()";');
    await shows([meta, ...changeSections([...changes].reverse(), 0, 0), whole], lost, undefined);
    await shows([meta, blank, blank], lost, undefined);
  });

  async function shows(
    sections: readonly EncodedSection[],
    notice: RegExp | undefined,
    schedule: string | undefined,
  ): Promise<void> {
    writeFileSync(
      path,
      Buffer.concat([encodeFileHeader(), ...sections.flatMap(({ header, stored }) => [header, stored].flat())]),
    );
    await lookedAt(path, (recording) => {
      if (notice) assert.match(recording.notice?.message ?? "", notice);
      else assert.equal(recording.missing, undefined);
      assert.equal(viewOf(recording).schedule?.text, schedule);
    });
  }
});

/** Only errors with a message for the user may be thrown. */
async function looksEverywhere(recording: Recording): Promise<void> {
  for (let step = recording.head; step >= 0; step -= 1) {
    recording.select(step);
    viewOf(recording);
  }
  await scheduleTextOf(recording.run).catch((error: unknown) => assert.ok(error instanceof OrderError, String(error)));
}
