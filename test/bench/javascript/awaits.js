// Two async functions that await values, and the number of awaits a second.
const awaits = 300_000;

async function counting() {
  for (let at = 0; at < awaits; at += 1) await at;
}

const began = performance.now();
Promise.all([counting(), counting()]).then(() => {
  console.log(Math.round((2 * awaits * 1_000) / (performance.now() - began)));
});
