// The bare loop: two generators in turn, nothing recorded. Prints how many switches it makes in a second.
const { idler, ticker } = require("./tasks.js");

const switches = 50_000_000;
const tasks = [idler(), ticker()];

function run(count) {
  for (let step = 0, next = 0; step < count; step += 1) {
    tasks[next].next();
    next = next + 1 === tasks.length ? 0 : next + 1;
  }
}

run(switches / 10);
const began = performance.now();
run(switches);
console.log((switches / (performance.now() - began)) * 1000);
