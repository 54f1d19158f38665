// The program of `waiting.js` on promises, in plain Node. Prints how many pairs, or sleeps, it makes in a second.
const { setTimeout: sleep } = require("node:timers/promises");

class Mutex {
  #isHeld = false;
  #queue = [];

  async acquire() {
    if (this.#isHeld) await new Promise((resolve) => this.#queue.push(resolve));
    this.#isHeld = true;
  }

  release() {
    const next = this.#queue.shift();
    if (next) next();
    else this.#isHeld = false;
  }
}

class Channel {
  #values = [];
  #putters = [];
  #takers = [];

  async put(value) {
    if (this.#values.length >= 1) await new Promise((resolve) => this.#putters.push(resolve));
    const taker = this.#takers.shift();
    if (taker) taker(value);
    else this.#values.push(value);
  }

  async take() {
    if (this.#values.length === 0) return new Promise((resolve) => this.#takers.push(resolve));
    this.#putters.shift()?.();
    return this.#values.shift();
  }
}

const lock = new Mutex();
const pipe = new Channel();

async function locker(count) {
  for (let made = 0; made < count; made += 1) {
    await lock.acquire();
    lock.release();
  }
}

async function putter(count) {
  for (let made = 0; made < count; made += 1) await pipe.put(made);
}

async function taker(count) {
  for (let made = 0; made < count; made += 1) await pipe.take();
}

async function sleeper(count) {
  for (let made = 0; made < count; made += 1) await sleep(1);
}

const programs = {
  mutex: (count) => [locker(count / 2), locker(count / 2)],
  channel: (count) => [putter(count), taker(count)],
  sleepers: (count) => Array.from({ length: 1_000 }, () => sleeper(count / 1_000)),
};

const counts = { mutex: 2_000_000, channel: 1_000_000, sleepers: 500_000 };

async function main([, , name]) {
  const count = counts[name];
  await Promise.all(programs[name](count / 10));
  const began = performance.now();
  await Promise.all(programs[name](count));
  console.log((count / (performance.now() - began)) * 1000);
}

main(process.argv);
