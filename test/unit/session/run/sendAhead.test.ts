import assert from "node:assert/strict";
import fc from "fast-check";
import type { Plan } from "../../../../src/core/schedule/plan";
import type { Answer } from "../../../../src/protocol/runner";
import { sendAhead } from "../../../../src/session/run/sendAhead";

/** A runner that ends after a number of steps, and records what was sent when. */
class CountingRunner {
  /** For each plan that was sent, whether another one was in progress. */
  readonly ahead: boolean[] = [];
  #left: number;
  #completed = true;
  #last: Promise<unknown> = Promise.resolve();

  constructor(readonly stopsAfter: number) {
    this.#left = stopsAfter;
  }

  send({ picks: { length } }: Plan, ahead: boolean): Promise<Answer<"advance">> {
    this.ahead.push(ahead);
    const answer = this.#last.then(() => this.#run(length, ahead));
    this.#last = answer;
    return answer;
  }

  #run(length: number, ahead: boolean): Answer<"advance"> {
    if (ahead && !this.#completed) return { ran: 0, stopped: "stale" };
    const ran = Math.min(length, this.#left);
    this.#left -= ran;
    this.#completed = this.#left > 0;
    return { ran, stopped: this.#completed ? "completed" : "returned" };
  }
}

const planOf = (length: number): Plan => ({ picks: new Array<number>(length).fill(0), times: 1 });

const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 });

describe("plans that are sent ahead", () => {
  it("run one after the other until one stops early, and are reported in order", async () => {
    const property = fc.asyncProperty(lengths, fc.integer({ min: 1, max: 60 }), async ([first = 1, ...others], stopsAfter) => {
      const runner = new CountingRunner(stopsAfter);
      const ran: number[] = [];
      const answer = await sendAhead(planOf(first), {
        send: (plan, _offset, ahead) => runner.send(plan, ahead),
        after: () => (others.length > 0 ? planOf(others.shift() ?? 1) : undefined),
        cutShort: () => assert.fail(),
        ran: (_plan, offset, steps) => {
          assert.equal(
            offset,
            ran.reduce((sum, each) => sum + each, 0),
          );
          ran.push(steps);
        },
      });
      const all = ran.reduce((sum, each) => sum + each, 0);
      assert.deepEqual(answer, { ran: all, stopped: all === stopsAfter ? "returned" : "completed" });
      assert.deepEqual(
        runner.ahead,
        runner.ahead.map((_, index) => index > 0),
      );
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it("fail like the plan that is being awaited", async () => {
    const failure = new Error("gone");
    const cut: number[] = [];
    const relay = {
      send: () => Promise.reject(failure),
      after: () => planOf(1),
      ran: () => assert.fail(),
      cutShort: (_plan: Plan, offset: number) => cut.push(offset),
    };
    await assert.rejects(sendAhead(planOf(1), relay), failure);
    assert.deepEqual(cut, [0]);
  });
});
