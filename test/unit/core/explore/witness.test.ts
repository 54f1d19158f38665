// Witnesses become calmer and keep their outcome; the sentence names what the outcome turns on.
import assert from "node:assert/strict";
import fc from "fast-check";
import { Chance } from "../../../../src/core/explore/chance";
import { compareCalm } from "../../../../src/core/explore/tally";
import { calmOf, type Execution } from "../../../../src/core/explore/witness/execution";
import { explain, placeText } from "../../../../src/core/explore/witness/explain";
import { shrink } from "../../../../src/core/explore/witness/shrink";
import { bisect, withNext } from "../../../../src/core/explore/witness/turningPoint";
import { add, Executor } from "./executor";
import { anyScripts, deposit, idle, read, type Script, write } from "./simulated";

const names = ["deposit", "deposit #2", "idle"];
const nameOf = (task: number) => names[task] ?? `task ${task}`;

/** Whether the program's first variable ends with a value. */
function endsWith(executor: Executor, value: number): (run: Execution) => boolean {
  return (run) => executor.valueOf(run.picks) === value;
}

describe("a witness", () => {
  it("is made calmer and keeps its outcome, whatever the program", async () => {
    const schedule = fc.array(fc.nat(3), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(anyScripts, schedule, async (scripts, picks) => {
        const executor = new Executor(scripts);
        const witness = executor.run(picks);
        const shrunk = await shrink(witness, executor.execute);
        assert.equal(shrunk.outcome, witness.outcome);
        assert.ok(compareCalm(calmOf(shrunk), calmOf(witness)) <= 0);
        // It is a run: the schedule leads there again.
        assert.deepEqual(executor.run(shrunk.picks), shrunk);
      }),
      { numRuns: 200 },
    );
  });

  it("loses the deviations that its outcome does not need", async () => {
    const executor = new Executor([deposit, deposit, idle(3)]);
    // The third task is irrelevant, so that round-robin, which loses an update too, has the same outcome.
    const shrunk = await shrink(executor.run([2, 1, 2, 0, 1, 0, 2, 1, 0]), executor.execute);
    assert.deepEqual(calmOf(shrunk), { deviations: 0, switches: 8, steps: 9 });
  });

  it("is made calm from a long random run in few runs", async () => {
    // Round-robin gives 1: both deposits read before either wrote. In this random run task 1 wrote before task 0 read. For that, task 1 has
    // to be two slices ahead: it passes task 0 over two times.
    const late: Script = [...idle(20), [read()], [write()]];
    const executor = new Executor([late, late]);
    const chance = Chance.ofSeed(7, 0);
    let witness = executor.run([]);
    while (executor.valueOf(witness.picks) !== 2) witness = executor.run(Array.from({ length: 44 }, () => chance.below(2)));
    executor.runs = 0;
    const shrunk = await shrink(witness, executor.execute);
    assert.equal(executor.valueOf(shrunk.picks), 2);
    assert.deepEqual(shrunk.picks.slice(-3), [1, 0, 0]);
    assert.equal(calmOf(shrunk).deviations, 2);
    assert.ok(executor.runs < 300, String(executor.runs));
  });

  it("stops after the runs it may take", async () => {
    const executor = new Executor([idle(9), idle(9)]);
    await shrink(executor.run([1, 1, 0, 1, 0, 0, 1, 1]), executor.execute, 5);
    assert.ok(executor.runs <= 8, String(executor.runs));
  });
});

