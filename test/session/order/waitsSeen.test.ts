/**
 * What a policy in a file receives about tasks that waited.
 */
import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ReadyTask } from "../../../src/protocol/policy";
import { PolicyFiles } from "../../../src/session/order/policyFiles";
import type { Session } from "../../../src/session/session";
import { folderWith, removeFolders } from "../../runner/folder";
import { dist, sessionOn, stopAll } from "../sessions";

const programs = {
  "tasks.ts": `
    import { any, channel, join, mutex, sleep, spawn } from "cotasks";
    const lock = mutex("fork");
    const jobs = channel(1, "jobs");
    let isOver = false;
    export function* spin() { for (let n = 0; !isOver; n += 1) yield n; }
    export function* nap() { for (let n = 0; n < 3; n += 1) yield sleep(1); isOver = true; }
    export function* holder() { yield lock.acquire(); yield "held"; lock.release(); yield; yield; yield jobs.put(1); }
    export function* waiter() { yield lock.acquire(); yield any(sleep(60_000), jobs.take()); }
    function* child() { yield; yield; }
    export function* parent() { yield join(yield spawn(child())); }
  `,
  "tasks.py": `
from cotasks import any as first, channel, join, mutex, sleep, spawn
lock = mutex("fork")
jobs = channel(1, "jobs")
is_over = False
def spin():
    n = 0
    while not is_over:
        yield n
        n += 1
def nap():
    global is_over
    for n in range(3):
        yield sleep(0.001)
    is_over = True
def holder():
    yield lock.acquire()
    yield "held"
    lock.release()
    yield
    yield
    yield jobs.put(1)
def waiter():
    yield lock.acquire()
    yield first(sleep(60), jobs.take())
def child():
    yield
    yield
def parent():
    yield join((yield spawn(child())))
`,
};

/** Records its questions, and picks the task that has waited longest. */
const noting = `
  const { appendFileSync } = require("node:fs");
  module.exports = ({ step, ready }) => {
    appendFileSync(__filename + ".asked", JSON.stringify({ step, ready }) + "\\n");
    return ready[0].id;
  };
`;

const earliest = resolve("media/examples/policy-earliest-deadline.ts");
const own = { executable: process.execPath, env: {} };

type Asked = { readonly step: number; readonly ready: readonly ReadyTask[] };

async function sessionOf(program: keyof typeof programs, calls: readonly string[], policy: string): Promise<Session> {
  const folder = folderWith({ [program]: programs[program], "noting.js": noting });
  copyFileSync(earliest, join(folder, "earliest.ts"));
  const policyFiles = new PolicyFiles({ folder, nodePath: process.execPath, own, dist });
  const session = await sessionOn(join(folder, program), { until: "all", policy, policyFiles });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

function askedIn({ options: { file } }: Session): Asked[] {
  const notes = readFileSync(join(dirname(file), "noting.js.asked"), "utf8");
  return notes
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("a policy in a file that sees waits", () => {
  afterEach(() => {
    stopAll();
    removeFolders();
  });

  for (const program of Object.keys(programs) as (keyof typeof programs)[]) {
    it(`receives what each task yielded last, what it waited for, and since when, in ${program}`, async () => {
      const session = await sessionOf(program, ["holder()", "waiter()", "parent()"], "noting.js");
      assert.equal(await session.go(), "all-finished");
      const asked = askedIn(session);
      assert.deepEqual(
        asked.findLast(({ step }) => step === 1)?.ready.map(({ yielded, waited, since }) => [yielded, waited, since]),
        new Array(3).fill([undefined, undefined, 0]),
      );
      const waits = new Map<string, [number, string | undefined, ReadyTask["waited"]][]>();
      for (const { ready } of asked) {
        for (const { name, since, yielded, waited } of ready) {
          const known = waits.get(name) ?? [];
          if (waited && known.at(-1)?.[0] !== since) waits.set(name, [...known, [since, yielded, waited]]);
        }
      }
      const [acquired, combined] = waits.get("waiter") ?? [];
      // Blocked in step 2, and woken when the holder released the lock in its third slice.
      assert.deepEqual(acquired?.[2], { kind: "acquire", resource: "fork", since: 2 });
      assert.match(acquired?.[1] ?? "", /acquire\(fork\)/);
      assert.equal(acquired?.[0], session.run.trace.nextOf(0, 6));
      assert.equal(combined?.[2]?.kind, "any");
      const parts = combined?.[2]?.kind === "any" ? combined[2].parts : [];
      assert.deepEqual(
        parts.map(({ kind, resource }) => [kind, resource]),
        [
          ["sleep", undefined],
          ["take", "jobs"],
        ],
      );
      assert.ok((parts[0]?.due ?? 0) > 60_000);
      assert.deepEqual(
        waits.get("parent")?.map(([, , waited]) => waited?.kind === "join" && waited.task),
        [3],
      );
    });

    it(`can pick by due time: the task whose sleep has ended runs next, in ${program}`, async () => {
      const session = await sessionOf(program, ["spin()", "spin()", "spin()", "nap()"], "noting.js");
      await session.order.setPolicy("earliest.ts");
      assert.equal(await session.go(), "all-finished");
      const { trace, waits } = session.run;
      for (let step = trace.nextOf(3, 1); step !== undefined; step = trace.nextOf(3, step + 1)) {
        const woken = [...waits.from(1)].flatMap(({ base, offset, kind, task }) =>
          [...offset].flatMap((at, index) => (kind[index] === 10 && task[index] === 3 ? [base + at] : [])),
        );
        const last = woken.findLast((at) => at < (step ?? 0));
        if (last !== undefined) assert.equal(step, last + 1);
      }
      assert.equal(trace.totals(trace.length, 4)[3]?.steps, 4);
    });

    it(`receives what tasks did before it was chosen, in ${program}`, async () => {
      const session = await sessionOf(program, ["spin()", "spin()"], "round-robin");
      await session.go(5);
      await session.order.setPolicy("noting.js");
      await session.go(2);
      assert.deepEqual(
        askedIn(session)
          .slice(0, 2)
          .map(({ step, ready }) => [step, ready.map(({ since, yielded }) => [since, yielded])]),
        [
          [
            6,
            [
              [4, "1"],
              [5, "2"],
            ],
          ],
          [
            7,
            [
              [5, "2"],
              [6, "2"],
            ],
          ],
        ],
      );
    });
  }
});
