import assert from "node:assert/strict";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { UserCodeError } from "../../../../src/session/common/errors";
import { mostLookedAt, type Sampled, Sampling } from "../../../../src/session/run/sampling";
import { Inspections } from "../../../../src/session/seen/inspections";
import { Scopes } from "../../../../src/session/seen/scopes";
import { WatchLog } from "../../../../src/session/seen/watchLog";
import { chunkOf, points } from "../../core/chunks";

/** Tasks without a process that can be inspected. Requests are recorded. */
class RestingTasks implements Sampled {
  readonly trace = new TraceStore();
  readonly inspections = new Inspections(() => Promise.reject(new Error("nothing here can be opened")));
  readonly watched = new WatchLog(new Scopes(this.trace, () => ""));
  readonly tasks;
  readonly asked: (number | string)[] = [];
  readonly changed = () => undefined;

  constructor(
    count: number,
    readonly refused?: Error,
  ) {
    this.trace.addPoints(points);
    this.tasks = Array.from({ length: count }, (_, id) => ({ id, name: `f${id}`, call: `f${id}()`, state: "ready" as const }));
  }

  /** Makes steps of these tasks, one after the other. */
  run(...tasks: number[]): void {
    const contents = tasks.map((task) => ({ task, event: "yielded", value: "1", point: 1, micros: 1 }) as const);
    this.trace.append(chunkOf(this.trace.length + 1, contents));
  }

  async inspect(task: number) {
    this.asked.push(task);
    if (task === 1 && this.refused) throw this.refused;
    return { frames: [{ ...points[0], locals: [] } as never] };
  }

  async evaluate(expression: string, task?: number) {
    this.asked.push(`${expression} in ${task}`);
    return { text: expression };
  }

  /** The requests since the last call. */
  take(): (number | string)[] {
    return this.asked.splice(0);
  }
}

const noWatches = watching();

/** Watches, none of which is stopped. */
function watching(...active: string[]) {
  return { active, stop: assert.fail };
}

describe("capturing tasks at rest", () => {
  it("covers those that have moved since, the last one first", async () => {
    const run = new RestingTasks(4);
    const sampling = new Sampling(run, noWatches);
    run.run(0, 1, 2, 0);
    await sampling.look();
    assert.deepEqual(run.take(), [0, 2, 1]); // task 3 was never resumed
    run.run(2);
    await sampling.look();
    await sampling.look();
    assert.deepEqual(run.take(), [2]);
  });

  it("marks the data of the task that ran last as immediate, and of the others as later", async () => {
    const run = new RestingTasks(2);
    run.run(0, 1);
    await new Sampling(run, noWatches).look();
    assert.equal(run.inspections.of(1), undefined);
    assert.equal(run.inspections.placeOf(1).stack.length, 1);
    assert.ok(run.inspections.of(2));
  });

  it("is limited to a maximum number of tasks, and continues with others that have moved", async () => {
    const run = new RestingTasks(mostLookedAt + 2);
    const sampling = new Sampling(run, noWatches);
    run.run(...run.tasks.map(({ id }) => id));
    await sampling.look();
    const seen = run.take();
    assert.equal(seen.length, mostLookedAt);
    assert.ok(!seen.includes(0) && !seen.includes(1));
    run.run(1);
    await sampling.look();
    assert.deepEqual(run.take(), [1, 0]);
  });

  it("continues if one task cannot be captured, unless the process is at fault", async () => {
    const refused = new RestingTasks(2, new UserCodeError({ code: "over", message: "It is over." }));
    refused.run(0, 1);
    await new Sampling(refused, noWatches).look();
    assert.deepEqual([refused.inspections.placeOf(1).stack.length, refused.inspections.placeOf(2).stack.length], [1, 0]);
    const broken = new RestingTasks(2, new Error("The process ended."));
    broken.run(1);
    await assert.rejects(new Sampling(broken, noWatches).look(), /process ended/);
  });

  it("evaluates each watch once for each step, with the locals of the task that ran last", async () => {
    const run = new RestingTasks(2);
    const watches = watching("total");
    const sampling = new Sampling(run, watches);
    await sampling.watch();
    assert.deepEqual(run.take(), ["total in undefined"]);
    run.run(0, 1);
    await sampling.watch();
    watches.active = ["total", "size"];
    await sampling.watch();
    assert.deepEqual(run.take(), ["total in 1", "size in 1"]);
    assert.equal(sampling.watching, undefined);
    assert.deepEqual(run.watched.at(2, "size"), { expression: "size", text: "size" });
  });
});
