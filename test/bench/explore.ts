/**
 * How many orders exploring tries a second, beside a bare search in one process and fast-check's scheduler(); what a second process adds; what
 * reduction leaves out; and the memory of a long search.
 */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { type ExploredProgram, type Question, requestFor } from "../../src/session/explore/asked";
import { OrderSearch } from "../../src/session/explore/orderSearch";
import { SearchProcess } from "../../src/session/explore/searchProcess";
import { workingUnder } from "../../src/session/process/runnerProcess";
import { commandFor, median } from "./benchSession";

export const figures = ["explore."];

const rounds = 5;
const millis = 1_000;
const deposits = ["deposit()", "deposit()"];
const whole = { index: 0, of: 1 };
/** Orders in the search whose memory is measured. */
const long = 10_000_000;

const question: Question = {
  until: "all",
  watches: [],
  counts: { values: true, output: false },
  steps: 1_000,
  policy: "round-robin",
  time: { virtual: 1, seed: 0 },
};

const languages = {
  js: { extension: "ts", command: process.execPath, bare: resolve("test/bench/javascript/bareOrders.js") },
  py: { extension: "py", command: "python3", bare: resolve("test/bench/python/bare_orders.py") },
} as const;

/**
 * Reports, for both languages, explore.LANGUAGE.orders and .bare, the orders a second of the two-task lost update in a process that explores
 * and in one that only searches, and .ratio; .threads.orders, those of two threads that lose an increment; explore.js.fast-check; explore.LANGUAGE.scale, the rate of two processes relative to one;
 * explore.LANGUAGE.reduction, the orders tried of all of three tasks of five steps that touch each other once; and explore.rss.mb after ten million
 * orders, with explore.rss.growth, relative to one million.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const [language, { extension, command: interpreter, bare }] of Object.entries(languages)) {
    const file = resolve(`test/fixtures/explore/lostUpdate.${extension}`);
    const program = { file, command: await commandFor(file), calls: deposits };
    const rates = { orders: [] as number[], bare: [] as number[], scale: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const one = await rateOf(program, 1);
      rates.orders.push(one);
      rates.bare.push(await printedBy(interpreter, bare, file));
      rates.scale.push((await rateOf(program, 2)) / one);
    }
    report(`explore.${language}.orders`, median(rates.orders), "orders/s");
    report(`explore.${language}.bare`, median(rates.bare), "orders/s");
    report(`explore.${language}.ratio`, median(rates.orders) / median(rates.bare), "of a bare search");
    report(`explore.${language}.scale`, median(rates.scale), "of one process");
    const races = resolve(`test/fixtures/threads/races.${extension}`);
    const command = workingUnder(await commandFor(races), { threads: "accesses" });
    const threads: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      threads.push(await rateOf({ file: races, command, calls: ["add()", "add()"] }, 1));
    }
    report(`explore.${language}.threads.orders`, median(threads), "orders/s");
    report(`explore.${language}.reduction`, await reduction(extension), "of all orders");
  }
  report(
    "explore.js.fast-check",
    await printedBy(process.execPath, resolve("test/bench/javascript/fastCheckOrders.js")),
    "orders/s",
  );
  const [early, late] = await memory();
  report("explore.rss.mb", late, "MB");
  report("explore.rss.growth", late / early, "of a tenth of the orders");
}

/** The orders a second of so many processes together, once they have warmed up. */
async function rateOf(program: ExploredProgram, processes: number): Promise<number> {
  const all = Array.from({ length: processes }, () => new SearchProcess(program, () => undefined));
  try {
    await Promise.all(
      all.map(async (process, index) => {
        const request = requestFor(program, question, "random:seed=1", { index, of: processes });
        await process.load(request);
        await process.explore(request);
        await process.exploreOn(Number.MAX_SAFE_INTEGER, millis);
      }),
    );
    const began = performance.now();
    const told = await Promise.all(all.map((process) => process.exploreOn(Number.MAX_SAFE_INTEGER, millis)));
    return (1000 * told.reduce((sum, { tried }) => sum + tried, 0)) / (performance.now() - began);
  } finally {
    for (const process of all) process.end();
  }
}

async function reduction(extension: string): Promise<number> {
  const file = resolve(`test/fixtures/explore/apart.${extension}`);
  const program = { file, command: await commandFor(file), calls: Array(3).fill("meets(5)") };
  const search = new OrderSearch(program, question, { strategy: "exhaustive:reduce=1", shard: whole });
  await search.run();
  const { tried = Number.NaN, pruned = Number.NaN } = search.result ?? {};
  return (tried + pruned) / 756_756;
}

/** The memory of a runner in MB, after a tenth of the orders and after all. Its number is what the orders tell of it. */
async function memory(): Promise<[number, number]> {
  const file = resolve("test/fixtures/explore/lostUpdate.ts");
  const program = { file, command: await commandFor(file), calls: deposits };
  const process = new SearchProcess(program, () => undefined);
  try {
    const request = requestFor(program, { ...question, watches: ["process.pid"] }, "random:seed=1", whole);
    await process.load(request);
    await process.explore(request);
    const read: number[] = [];
    let pid = "";
    for (const orders of [long / 10, long - long / 10]) {
      for (let left = orders; left > 0; ) {
        const { tried, outcomes } = await process.exploreOn(left, millis);
        pid = outcomes[0]?.outcome?.watches[0] ?? pid;
        left -= tried;
      }
      read.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) / 1024);
    }
    return read as [number, number];
  } finally {
    process.end();
  }
}

async function printedBy(command: string, ...args: string[]): Promise<number> {
  return Number((await promisify(execFile)(command, args)).stdout);
}
