import assert from "node:assert/strict";
import { ChoiceTextError, formatChoice, withSeed } from "../../../../src/core/policies/choice";
import type { PolicyDefinition } from "../../../../src/core/policies/definition";
import { makePolicy, parsePolicy } from "../../../../src/core/policies/parse";
import { texts } from "./program";

function refused(text: string): { message: string; remedy: string } {
  try {
    parsePolicy(text);
  } catch (error) {
    assert.ok(error instanceof ChoiceTextError);
    return { message: error.message, remedy: error.remedy };
  }
  throw new assert.AssertionError({ message: `${text} was not refused` });
}

describe("the text of a policy", () => {
  it("is parsed, and written back unchanged", () => {
    for (const text of texts) {
      assert.equal(formatChoice(parsePolicy(text)), text);
      assert.equal(makePolicy(parsePolicy(text)).name, text.split(":")[0]);
    }
  });

  it("may contain spaces, and a seed", () => {
    assert.equal(formatChoice(parsePolicy(" lottery: counter #2 = 3 , seed=7")), "lottery:counter #2=3,seed=7");
    assert.equal(formatChoice(withSeed(parsePolicy("random"), 7)), "random:seed=7");
    assert.equal(formatChoice(withSeed(parsePolicy("random:seed=1"), 7)), "random:seed=1");
    assert.equal(formatChoice(withSeed(parsePolicy("fcfs"), 7)), "fcfs");
  });

  it("never reads the policy's own number as a task's, even if the task has that name", () => {
    const task = { id: 3, name: "seed", call: "seed()", state: "ready" } as const;
    const ofTask = (text: string) => {
      const choice = parsePolicy(text);
      let tickets = 0;
      const make: PolicyDefinition["make"] = (values) => {
        tickets = values.ofTask(task);
        return choice.definition.make(values);
      };
      makePolicy({ ...choice, definition: { ...choice.definition, make } });
      return tickets;
    };
    assert.deepEqual([ofTask("lottery:seed=9"), ofTask("lottery:seed=9,3=4")], [1, 4]);
  });

  it("is rejected with a list of what is allowed", () => {
    assert.deepEqual(refused("fifo"), {
      message: 'There is no policy "fifo".',
      remedy: "Use one of round-robin, fcfs, lifo, priority, random, lottery, fair, pct.",
    });
    assert.deepEqual(refused("pct:deep=3"), {
      message: '"deep=3" is no parameter of pct.',
      remedy:
        "It takes seed=N (the same seed gives the same schedule), depth=N (ordering constraints that the bug needs), " +
        "length=N (expected number of steps in the run), quantum=N (steps before the next task).",
    });
    assert.deepEqual(refused("pct:depth=0"), {
      message: '"0" is no depth of pct.',
      remedy: "Use a whole number from 1 to 1000.",
    });
    assert.equal(refused("lottery:counter=0").message, '"0" is no tickets of lottery.');
    assert.equal(refused("random:seed=1,seed=2").message, '"seed" is given twice to random.');
    for (const text of ["", "random:", "random:seed", "random:seed=", "random:seed=1.5", "random:seed=1=2", "fcfs:0=3"]) {
      assert.notEqual(refused(text).remedy, "");
    }
  });
});
