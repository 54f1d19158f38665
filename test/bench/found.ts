/**
 * After how many orders each strategy finds the bugs of `test/fixtures/explore`: the table in docs/exploring.md. Not a figure of `npm run bench`:
 * `tsx test/bench/found.ts [NAME…]` prints it. Of the random strategies, it is the median over 20 seeds.
 */
import { resolve } from "node:path";
import type { ExploreFields } from "../../src/protocol/explore";
import { type ExploredProgram, requestFor } from "../../src/session/explore/asked";
import { SearchProcess } from "../../src/session/explore/searchProcess";
import { programs } from "../runner/explore/programs";
import { commandFor, median } from "./benchSession";

const seeds = 20;
/** A search that has found nothing after so many orders is given up. */
const most = 100_000;

const strategies = ["exhaustive", "exhaustive:reduce=1", "delays:d=2", "random", "pct", "urw", "pos", "portfolio"];

async function main(): Promise<void> {
  console.log(`| bug | ${strategies.map((strategy) => `\`${strategy}\``).join(" | ")} |`);
  console.log(`|---|${strategies.map(() => "---|").join("")}`);
  const wanted = process.argv.slice(2);
  for (const { name, calls, check, invariant, findsLoops } of programs) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const file = resolve(`test/fixtures/explore/${name}.ts`);
    const program: ExploredProgram = { file, command: await commandFor(file), calls };
    const question = {
      until: "all" as const,
      check,
      invariant,
      watches: [],
      counts: { values: true, output: false },
      steps: 1_000,
      policy: "round-robin",
      time: { virtual: 1, seed: 0 },
    };
    const searching = new SearchProcess(program, () => undefined);
    const request = (strategy: string) => ({
      ...requestFor(program, question, strategy, { index: 0, of: 1 }),
      ...(findsLoops ? { findsLoops } : {}),
    });
    await searching.load(request("exhaustive"));
    const cells: string[] = [];
    for (const strategy of strategies) {
      // Where orders are left out, nobody looks for loops.
      const isLeftOut = findsLoops && strategy.includes("reduce");
      cells.push(isLeftOut ? "–" : await cellOf(searching, strategy, request));
    }
    searching.end();
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
}

async function cellOf(searching: SearchProcess, strategy: string, request: (strategy: string) => ExploreFields): Promise<string> {
  const isRandom = !/^(exhaustive|delays)/.test(strategy);
  const found: number[] = [];
  for (let seed = 0; seed < (isRandom ? seeds : 1); seed += 1) {
    await searching.explore(request(isRandom ? `${strategy}:seed=${seed}` : strategy));
    found.push(await foundAfter(searching));
  }
  const orders = median(found);
  return orders <= most ? orders.toLocaleString("en-US") : "–";
}

/** The number of the first order that fails, among those that were tried or given up; infinite if there is none. */
async function foundAfter(searching: SearchProcess): Promise<number> {
  for (let orders = 0; orders < most; ) {
    // Where it takes long, a few orders more or less do not matter.
    const { tried, pruned, outcomes, done } = await searching.exploreOn(Math.max(1, Math.floor(orders / 50)), 1_000);
    orders += tried + pruned;
    if (outcomes.some(({ outcome }) => outcome?.failing)) return orders;
    if (done) break;
  }
  return Number.POSITIVE_INFINITY;
}

if (process.argv[1] === import.meta.filename) void main();
