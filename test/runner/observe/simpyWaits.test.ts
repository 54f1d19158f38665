// What processes of SimPy wait for. Simulations are deterministic: the same order of events each time.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { rowKind } from "../../../src/core/waiting/rows";
import type { RunnerClient } from "../client";
import { endAll } from "../starting";
import { observe, observersOf, toTheEnd, trace } from "./observing";
import { waitRows } from "./waitRows";

/** Where Debian's packages python3-simpy, which is SimPy 2, and python3-simpy3 are. */
const packages = "/usr/lib/python3/dist-packages";

/** What the clock of the simulation has shown. */
function clock({ waits }: RunnerClient): (number | undefined)[] {
  return waits.flatMap(({ kind, object, numbers }) =>
    [...kind].flatMap((each, at) => (each === rowKind.simulated ? [numbers[object[at] ?? 0]] : [])),
  );
}

for (const runner of observersOf("python")) {
  describe(`${runner.name} runner, processes of SimPy that wait`, () => {
    afterEach(endAll);

    async function rowsOf(program: string): Promise<{ client: RunnerClient; of: (task: string) => string[] }> {
      const client = await observe(runner, program);
      assert.equal((await toTheEnd(client)).code, 0);
      const rows = waitRows(client);
      return { client, of: (task) => rows.filter((row) => row.replace(/^\d+ /, "").startsWith(`${task} `)) };
    }

    describe("by events", () => {
      before(function () {
        if (!existsSync(join(packages, "simpy"))) this.skip();
      });

      it("for a resource or a time, whichever comes first, and for a time", async () => {
        const { of } = await rowsOf("simpyEvents");
        // All three have the same name here. The first one gets the counter at once, the second one gives up at 2, and the third one gets it at 3.
        assert.deepEqual(
          of("customer").filter((row) => !row.includes("wake")),
          [
            "1 customer grant counter",
            "2 customer group 1",
            "2 customer blockAcquire counter",
            "2 customer blockSleep 2",
            "3 customer group 1",
            "3 customer blockAcquire counter",
            "3 customer blockSleep 9",
            "9 customer blockSleep 3",
            // SimPy hands it on between two steps.
            "13 customer free counter",
            "13 customer grant counter",
            "14 customer blockSleep 6",
            "21 customer free counter",
          ],
        );
      });

      it("for what a container has, for all of several ends, and for an event", async () => {
        const { of } = await rowsOf("simpyEvents");
        assert.deepEqual(of("car").slice(0, 1), ["5 car blockTake tank"]);
        // There is room for what the tanker puts.
        assert.deepEqual(of("tanker"), ["4 tanker blockSleep 4", "14 tanker wake"]);
        assert.deepEqual(of("waiter"), [
          "6 waiter group 2",
          "6 waiter blockJoin customer",
          "6 waiter blockJoin customer",
          "6 waiter blockJoin customer",
          "12 waiter part 1",
          "13 waiter part 0",
          "21 waiter part 2",
          "21 waiter wake",
          "23 waiter blockEvent bell",
        ]);
      });

      it("have and lose resources while they wait for something else", async () => {
        const { of } = await rowsOf("simpyEvents");
        assert.deepEqual(
          of("machine").filter((row) => !row.includes("wake")),
          [
            "7 machine blockSleep 1",
            // It has asked for it before, but waits for it only now.
            "10 machine grant bench",
            "11 machine blockSleep 10",
            // A more urgent one takes it away, with an interrupt.
            "18 machine free bench",
            "19 machine blockSleep 7",
          ],
        );
      });

      it("have the texts of their events, and the time of the simulation", async () => {
        const { client } = await rowsOf("simpyEvents");
        assert.deepEqual(trace(client).slice(2, 5), [
          "customer/2 yielded Condition(Request(counter), Timeout(9))",
          "tanker/3 yielded Timeout(4)",
          "car/4 yielded ContainerGet(tank, 30)",
        ]);
        assert.deepEqual(clock(client), [0, 1, 2, 3, 4, 5, 6, 7]);
      });
    });

    describe("by commands", () => {
      before(function () {
        if (!existsSync(join(packages, "SimPy"))) this.skip();
      });

      it("for resources, which they hold until they release them, and for a time", async () => {
        const { client, of } = await rowsOf("simpyCommands");
        assert.deepEqual(of("Customer 0"), [
          "2 Customer 0 grant Clerk",
          "3 Customer 0 blockSleep 3",
          "10 Customer 0 wake",
          "11 Customer 0 free Clerk",
        ]);
        assert.deepEqual(of("Customer 1").slice(0, 3), [
          "4 Customer 1 blockAcquire Clerk",
          "11 Customer 1 grant Clerk",
          "14 Customer 1 blockSleep 6",
        ]);
        assert.deepEqual(trace(client).slice(1, 3), ["Customer 0/1 yielded request Clerk", "Customer 0/1 yielded hold 3"]);
        assert.deepEqual(clock(client), [0, 1, 2, 3, 4.5, 5.5, 6, 9]);
      });

      it("for an event, a level, a condition, and until another one goes on with them", async () => {
        const { of } = await rowsOf("simpyCommands");
        assert.deepEqual(of("guard"), [
          "1 guard blockEvent bell",
          "12 guard wake",
          "13 guard blockTake level",
          "16 guard wake",
          "17 guard blockEvent reactivation of guard",
          "19 guard wake",
        ]);
        assert.deepEqual(of("watching"), ["8 watching blockEvent is_filled", "17 watching wake"]);
        // There is room for what is put.
        assert.deepEqual(of("Filler.fill").slice(0, 3), [
          "6 Filler.fill blockSleep 4.5",
          "14 Filler.fill wake",
          "16 Filler.fill blockSleep 5.5",
        ]);
      });

      it("for a resource but not longer than a time", async () => {
        const { of } = await rowsOf("simpyCommands");
        assert.deepEqual(of("impatient").slice(2, 6), [
          "9 impatient group 1",
          "9 impatient blockAcquire Clerk",
          "9 impatient blockSleep 2",
          "9 impatient wake",
        ]);
      });
    });
  });
}
