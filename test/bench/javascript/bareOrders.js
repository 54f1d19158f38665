// All 20 orders of the two-task lost update, again and again, by a bare depth-first search: what exploring is compared with. Each order runs on
// a fresh instance of the module, as a compiled function that is called again. Prints the orders per second.
const { readFileSync } = require("node:fs");
const { stripTypeScriptTypes } = require("node:module");
const vm = require("node:vm");

const source = readFileSync(process.argv[2], "utf8");
const plain = (stripTypeScriptTypes?.(source) ?? source).replaceAll("export ", "");
const body = vm.compileFunction(`${plain}\nreturn [deposit, () => account];`);

/** Runs one order. @param choices positions in the ready queue where there is a choice; longer afterwards */
function run(choices, allowed) {
  const [deposit, account] = body();
  const tasks = [deposit(), deposit()];
  const ready = [0, 1];
  let depth = 0;
  while (ready.length > 0) {
    let position = 0;
    if (ready.length > 1) {
      if (depth === choices.length) {
        choices.push(0);
        allowed.push(ready.length);
      }
      position = choices[depth];
      depth += 1;
    }
    const [task] = ready.splice(position, 1);
    if (!tasks[task].next().done) ready.push(task);
  }
  return account();
}

function searchAll(counts) {
  const choices = [];
  const allowed = [];
  for (let orders = 1; ; orders += 1) {
    const outcome = run(choices, allowed);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    while (choices.length > 0 && choices.at(-1) + 1 === allowed.at(-1)) {
      choices.pop();
      allowed.pop();
    }
    if (choices.length === 0) return orders;
    choices.push(choices.pop() + 1);
  }
}

const until = performance.now() + 1000;
const counts = new Map();
let orders = 0;
const began = performance.now();
while (performance.now() < until) orders += searchAll(counts);
console.log((1000 * orders) / (performance.now() - began));
