// Async functions that call each other, and the number of calls a second: each that awaits something is a task of its own.
const calls = 20_000;

async function increased(number) {
  await null;
  return number + 1;
}

async function counting() {
  let number = 0;
  while (number < calls) number = await increased(number);
}

const began = performance.now();
counting().then(() => console.log(Math.round((calls * 1_000) / (performance.now() - began))));
