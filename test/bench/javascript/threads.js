// Functions that share a counter. Run by itself, it prints how many accesses to it they make in a second.
let counter = 0;

function count(times) {
  for (let at = 0; at < times; at += 1) increment();
  return counter;
}

function increment() {
  counter += 1;
}

module.exports = { count };

if (require.main === module) {
  const times = 200_000_000;
  count(times / 10);
  const began = performance.now();
  count(times);
  console.log(((2 * times) / (performance.now() - began)) * 1000);
}
