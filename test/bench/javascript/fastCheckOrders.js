// The same lost update with fast-check's scheduler(), which picks a random order of the promises. Prints the orders per second.
const fc = require("fast-check");

const once = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
  let account = 0;
  async function deposit() {
    const read = account;
    await scheduler.schedule(Promise.resolve());
    account = read + 1;
    await scheduler.schedule(Promise.resolve());
  }
  const tasks = [deposit(), deposit()];
  await scheduler.waitAll();
  await Promise.all(tasks);
});

async function main() {
  const runs = 20_000;
  await fc.assert(once, { numRuns: 2_000 });
  const began = performance.now();
  await fc.assert(once, { numRuns: runs });
  console.log((1000 * runs) / (performance.now() - began));
}

void main();
