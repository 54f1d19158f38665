/**
 * Requests: what a generator yields in order to wait. If the program runs under a scheduler, this module connects to it, and the scheduler
 * serves the requests. Otherwise requests can still be made, but nothing serves them.
 */

const tag = Symbol.for("cotasks.request");
const host = Symbol.for("cotasks.host");
const errors = Symbol.for("cotasks.errors");
const outside = Symbol.for("cotasks.outside");

/** The result of `take` once a channel is closed and empty. */
const closed = Symbol.for("cotasks.closed");

const operation = {
  acquire: 0,
  put: 1,
  take: 2,
  event: 3,
  join: 4,
  sleep: 5,
  promise: 6,
  any: 7,
  all: 8,
  spawn: 9,
  handOver: 10,
};

/** A request that is made without a scheduler. */
class Request {
  constructor(code, object, value, parts) {
    this.operation = code;
    this.object = object;
    this.value = value;
    this.parts = parts;
    this.owner = outside;
  }
}
Request.prototype[tag] = true;

/**
 * What was made without a scheduler, and the replay that serves it, if one is going on. Several copies of this package share it, so that a
 * test and the program can each have their own.
 */
globalThis[outside] ??= { resources: [], replay: undefined };
const shared = globalThis[outside];

const alone = {
  request: (code, object, value, parts) => new Request(code, object, value, parts),
  part: (part) => part,
  create(kind, held, count, name) {
    shared.replay?.create(kind, held, count, name);
    return shared.resources.push({ kind, held, count, name });
  },
  call(what, resource) {
    if (shared.replay) return shared.replay.call(what, resource);
    throw new RequestError(`${what} was called without a scheduler that serves it. Run the program under Yieldpoint.`);
  },
  now: () => (shared.replay ? shared.replay.now() : performance.now()),
};

/** The scheduler under which the program runs. */
function current() {
  return globalThis[host] ?? alone;
}

// Several copies of this package share their error classes, so that `instanceof` works for all of them.
globalThis[errors] ??= {
  RequestError: class RequestError extends Error {
    get name() {
      return "RequestError";
    }
  },
  ClosedError: class ClosedError extends Error {
    get name() {
      return "ClosedError";
    }
  },
};
const { RequestError, ClosedError } = globalThis[errors];

class Resource {
  #host = current();
  #number;

  constructor(kind, held, count, name) {
    this.#number = this.#host.create(kind, held, count, typeof name === "string" ? name : undefined, this);
  }

  static request(resource, code, value) {
    return resource.#host.request(code, resource.#number, value, undefined);
  }

  static call(resource, what) {
    resource.#host.call(what, resource.#number);
  }
}

const { request, call } = Resource;

/** A lock or a permit that is held: the result of `acquire`. */
class Held {
  #lock;

  static bind(held, lock) {
    held.#lock = lock;
  }

  release() {
    this.#lock.release();
  }
}
Held.prototype[Symbol.dispose ?? Symbol.for("Symbol.dispose")] = Held.prototype.release;

class Lock extends Resource {
  constructor(kind, permits, name) {
    const held = new Held();
    super(kind, held, permits, name);
    Held.bind(held, this);
  }

  acquire() {
    return request(this, operation.acquire);
  }

  release() {
    call(this, "release");
  }

  *hold(body) {
    yield this.acquire();
    try {
      return yield* body();
    } finally {
      this.release();
    }
  }
}

class Mutex extends Lock {
  constructor(name) {
    super("mutex", undefined, name);
  }
}

class Semaphore extends Lock {
  constructor(permits, name) {
    super("semaphore", permits, name);
  }
}

class Channel extends Resource {
  constructor(capacity, name) {
    super("channel", undefined, capacity, name);
  }

  put(value) {
    return request(this, operation.put, value);
  }

  take() {
    return request(this, operation.take);
  }

  close() {
    call(this, "close");
  }
}

class Event extends Resource {
  constructor(name) {
    super("event", undefined, undefined, name);
  }

  wait() {
    return request(this, operation.event);
  }

  set() {
    call(this, "set");
  }

  clear() {
    call(this, "clear");
  }
}

/** A task that was spawned. */
class Task {
  #host = current();
  #number;

  constructor(number, name) {
    this.#number = number;
    this.name = name;
  }

  /** The number of a task; -1 if the value is not a task of this run. */
  static numberOf(task) {
    return #number in Object(task) && task.#host === current() ? task.#number : -1;
  }
}

function listOf(given) {
  return given.length === 1 && Array.isArray(given[0]) ? given[0] : given;
}

function combined(code, given) {
  const serving = current();
  return serving.request(
    code,
    0,
    undefined,
    listOf(given).map((part) => serving.part(part)),
  );
}

exports.closed = closed;
exports.ClosedError = ClosedError;
exports.RequestError = RequestError;
exports.mutex = (name) => new Mutex(name);
exports.semaphore = (permits, name) => new Semaphore(permits, name);
exports.channel = (capacity, name) => new Channel(capacity, name);
exports.event = (name) => new Event(name);
exports.sleep = (time) => current().request(operation.sleep, time, undefined, undefined);
exports.spawn = (generator) => {
  const value = { generator, handle: (number, name) => new Task(number, name) };
  return current().request(operation.spawn, 0, value, undefined);
};
exports.join = (task) => current().request(operation.join, Task.numberOf(task), undefined, undefined);
exports.handOver = (task) => current().request(operation.handOver, Task.numberOf(task), undefined, undefined);
exports.any = (...parts) => combined(operation.any, parts);
exports.all = (...parts) => combined(operation.all, parts);
exports.now = () => current().now();
