import assert from "node:assert/strict";
import fc from "fast-check";
import { groupKind, rowKind, type WaitRows } from "../../../../src/core/waiting/rows";
import type { PagedStore } from "../../../../src/session/seen/pagedStore";
import { WaitLog } from "../../../../src/session/seen/waitLog";
import { type WaitRecord, waitPageOf } from "../../../../src/session/seen/waitRecord";

/** A row in the notation of these tests. */
interface Row {
  readonly step: number;
  readonly task: number;
  readonly kind: number;
  readonly object: number;
}

function rowsOf(rows: readonly Row[], numbers: readonly number[] = []): WaitRows {
  const base = rows[0]?.step ?? 0;
  return {
    base,
    offset: Uint32Array.from(rows, ({ step }) => step - base),
    object: Uint32Array.from(rows, ({ object }) => object),
    task: Uint16Array.from(rows, ({ task }) => task),
    kind: Uint8Array.from(rows, ({ kind }) => kind),
    numbers: Float64Array.from(numbers),
  };
}

/** A file in memory. */
function store() {
  const pages = new Map<number, WaitRecord[]>();
  const made = {
    reads: 0,
    problem: undefined,
    get numbers() {
      return [...pages.keys()];
    },
    has: (number: number) => pages.has(number),
    get(number: number) {
      made.reads += 1;
      return pages.get(number) ?? [];
    },
    put(records: readonly WaitRecord[]) {
      for (const record of records) {
        const page = waitPageOf(record.first);
        pages.set(page, [...(pages.get(page) ?? []), record]);
      }
      return true;
    },
    damaged: () => assert.fail("What was written is readable."),
  };
  return made satisfies PagedStore<WaitRecord>;
}

/** Writes everything that is not in the file yet, as when a live session is saved. */
function checkpoint(log: WaitLog, file: PagedStore<WaitRecord>): void {
  file.put(log.unwritten);
  log.forgetUnwritten();
}

const stepsOf = (batches: Iterable<WaitRows>) =>
  [...batches].flatMap(({ base, offset, object }) => [...offset].map((each, index) => [base + each, object[index]]));

/** How many steps each row is after the previous one, and whether a batch ends or a checkpoint is made there. */
const histories = fc.array(fc.tuple(fc.constantFrom(0, 0, 1, 2, 40_000), fc.constantFrom("goes on", "ends", "ends", "saved")), {
  minLength: 1,
  maxLength: 60,
});

describe("the wait log", () => {
  it("has all rows from a step on, in order, in memory or in the file", () => {
    fc.assert(
      fc.property(histories, fc.nat(59), (history, from) => {
        const file = store();
        const log = new WaitLog(file);
        const all: Row[] = [];
        let batch: Row[] = [];
        for (const [index, [gap, then]] of history.entries()) {
          const row = { step: (all.at(-1)?.step ?? 1) + gap, task: 0, kind: rowKind.wake, object: index };
          all.push(row);
          batch.push(row);
          if (then === "goes on" && index < history.length - 1) continue;
          log.append(rowsOf(batch));
          batch = [];
          if (then === "saved") checkpoint(log, file);
        }
        checkpoint(log, file);
        const step = all[Math.min(from, all.length - 1)]?.step ?? 1;
        const wanted = all.filter((row) => row.step >= step).map((row) => [row.step, row.object]);
        for (const each of [log, new WaitLog(file)]) {
          const rows = stepsOf(each.from(step)).filter(([at = 0]) => at >= step);
          assert.deepEqual(rows, wanted);
        }
      }),
    );
  });

  it("finds the last rows by reading only the end of its file", () => {
    const file = store();
    const log = new WaitLog(file);
    for (let page = 0; page < 40; page += 1) {
      log.append(rowsOf([{ step: 65_536 * page + 1, task: 0, kind: rowKind.wake, object: page }]));
      checkpoint(log, file);
    }
    file.reads = 0;
    assert.equal(stepsOf(log.from(65_536 * 39)).length, 1);
    assert.equal(file.reads, 0);
    assert.equal(stepsOf(log.from(65_536 * 30)).length, 10);
    assert.ok(file.reads < 10, `${file.reads} pages were read.`);
  });

  it("knows what a task began to wait for in a step, even after it was woken", () => {
    const log = new WaitLog();
    log.append(
      rowsOf(
        [
          { step: 1, task: 0, kind: rowKind.blockSleep, object: 0 },
          { step: 2, task: 1, kind: rowKind.group, object: groupKind.any },
          { step: 2, task: 1, kind: rowKind.blockTake, object: 7 },
          { step: 2, task: 1, kind: rowKind.blockSleep, object: 1 },
          { step: 2, task: 0, kind: rowKind.wake, object: 0 },
        ],
        [30, 40],
      ),
    );
    log.append(rowsOf([{ step: 3, task: 1, kind: rowKind.wake, object: 0 }]));
    const sleep = { kind: rowKind.blockSleep, object: 0, isServed: false };
    assert.deepEqual(log.begunIn(1, 0), { task: 0, how: "one", parts: [{ ...sleep, due: 30 }], since: 1, clock: undefined });
    assert.equal(log.begunIn(2, 0), undefined);
    const take = { kind: rowKind.blockTake, object: 7, due: 0, isServed: false };
    assert.deepEqual(log.begunIn(2, 1), {
      task: 1,
      how: "any",
      parts: [take, { ...sleep, due: 40 }],
      since: 2,
      clock: undefined,
    });
    assert.equal(log.begunIn(3, 1), undefined);
  });
});
