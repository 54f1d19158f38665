import assert from "node:assert/strict";
import type { ExploreFields } from "../../../src/protocol/explore";
import { exploring } from "../explore/searching";
import { refusal } from "../refusal";
import { type RunnerUnderTest, runners } from "../runners";
import { endAll, take } from "../starting";
import { threadsFile } from "./threads";

const runner = runners.find(({ language }) => language === "javascript") as RunnerUnderTest;
const races = threadsFile("races.ts");

/** A search over the orders of threads. */
async function search(calls: readonly string[], given: Partial<ExploreFields> = {}) {
  const client = await take(exploring(runner));
  await client.ask("load", { file: races, time: { virtual: 1, seed: 0 }, threads: "accesses" });
  await client.ask("explore", {
    calls: calls.map((call) => ({ call })),
    strategy: "exhaustive",
    shard: { index: 0, of: 1 },
    until: "all",
    watches: ["counter", "served.join()"],
    steps: 1000,
    time: { step: 1, seed: 0 },
    counts: { values: true, output: false },
    ...given,
  });
  return client;
}

/** The values of the watched expressions, by outcome. */
async function outcomes(calls: readonly string[], given: Partial<ExploreFields> = {}, orders = 100_000) {
  const client = await search(calls, given);
  const explored = await client.ask("exploreOn", { orders, millis: 60_000 });
  const found = explored.outcomes.map(({ outcome }) => outcome?.watches);
  return { explored, client, found: found.map((values) => values?.join(" ")).sort() };
}

describe("Exploring the orders of threads", () => {
  afterEach(endAll);

  it("finds the lost update", async () => {
    const { explored, found } = await outcomes(["add()", "add()"]);
    assert.equal(explored.done, true);
    assert.deepEqual([...new Set(found)], ['1 ""', '2 ""']);
    // Each thread makes four steps, of which any four of eight may be the first one's.
    assert.equal(explored.tried, 70);
  });

  it("finds no lost update where a mutex is held", async () => {
    const { explored, found } = await outcomes(["addLocked()", "addLocked()"], { strategy: "pct:seed=7,depth=3" }, 1_000);
    assert.equal(explored.tried, 1_000);
    assert.deepEqual([...new Set(found)], ['2 ""']);
  });

  it("finds the request that is served twice, with the order in which it is", async () => {
    const { client, explored, found } = await outcomes(["serve()", "serve()"], { strategy: "delays" });
    assert.ok(
      found.some((values) => values?.includes("first,first")),
      found.join(),
    );
    const doubled = explored.outcomes.find(({ outcome }) => outcome?.watches[1] === '"first,first"');
    const [executed] = (await client.ask("execute", { schedules: [[...(doubled?.witness ?? [])]] })).executed;
    assert.equal(executed?.outcome.watches[1], '"first,first"');
    assert.ok(executed?.steps.some(({ point }) => point?.function === "take"));
  });

  it("merges no states of threads, which are not seen", async () => {
    const failure = await refusal(search(["add()"], { findsLoops: true }));
    assert.match(failure.message, /whole state of threads is not seen/);
  });
});
