// Tasks that never end: with bare yields, with a lock, with sleeps.
const { mutex, sleep } = require("cotasks");

const lock = mutex();

function* turns() {
  for (;;) yield;
}

function* locks() {
  for (;;) {
    yield lock.acquire();
    lock.release();
  }
}

function* naps(millis) {
  for (;;) yield sleep(millis);
}

module.exports = { turns, locks, naps };
