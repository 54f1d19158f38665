/**
 * Replays a schedule without Yieldpoint: resumes tasks in the order of a list of picks, and serves their requests under virtual time.
 */
const { RequestError, ClosedError, closed } = require("./index.js");
const { Waiting } = require("./engine.js");

const tag = Symbol.for("cotasks.request");
const outside = Symbol.for("cotasks.outside");
const shared = globalThis[outside];

/** Ends a run whose tasks never end. */
const usualLimit = 100_000;

/** A step that went another way than in the schedule. */
class ReplayError extends Error {
  constructor(step, message) {
    super(`Step ${step} went another way: ${message}`);
    this.step = step;
  }

  get name() {
    return "ReplayError";
  }
}

class Replay {
  #names = [];
  #generators = [];
  #returned = new Map();
  #ready = [];
  #steps = 0;
  #moved = { step: 0, millis: 0 };
  #engine;
  #options;
  #run = { end: undefined, error: undefined, failure: undefined, departure: undefined };

  constructor(options) {
    this.#options = options;
    this.#engine = new Waiting({
      nothing: undefined,
      closed,
      now: () => this.now(),
      pair: (index, value) => [index, value],
      list: (values) => [...values],
      error: (kind, message) => new (kind === "closedChannel" ? ClosedError : RequestError)(message),
      nameOf: (task) => this.#names[task],
      spawn: (_parent, { generator, handle }) => {
        const name = `task ${this.#names.length}`;
        const task = this.#add(name, generator);
        return { task, handle: handle(task, name) };
      },
    });
    for (const { kind, held, count, name } of shared.resources) this.create(kind, held, count, name);
  }

  create(kind, held, count, name) {
    const { resources } = this.#engine;
    if (kind === "mutex") resources.mutex(held, name);
    else if (kind === "semaphore") resources.semaphore(held, count, name);
    else if (kind === "channel") resources.channel(count, name);
    else resources.event(name);
  }

  call(what, resource) {
    const { resources } = this.#engine;
    if (what === "release") this.#engine.release(resource);
    else if (what === "set") resources.setEvent(resource);
    else if (what === "clear") resources.clearEvent(resource);
    else resources.closeChannel(resource);
  }

  now() {
    const { virtualTime = 1 } = this.#options;
    return this.#moved.millis + (this.#steps - this.#moved.step) * virtualTime;
  }

  run() {
    const { tasks, picks, invariant } = this.#options;
    for (const [name, make] of Object.entries(tasks)) {
      const task = this.#add(name, make());
      this.#engine.begin(task);
      this.#ready.push(task);
    }
    this.#takeWoken();
    for (const pick of picks) {
      if (!this.#goesOn()) break;
      if (this.#ready.includes(pick)) this.#step(pick);
      else this.#depart(this.#whyNotReady(pick));
    }
    if (this.#run.end === undefined && this.#goesOn() && !invariant) {
      this.#depart(`the schedule is over, but ${this.#names[this.#ready[0]]} is ready.`);
    }
    while (this.#goesOn()) this.#step(this.#ready[0]);
    if (this.#steps < picks.length) this.#depart("the run is over, but the schedule is not.");
    const returns = Object.fromEntries([...this.#returned].map(([task, value]) => [this.#names[task], value]));
    return { ...this.#run, steps: this.#steps, returns };
  }

  #add(name, generator) {
    if (typeof generator?.next !== "function" || generator[Symbol.asyncIterator]) {
      throw new RequestError(`${name} is not a generator. A replay resumes generators; it cannot wait for async ones.`);
    }
    this.#names.push(name);
    return this.#generators.push(generator) - 1;
  }

  /** Whether a task is ready. If none is, time passes; if that wakes nobody, the run has ended. */
  #goesOn() {
    if (this.#run.end !== undefined) return false;
    const engine = this.#engine;
    while (this.#ready.length === 0 && engine.nextDue !== Number.POSITIVE_INFINITY) {
      this.#moved = { step: this.#steps, millis: engine.nextDue };
      engine.timeMoved();
      this.#takeWoken();
    }
    if (this.#ready.length > 0) {
      if (this.#steps < usualLimit) return true;
      this.#end("cut", `The tasks have not ended after ${usualLimit} steps.`);
    } else if (this.#returned.size === this.#names.length) this.#end("all");
    else if (engine.takeDeadlock()) this.#end("deadlock", `Tasks wait for one another forever: ${this.#waiting()}.`);
    else this.#end("blocked", `Tasks wait, and nothing is left that could wake them: ${this.#waiting()}.`);
    return false;
  }

  #step(task) {
    const engine = this.#engine;
    const { replies, rows } = engine;
    this.#ready.splice(this.#ready.indexOf(task), 1);
    engine.running = task;
    rows.step = this.#steps + 1;
    let result;
    try {
      const kind = replies.kinds[task];
      const generator = this.#generators[task];
      if (kind === 2) result = generator.throw(replies.take(task));
      else result = generator.next(kind === 1 ? replies.take(task) : undefined);
    } catch (error) {
      this.#steps += 1;
      this.#run.error = error;
      this.#end(
        "threw",
        `${this.#names[task]} threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}.`,
      );
      return;
    }
    this.#steps += 1;
    const { done, value } = result;
    if (done) {
      this.#returned.set(task, value);
      engine.ended(task, "returned", value);
    }
    const isBlocked = !done && this.#serve(task, value);
    engine.running = undefined;
    this.#takeWoken();
    if (!done && !isBlocked) this.#ready.push(task);
    this.#handOver(engine.takeNext());
    engine.wakeDue();
    this.#takeWoken();
    rows.takeRows();
    if (this.#options.invariant && !this.#options.invariant()) {
      this.#end("invariant", `The invariant does not hold after step ${this.#steps}.`);
    } else if (done && this.#options.until === "first") this.#end("first");
  }

  /** @returns whether the task waits now */
  #serve(task, value) {
    if (typeof value?.then === "function") {
      throw new RequestError(`In step ${this.#steps} ${this.#names[task]} waits for a promise, which a replay cannot do.`);
    }
    if (typeof value !== "object" || !value?.[tag]) return false;
    for (const request of [value, ...(value.parts ?? [])]) if (request.owner === outside) request.owner = this.#engine;
    return this.#engine.serve(task, value);
  }

  #takeWoken() {
    const { woken } = this.#engine;
    for (let at = 0; at < woken.length; at += 1) this.#ready.push(woken.at(at));
    woken.clear();
  }

  #handOver(task) {
    const at = this.#ready.indexOf(task);
    if (at >= 0) this.#ready.unshift(...this.#ready.splice(at, 1));
  }

  #whyNotReady(task) {
    const name = this.#names[task];
    if (name === undefined) return `task ${task} has not been spawned.`;
    return this.#returned.has(task) ? `${name} has ended.` : `${name} waits.`;
  }

  #waiting() {
    return this.#names.filter((_, task) => !this.#returned.has(task)).join(", ");
  }

  #depart(why) {
    this.#run.departure ??= new ReplayError(this.#steps + 1, why);
  }

  #end(how, failure) {
    this.#run.end = how;
    this.#run.failure = failure;
  }
}

exports.ReplayError = ReplayError;
exports.replay = (options) => {
  if (shared.replay) throw new RequestError("A replay is going on already.");
  const replay = new Replay(options);
  shared.replay = replay;
  try {
    const run = replay.run();
    if (options.strict && run.departure) throw run.departure;
    return run;
  } finally {
    shared.replay = undefined;
  }
};
