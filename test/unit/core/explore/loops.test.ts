// Which orders are tried of programs with loops, and which of them are livelocks: compared with the graph of all states.
import assert from "node:assert/strict";
import fc from "fast-check";
import { LoopingProgram } from "../../../../src/core/explore/loops/loopingProgram";
import type { Loop } from "../../../../src/core/explore/loops/loops";
import { makeStrategy, parseStrategy } from "../../../../src/core/explore/registry";
import { Search } from "../../../../src/core/explore/search";
import { loopingScripts, type Operation, type Script, Simulated, write } from "./simulated";
import { canLoop, statesOf } from "./stateSpace";

const limit = 5000;
/** Of programs with more orders than that, the first ones are enough to find something that must not be. */
const mostOrders = 1000;

const again: Operation = { do: "againIfEven", of: 0, by: 1 };
/** Waits until the first variable is odd, and sees it in the slice that returns. */
const spins: Script = [[again]];
const sets: Script = [[write()]];

/** Notes the loops in which orders end. */
class Noting extends Simulated {
  readonly loops: { readonly loop: Loop; readonly picks: readonly number[] }[] = [];
  #picks: number[] = [];

  override begin(): void {
    super.begin();
    this.#picks = [];
  }

  override resume(task: number) {
    this.#picks.push(task);
    return super.resume(task);
  }

  override endless(loop: Loop): void {
    this.loops.push({ loop, picks: this.#picks });
    super.endless(loop);
  }
}

/** Its policy has no state. */
class Preferring extends Noting {
  override get ready(): readonly number[] {
    return [...super.ready].sort((one, other) => one - other);
  }

  policyState(): string {
    return "";
  }
}

class RoundRobin extends Noting {
  policyState(): string {
    return this.ready.join();
  }
}

function searched(program: Noting, strategy = "exhaustive") {
  const search = new Search(new LoopingProgram(program), makeStrategy(parseStrategy(strategy)), limit);
  search.run(mostOrders);
  const { tried, cut, outcomes } = search.news();
  return { program, search, tried, cut, outcomes: new Set(outcomes.map(({ outcome }) => program.outcomes[outcome] as string)) };
}

const isLivelock = (outcome: string): boolean => outcome.endsWith('"livelock"]');

describe("orders that go round in a loop", () => {
  it("let the one run that was passed over: a task that waits for a flag, and one that sets it", () => {
    // It is set at once, after one look, or after two: a third look in vain would be as the second.
    const { tried, cut, program, search } = searched(new Noting([spins, sets]));
    assert.deepEqual([tried, cut, search.longest, program.loops.length], [3, 0, 4, 0]);
  });

  it("are livelocks where everybody has had a turn: nobody sets the flag", () => {
    const { program, cut, outcomes } = searched(new Noting([spins, spins]));
    assert.equal(cut, 0);
    assert.ok([...outcomes].every(isLivelock));
    assert.deepEqual(program.loops[0], { picks: [0, 1], loop: { from: 0, running: [0, 1], starving: [] } });
  });

  it("lead to every outcome of the program, and are livelocks where there is one", () => {
    let [loops, livelocks] = [0, 0];
    fc.assert(
      fc.property(loopingScripts, (scripts) => {
        const states = statesOf(new Simulated(scripts));
        const { search, cut, outcomes, program } = searched(new Noting(scripts));
        const ends = new Set([...states.values()].flatMap(({ outcome }) => outcome ?? []));
        assert.equal(cut, 0, "with finitely many states, every order ends");
        for (const { loop, picks } of program.loops.slice(0, 20)) {
          const at = new Simulated(scripts);
          const keys = [-1, ...picks].map((task) => {
            if (task < 0) at.begin();
            else at.resume(task);
            return [at.state(), [...at.ready]] as const;
          });
          const round = keys.slice(loop.from);
          assert.equal(round[0]?.[0], round.at(-1)?.[0], "it has come back to the same state");
          const always = round[0]?.[1].filter((task) => round.every(([, ready]) => ready.includes(task))) ?? [];
          assert.ok(
            always.every((task) => picks.slice(loop.from).includes(task)),
            "everybody has had a turn",
          );
        }
        if (search.isDone) {
          assert.deepEqual(new Set([...outcomes].filter((outcome) => !isLivelock(outcome))), ends);
          assert.equal(program.loops.length > 0, canLoop(states));
          loops += 1;
          livelocks += Number(program.loops.length > 0);
        }
      }),
      { numRuns: 200 },
    );
    assert.ok(livelocks > 10 && loops - livelocks > 10, `${livelocks} of ${loops}`);
  });

  it("starve a task that a policy never picks", () => {
    // The first task is always preferred, and waits for the second.
    const none = searched(new Preferring([spins, sets]), "delays:d=0");
    assert.deepEqual(none.program.loops[0], { picks: [0], loop: { from: 0, running: [0], starving: [1] } });
    assert.equal(none.tried, 1);
    // With one deviation the flag is set at once, or never: after a look in vain the policy is where it was.
    const one = searched(new Preferring([spins, sets]), "delays:d=1");
    assert.deepEqual([one.tried, one.cut, one.outcomes.size], [2, 0, 2]);
  });

  it("are gone round by a policy only if it is in the same state itself", () => {
    // Round-robin picks the second task after the first one has come back to its state.
    const { program, outcomes, tried } = searched(new RoundRobin([spins, sets]), "delays:d=0");
    assert.deepEqual([program.loops, outcomes.size, tried], [[], 1, 1]);
    const livelock = searched(new RoundRobin([spins, spins]), "delays:d=1");
    assert.ok(livelock.program.loops.length > 0);
    assert.ok(livelock.program.loops.every(({ loop }) => loop.starving.length === 0));
  });
});
