// Tasks that wait: what `promises.js` does, as generators.
const { channel, mutex, sleep } = require("cotasks");

const lock = mutex();
const pipe = channel(1);

function* locker(count) {
  for (let made = 0; made < count; made += 1) {
    yield lock.acquire();
    lock.release();
  }
}

function* putter(count) {
  for (let made = 0; made < count; made += 1) yield pipe.put(made);
}

function* taker(count) {
  for (let made = 0; made < count; made += 1) yield pipe.take();
}

function* sleeper(count, millis = 1) {
  for (let made = 0; made < count; made += 1) yield sleep(millis);
}

module.exports = { locker, putter, taker, sleeper };