describe("an explanation", () => {
  const explained = async (scripts: readonly Script[], picks: readonly number[], good: number) => {
    const executor = new Executor(scripts);
    const isGood = endsWith(executor, good);
    return explain({ witness: executor.run(picks), others: [], isGood, nameOf }, executor.execute);
  };

  it("names a lost update", async () => {
    // Round-robin: both read 0, both write 1.
    const explanation = await explained([deposit, deposit], [0, 1, 0, 1, 0, 1], 2);
    assert.equal(
      explanation?.sentence,
      "The outcome turns on whether step 3 comes before step 2: both read account before either wrote it back.",
    );
    assert.equal(explanation.kind, "lost update");
    assert.equal(explanation.place, "account");
    assert.deepEqual(explanation.tasks, [1, 0]);
    assert.deepEqual(
      explanation.steps.map(({ step, task, line }) => [step, task, line]),
      [
        [2, 1, 12],
        [3, 0, 13],
        [4, 1, 14],
      ],
    );
    // In the good run the first deposit wrote before the second read.
    assert.deepEqual(explanation.good.picks, [0, 0, 1, 1, 0, 1]);
  });

  it("names an update that a task without a read of its own loses", async () => {
    const reset: Script = [[write(0, 5)]];
    const explanation = await explained([[[read()], [write()]], reset], [0, 1, 0], 6);
    assert.match(
      explanation?.sentence ?? "",
      /step 2 comes before step 1: deposit read account in step 1, deposit #2 wrote it in step 2, and deposit wrote over that in step 3\.$/,
    );
  });

  it("names a dirty read", async () => {
    // The first task writes twice; the second copies what is there in between.
    const copy: Script = [[read(1), { do: "write", of: 0, by: 0 }]];
    const twice: Script = [[write(1, 3)], [{ do: "read", of: 3, by: 0 }, write(1, 1)]];
    const explanation = await explained([twice, copy], [0, 1, 0], 1);
    assert.equal(explanation?.kind, "dirty read");
    assert.match(explanation.sentence, /deposit #2 read seats in step 2, between the writes of deposit in step 1 and step 3\.$/);
  });

  it("names a check that no longer held when its task acted", async () => {
    // Both check that there is no booking, then add one: two bookings.
    const book: Script = [[{ do: "skipIfOdd", of: 0, by: 1 }], add(0, 1)];
    const explanation = await explained([book, book], [0, 1, 0, 1], 1);
    assert.equal(explanation?.kind, "check then act");
    assert.match(
      explanation.sentence,
      /: deposit #2 read account in step 2, deposit changed it in step 3, and deposit #2 acted in step 4 on what it had read\.$/,
    );
  });

  it("names writes of which one stays", async () => {
    const explanation = await explained([[[write(0, 1)]], [[write(0, 2)]]], [0, 1], 1);
    assert.equal(
      explanation?.sentence,
      "The outcome turns on whether step 2 comes before step 1: both write account, step 2 last.",
    );
  });

  it("names a read before the write that it needs", async () => {
    const explanation = await explained([[[read(1), { do: "write", of: 0, by: 0 }]], [[write(1, 4)]]], [0, 1], 4);
    assert.equal(
      explanation?.sentence,
      "The outcome turns on whether step 2 comes before step 1: step 1 reads seats before step 2 writes it.",
    );
  });

  it("is found on the way to another run, where no single swap in the witness decides", async () => {
    // Both reads of the second task lie before the write, so that two swaps are needed for it to see the write at all.
    const look: Script = [[read(1)], [read(1), { do: "write", of: 0, by: 0 }]];
    const executor = new Executor([[[write(1, 4)], []], look]);
    const witness = executor.run([1, 1, 0, 0]);
    const other = executor.run([0, 0, 1, 1]);
    const point = await bisect(witness, other, executor.execute, ({ outcome }) => outcome !== witness.outcome);
    assert.deepEqual([point?.bad.picks, point?.good.picks, point?.at], [[1, 1, 0, 0], [1, 0, 1, 0], 1]);
  });

  it("names the step that would have come next, where the run ends before it", async () => {
    // A run is over at the first return. The first task copies what the second has written, or not yet.
    const copy: Script = [[read(1), { do: "write", of: 0, by: 0 }]];
    const settings: Script = [[], [write(1, 4)], []];
    const executor = new Executor([copy, settings], { first: true });
    const isGood = endsWith(executor, 4);
    const late = executor.run([1, 0]);
    assert.deepEqual(late.picks, [1, 0]);
    const others = [executor.run([1, 1, 0])];
    const explanation = await explain({ witness: late, others, isGood, nameOf }, executor.execute);
    assert.equal(
      explanation?.sentence,
      "The outcome turns on whether the next step of deposit #2 comes before step 2: step 2 reads seats before the next step of deposit #2 writes it.",
    );
    assert.deepEqual([explanation.bad, explanation.good.picks], [late, [1, 1, 0]]);
    // Here two steps are missing. After the first of them, the outcome is not good yet.
    const first = await explain({ witness: executor.run([0]), others, isGood, nameOf }, executor.execute);
    assert.deepEqual([first?.sentence, first?.bad.picks], [explanation.sentence, [1, 0]]);
  });

  it("writes places in words", () => {
    const places = ["account", "make.count#12", ".total", "[]", "output", "scheduler"];
    assert.deepEqual(places.map(placeText), [
      "account",
      "count of make",
      "the property total",
      "an element",
      "the output",
      "what the scheduler knows",
    ]);
  });

  it("has two runs that differ in one swap and in the outcome, whatever the program", async () => {
    const schedule = fc.array(fc.nat(3), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(anyScripts, fc.boolean(), schedule, schedule, async (scripts, first, bad, good) => {
        const executor = new Executor(scripts, { first });
        const [witness, other] = [executor.run(bad), executor.run(good)];
        fc.pre(witness.outcome !== other.outcome);
        const explanation = await explain({ witness, others: [other], nameOf }, executor.execute);
        if (!explanation) return;
        const at = explanation.step - 1;
        assert.equal(explanation.bad.outcome, witness.outcome);
        assert.notEqual(explanation.good.outcome, witness.outcome);
        assert.deepEqual(explanation.bad.picks.slice(0, at), explanation.good.picks.slice(0, at));
        const { picks } = withNext(explanation.bad, explanation.good, at);
        assert.deepEqual(picks.slice(at, at + 2), explanation.good.picks.slice(at, at + 2).reverse());
      }),
      { numRuns: 200 },
    );
  });
});
