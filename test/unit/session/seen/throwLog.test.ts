import assert from "node:assert/strict";
import type { Thrown } from "../../../../src/core/trace/thrown";
import type { PagedStore } from "../../../../src/session/seen/pagedStore";
import { ThrowLog } from "../../../../src/session/seen/throwLog";
import type { ThrownRecord } from "../../../../src/session/seen/thrownRecord";

const many = 3_000;

function thrown(step: number): Thrown {
  return { message: `Error: ${step}`, frames: [] };
}

/** A file that keeps its data in memory, and counts reads. */
function store() {
  const written = new Map<number, ThrownRecord[]>();
  let works = true;
  const made = {
    reads: 0,
    problem: undefined as Error | undefined,
    set works(value: boolean) {
      works = value;
    },
    numbers: [] as number[],
    has: (step: number) => written.has(step),
    get(step: number) {
      made.reads += 1;
      return written.get(step) ?? [];
    },
    put(records: readonly ThrownRecord[]) {
      made.problem = works ? undefined : new Error("full");
      if (!works) return false;
      for (const record of records) written.set(record.step, [record]);
      made.numbers = [...written.keys()];
      return true;
    },
  };
  return made;
}

describe("thrown errors", () => {
  it("are available for every step, although few stay in memory", () => {
    const file = store();
    const log = new ThrowLog(file as unknown as PagedStore<ThrownRecord>);
    for (let step = 1; step <= many; step += 1) log.add(step, thrown(step));
    assert.ok(file.numbers.length > many - 1_024, `${file.numbers.length} are in the file`);
    for (let step = 1; step <= many; step += 1) assert.deepEqual(log.of(step), thrown(step));
    assert.ok(file.reads > many / 2);
    assert.equal(log.of(many + 1), undefined);
    assert.deepEqual(
      [...log.all()].flat().map(({ step }) => step),
      Array.from({ length: many }, (_, index) => index + 1),
    );
  });

  it("stay in memory while the file rejects them, and are written later", () => {
    const file = store();
    const log = new ThrowLog(file as unknown as PagedStore<ThrownRecord>);
    file.works = false;
    for (let step = 1; step <= many; step += 1) log.add(step, thrown(step));
    assert.equal(file.numbers.length, 0);
    for (let step = 1; step <= many; step += 1) assert.deepEqual(log.of(step), thrown(step));
    assert.equal(file.reads, 0);
    file.works = true;
    log.flush();
    assert.equal(file.numbers.length, many);
  });
});
