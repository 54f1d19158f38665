/**
 * Steps of processes that run at the same time, brought into the order in which they ended.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { StepChunk } from "../../../../src/core/trace/trace";
import { PendingSteps } from "../../../../src/session/processes/pendingSteps";
import { takenUntil } from "../../../../src/session/processes/stepOrder";

function chunkOf(values: readonly string[], micros: readonly number[]): StepChunk {
  const count = micros.length;
  return {
    first: 1,
    task: new Uint16Array(count),
    event: new Uint8Array(count),
    value: Uint16Array.from(values.keys()),
    point: new Uint16Array(count),
    micros: Float32Array.from(micros),
    values,
  };
}

/** The slices of a process: pauses before them, and how long they take. */
const slices = fc.array(fc.record({ pause: fc.nat(20), took: fc.nat(30) }), { maxLength: 20 });

describe("the steps of several processes", () => {
  it("are taken in the order in which they ended, those of a process in its own", () => {
    fc.assert(
      fc.property(fc.array(slices, { minLength: 1, maxLength: 5 }), fc.nat(300), (processes, time) => {
        const sources = processes.map((own, process) => {
          const pending = new PendingSteps();
          let now = 0;
          for (const [index, { pause, took }] of own.entries()) {
            pending.add(chunkOf([`${process}:${index}`], [took]), now + pause);
            now += pause + took;
          }
          return { pending, tasks: [process] };
        });
        const early = takenUntil(sources, time, 1, () => undefined);
        const late = takenUntil(sources, Number.POSITIVE_INFINITY, 1 + (early?.task.length ?? 0), () => undefined);
        const steps = [early, late].flatMap((chunk) =>
          chunk
            ? [...chunk.task].map((task, index) => ({
                task,
                value: chunk.values.at(chunk.value[index] as number) as string,
                ended: (chunk.began?.[index] ?? Number.NaN) + (chunk.micros[index] as number),
              }))
            : [],
        );
        assert.equal(steps.length, processes.flat().length);
        assert.deepEqual(
          steps.map(({ ended }) => ended),
          steps.map(({ ended }) => ended).toSorted((one, other) => one - other),
        );
        assert.ok(steps.slice(0, early?.task.length ?? 0).every(({ ended }) => ended <= time));
        for (const [process, own] of processes.entries()) {
          const values = steps.filter(({ task }) => task === process).map(({ value }) => value);
          assert.deepEqual(
            values,
            own.map((_, index) => `${process}:${index}`),
          );
        }
      }),
    );
  });

  it("begin no earlier than the one before has ended, whatever a process says", () => {
    const pending = new PendingSteps();
    pending.add(chunkOf(["a", "b"], [10, Number.NaN]), 100);
    pending.add(chunkOf(["c"], [5]), 20);
    const chunk = takenUntil([{ pending, tasks: [0] }], Number.POSITIVE_INFINITY, 1, () => undefined);
    assert.deepEqual([...(chunk?.began ?? [])], [100, 110, 110]);
  });

  it("are told with what happened in them and after them, under their numbers in the trace", () => {
    const told: string[] = [];
    const tell = (what: string) => (step: number) => void told.push(`${what} ${step}`);
    const [mine, others] = [new PendingSteps(), new PendingSteps()];
    mine.addAside({ step: 1, tell: tell("printed in") });
    mine.add(chunkOf(["a"], [10]), 0);
    mine.addAside({ step: 1, tell: tell("woken after") });
    mine.add(chunkOf(["b"], [10]), 40);
    others.add(chunkOf(["c", "d"], [5, 10]), 0);
    const sources = [
      { pending: mine, tasks: [0] },
      { pending: others, tasks: [1] },
    ];
    takenUntil(sources, Number.POSITIVE_INFINITY, 1, (source, number) => told.push(`${source.tasks[0]} made ${number}`));
    others.addAside({ step: 2, tell: tell("woken late, after") });
    others.tellUntil(others.taken, 4);
    assert.deepEqual(told, [
      "1 made 1",
      "printed in 2",
      "woken after 2",
      "0 made 2",
      "1 made 3",
      "0 made 4",
      "woken late, after 4",
    ]);
  });
});
