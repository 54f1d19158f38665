// `explore` as a user's shell starts it: options, exit codes, what is printed as data, shards, and what Ctrl-C leaves.

import assert from "node:assert/strict";
import { once } from "node:events";
import { watch } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { ordersOfSlices } from "../../src/core/explore/estimate";
import { OutcomeReport, SearchReport } from "../../src/session/explore/report";
import { type Ended, ended, start, yieldpoint } from "./commandLine";

const folder = resolve("test/fixtures/explore");
const deposits = ["deposit()", "deposit()"];
const jsonl = ["--format", "jsonl"];

/** What was printed, decoded: every line fits the schema. */
function reported(run: Ended) {
  const objects = run.objects();
  return {
    outcomes: objects.slice(0, -1).map((each) => v.parse(v.strictObject(OutcomeReport.entries), each)),
    ...v.parse(v.strictObject(SearchReport.entries), objects.at(-1)),
  };
}

describe("explore", () => {
  let temporary: string;

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "explore-"));
  });

  after(() => rm(temporary, { recursive: true }));

  for (const extension of [".ts", ".py"]) {
    it(`finds livelocks once orders were cut, and says which steps are repeated, of a ${extension} file`, async () => {
      const run = await yieldpoint("explore", join(folder, `polite${extension}`), "passes(0)", "passes(1)", ...jsonl);
      const { outcomes, explored } = reported(run);
      assert.equal(run.code, 1);
      assert.deepEqual(
        outcomes.map(({ outcome, orders, by }) => [outcome.stopped, orders, by]),
        [
          ["all-finished", 314, undefined],
          ["livelock", 24, "livelock"],
        ],
      );
      const { steps, repeats = 0 } = outcomes[1]?.outcome ?? {};
      assert.equal((steps ?? 0) - repeats, 3);
      assert.match(outcomes[1]?.explanation ?? "", /^Steps \d+ to \d+ are repeated for ever: /);
      assert.deepEqual([explored.claim, explored.cut], ["all", 0]);
      assert.ok(explored.verdicts.some(({ text }) => text === "Livelock in 24 of 338 orders."));
      // Its corrected twin, in which they look again and again too.
      const fixed = await yieldpoint("explore", join(folder, `polite-fixed${extension}`), "passes(0)", "passes(1)");
      assert.equal(fixed.code, 0);
      assert.match(fixed.stdout, /^Free of livelocks: proved for these tasks\.$/m);
    });

    it(`says whom a policy starves, of a ${extension} file`, async () => {
      const given = [join(folder, `spinning${extension}`), "sets()", "spins()", "--delays", "0"];
      const starving = await yieldpoint("explore", ...given, "--policy", "lifo");
      assert.equal(starving.code, 1);
      assert.match(starving.stdout, /FAILS: the policy never picks sets, and everything comes back to where it was$/m);
      assert.match(starving.stdout, /^Starves a task in 1 of 1 order\.$/m);
      const fair = await yieldpoint("explore", ...given);
      assert.equal(fair.code, 0);
      assert.match(fair.stdout, /^Starves no task in orders with at most 0 deviations from round-robin: proved/m);
    });

    it(`merges orders that come to the same state, in shards too, of a ${extension} file`, async () => {
      const given = [join(folder, `lostUpdate${extension}`), "deposit()", "deposit()", "deposit()", "--watch", "account"];
      const all = reported(await yieldpoint("explore", ...given, "--strategy", "exhaustive", ...jsonl));
      const merged = reported(await yieldpoint("explore", ...given, "--strategy", "merging", ...jsonl));
      const met = ({ outcomes }: typeof all) =>
        outcomes.map(({ outcome, orders, witness }) => [outcome.watches, orders, witness]);
      assert.deepEqual(met(merged), met(all));
      assert.deepEqual([merged.explored.claim, merged.explored.of, all.explored.merged], ["all", 1680, undefined]);
      const few = merged.explored.merged ?? 0;
      assert.ok(few > 840, `${few}`);
      const says = `${few.toLocaleString("en-US")} of them were not run to their ends: another order had come to the same state, from which all was tried.`;
      assert.ok(merged.explored.says.includes(says));
      const files = [];
      for (const part of [1, 2]) {
        const { stdout } = await yieldpoint("explore", ...given, "--strategy", "merging", "--shard", `${part}/2`, ...jsonl);
        files.push(join(temporary, `${part}${extension}.jsonl`));
        await writeFile(files.at(-1) as string, stdout);
      }
      const together = reported(await yieldpoint("explore", "merge", ...files, ...jsonl));
      assert.deepEqual([together.explored.claim, together.explored.orders], ["all", 1680]);
      assert.ok((together.explored.merged ?? 0) > 0);
      assert.deepEqual(
        together.outcomes.map(({ outcome, orders }) => [outcome.watches, orders]),
        all.outcomes.map(({ outcome, orders }) => [outcome.watches, orders]),
      );
    });

    it(`says what of the state is not seen, of a ${extension} file`, async () => {
      const { stdout } = await yieldpoint("explore", join(folder, `kinds${extension}`), "spins()", "--steps", "20");
      assert.match(stdout, /^Whether it goes round in a loop cannot be told, since it is not seen: /m);
      assert.match(stdout, /^No livelock found in 1 order\.$/m);
    });

    it(`prints each outcome with its orders, a witness and why, the most frequent first, of a ${extension} file`, async () => {
      // 6! / (3! 3!) orders, of which 8 keep both deposits: test/runner/explore/outcomes.test.ts says why.
      const file = join(folder, `lostUpdate${extension}`);
      const run = await yieldpoint("explore", file, ...deposits, "--check", "account == 2", "--watch", "account", ...jsonl);
      const { outcomes, explored } = reported(run);
      assert.equal(run.code, 1);
      assert.deepEqual(
        outcomes.map(({ outcome, orders, failing, by }) => [outcome.watches, outcome.stopped, orders, failing, by]),
        [
          [{ account: "1" }, "all-finished", 12, true, "check"],
          [{ account: "2" }, "all-finished", 8, false, undefined],
        ],
      );
      assert.equal(outcomes[0]?.witness, 'virtual-time:step=1,seed=0; round-robin; "deposit()" "deposit()"; (0 1)*3');
      assert.match(
        outcomes[0]?.explanation ?? "",
        /step 3 comes before step 2: both read account before either wrote it back\.$/,
      );
      const { orders, of, claim, strategy, pruned, cut, deterministic, says } = explored;
      assert.deepEqual(
        { orders, of, claim, strategy, pruned, cut, deterministic, says },
        {
          orders: 20,
          of: 20,
          claim: "all",
          strategy: "exhaustive",
          pruned: 0,
          cut: 0,
          deterministic: true,
          says: ["All 20 orders."],
        },
      );
    });
  }

  it("finds nothing where there is nothing, and says so in words", async () => {
    const { code, stdout } = await yieldpoint(
      "explore",
      join(folder, "lostUpdate-fixed.ts"),
      ...deposits,
      "--check",
      "account == 2",
    );
    assert.equal(code, 0);
    assert.match(stdout, /^All \d+ orders\.\nNever breaks the check: proved for these tasks\.\nFree of deadlocks: proved/m);
  });

  it("tries as many orders as there are, whatever the file", async () => {
    const slices = [2, 3, 4];
    for (const extension of [".ts", ".py"]) {
      // counts(n) yields n - 1 times more often than it returns: n slices and the last one.
      const calls = slices.map((count) => `counts(${count - 1})`);
      const { explored } = reported(await yieldpoint("explore", join(folder, `kinds${extension}`), ...calls, ...jsonl));
      assert.deepEqual([explored.orders, explored.claim], [Number(ordersOfSlices(slices)), "all"]);
    }
  });

  it("proves two tasks apart, whose 137,846,528,820 orders make one class", async () => {
    for (const extension of [".ts", ".py"]) {
      const run = await yieldpoint("explore", join(folder, `apart${extension}`), "alone(20)", "alone(20)", ...jsonl);
      const { outcomes, explored } = reported(run);
      assert.deepEqual([explored.claim, explored.strategy, explored.orders], ["all", "exhaustive:reduce=1", undefined]);
      assert.deepEqual([explored.classes, outcomes.map(({ classes, orders }) => [classes, orders])], [1, [[1, undefined]]]);
      assert.deepEqual(explored.opaque, []);
    }
  });

  it("searches the same with the same seed", async () => {
    const search = ["explore", join(folder, "threeLocks.ts"), "dine(0)", "dine(1)", "dine(2)", "--orders", "300", ...jsonl];
    const seeded = (seed: string) => yieldpoint(...search, "--strategy", "random", "--seed", seed);
    const [one, again, other] = (await Promise.all(["7", "7", "8"].map(seeded))).map(reported);
    const counts = (report: typeof one) => report?.outcomes.map(({ orders, outcome }) => [orders, outcome.tasks]);
    assert.deepEqual(counts(one), counts(again));
    assert.notDeepEqual(counts(one), counts(other));
    assert.deepEqual([one?.explored.orders, one?.explored.claim, one?.explored.seed], [300, "sample", 7]);
  });

  it("bounds deviations", async () => {
    const { explored } = reported(
      await yieldpoint("explore", join(folder, "lostUpdate.ts"), ...deposits, "--delays", "1", ...jsonl),
    );
    // Round-robin, and an order for each of its steps with a choice, of which the last two slices leave none.
    assert.deepEqual([explored.claim, explored.delays, explored.says], ["delays", 1, [says(explored.orders ?? 0)]]);
    assert.ok((explored.orders ?? 0) > 1 && (explored.orders ?? 0) < 20);
  });

  const says = (orders: number) => `All ${orders} orders with at most 1 deviation from round-robin.`;

  it("counts deviations from a policy, which goes on in witnesses too", async () => {
    const search = ["explore", join(folder, "lostUpdate.ts"), ...deposits, "--check", "account == 2", "--policy", "fcfs"];
    const { outcomes, explored } = reported(await yieldpoint(...search, "--delays", "1", ...jsonl));
    assert.deepEqual(explored.says, [`All ${explored.orders} orders with at most 1 deviation from fcfs.`]);
    assert.equal(explored.program.policy, "fcfs");
    // First come, first served, the first deposit is over before the second begins; one deviation lets the second read too early.
    assert.deepEqual(outcomes.map(({ failing, deviations }) => [failing, deviations]).sort(), [
      [false, 0],
      [true, 1],
    ]);
    const witness = outcomes.find(({ failing }) => !failing)?.witness ?? "";
    assert.equal(witness, 'virtual-time:step=1,seed=0; fcfs; "deposit()" "deposit()"; 0*3 1*3');
    const replayed = await yieldpoint("trace", search[1] as string, "--schedule", witness);
    assert.equal(replayed.code, 0);
  });

  it("fails by tasks that wait for nobody, and so does their witness", async () => {
    const file = join(folder, "missedSignal.ts");
    const { code, ...run } = await yieldpoint("explore", file, "starter()", "worker()", ...jsonl);
    const blocked = reported({ code, ...run }).outcomes.find(({ failing }) => failing);
    assert.deepEqual([code, blocked?.outcome.stopped], [1, "blocked"]);
    const replayed = await yieldpoint("trace", file, "--schedule", blocked?.witness ?? "", ...jsonl);
    const { outcome } = replayed.objects().at(-1) as { outcome: { stopped: string; why: string } };
    assert.deepEqual([replayed.code, outcome.stopped], [1, "blocked"]);
    assert.match(outcome.why, /worker/);
  });

  it("sees the state of what cotasks makes, wherever the package lies", async () => {
    const project = join(temporary, "project");
    await cp(resolve("out/cotasks/python"), project, { recursive: true });
    const file = join(project, "adding.py");
    await writeFile(
      file,
      "from cotasks import mutex\n\nlock = mutex()\nx = 0\n\n\ndef adds(by):\n    global x\n    y = x\n    yield\n    x = y + by\n    yield\n",
    );
    const { explored } = reported(
      await yieldpoint("explore", file, "adds(1)", "adds(2)", "adds(3)", "--strategy", "merging", ...jsonl),
    );
    assert.deepEqual([explored.orders, explored.claim], [1680, "all"]);
    assert.ok((explored.merged ?? 0) > 0);
  });

  it("prints what was found when it cannot go on", async () => {
    // The first order ends the process; the second one changes the file before that, so no other process begins.
    const file = join(temporary, "changing.cjs");
    await writeFile(
      file,
      `let hasReturned = false;
      function* counts() { yield; hasReturned = true; }
      function* quits() {
        yield;
        if (!hasReturned) require("node:fs").appendFileSync(__filename, "\\n");
        process.exit(3);
      }`,
    );
    const run = await yieldpoint("explore", file, "counts()", "quits()", ...jsonl);
    assert.equal(run.code, 2, run.stderr);
    assert.match(run.stderr, /The file was changed in the meantime/);
    const { outcomes, explored } = reported(run);
    assert.deepEqual([outcomes[0]?.by, explored.orders, explored.claim], ["died", 1, "sample"]);
  });

  it("fails by orders that end their processes, also where there are too many of them to go on", async () => {
    const file = join(temporary, "quitting.py");
    await writeFile(file, "import os\n\n\ndef quits():\n    yield\n    yield\n    os._exit(3)\n");
    const run = await yieldpoint("explore", file, "quits()", "quits()", "quits()", ...jsonl);
    assert.equal(run.code, 1, run.stderr);
    assert.match(run.stderr, /50 orders have ended the process of the program: the search ends here/);
    const { outcomes, explored } = reported(run);
    assert.ok(outcomes.every(({ by }) => by === "died"));
    assert.deepEqual([explored.orders, explored.claim], [50, "sample"]);
  });

  for (const [extension, text] of [
    [".mts", "for (;;);\nexport function* counts() { yield; }\n"],
    [".py", "while True:\n    pass\n\n\ndef counts():\n    yield\n"],
  ] as const) {
    it(`waits no longer than it is given for a ${extension} file to be loaded`, async () => {
      const file = join(temporary, `loading${extension}`);
      await writeFile(file, text);
      const run = await yieldpoint("explore", file, "counts()", "--seconds", "1");
      assert.equal(run.code, 2, run.stderr);
      assert.match(run.stderr, /The program has been running for \d+ s while it is loaded at \S+:1\./);
    });
  }

  it("prints what was found when it is stopped", async () => {
    // Every order begins with loading the file, so after so many there has been an answer.
    const marker = join(temporary, "marker");
    const file = join(temporary, "endless.cjs");
    await writeFile(
      file,
      `globalThis.orders = (globalThis.orders ?? 0) + 1;
      if (globalThis.orders === 60000) require("node:fs").writeFileSync(${JSON.stringify(marker)}, "");
      function* counts(times) { for (let time = 0; time < times; time += 1) yield time; }`,
    );
    const watcher = watch(temporary);
    const child = start("explore", file, "counts(2)", "counts(2)", "--strategy", "random", "--seconds", "3600", ...jsonl);
    const run = ended(child);
    for (;;) {
      const [, name] = await once(watcher, "change");
      if (name === "marker") break;
    }
    watcher.close();
    child.kill("SIGINT");
    const stopped = await run;
    assert.equal(stopped.code, 130, stopped.stderr);
    const { explored } = reported(stopped);
    assert.deepEqual([explored.claim, explored.cancelled], ["sample", true]);
  });

  for (const extension of [".ts", ".py"]) {
    it(`claims nothing of a ${extension} file whose outcome the order does not determine`, async function () {
      if (process.platform === "win32") this.skip();
      const { explored } = reported(await yieldpoint("explore", join(folder, `reading${extension}`), "reads()", ...jsonl));
      assert.deepEqual([explored.claim, explored.deterministic], ["void", false]);
      assert.match(explored.says[0] ?? "", /^Not deterministic: step 2 differs when the same order is run again\./);
      assert.ok(explored.verdicts.every(({ state }) => state !== "proved"));
    });
  }

  it("says what is wrong with what it was given", async () => {
    const file = join(folder, "lostUpdate.ts");
    const wrong: readonly (readonly [args: string[], code: number, message: RegExp])[] = [
      [[file], 2, /At least one call is missing/],
      [[file, "deposit()", "absent()"], 2, /The call absent\(\) fails: ReferenceError: absent is not defined/],
      [[file, "deposit()", "--check", "account =="], 2, /The check account == cannot be read: SyntaxError: Unexpected token/],
      [[file, "deposit()", "--watch", "1", "--watch", "2 +"], 2, /The watch 2 \+ cannot be read: SyntaxError/],
      [[file.replace(".ts", ".py"), "deposit()", "--invariant", "a b"], 2, /The invariant a b cannot be read: SyntaxError/],
      [[file, "deposit()", "--strategy", "all"], 2, /There is no strategy "all"\.\n {2}Use one of exhaustive, merging, delays/],
      [[file, "deposit()", "--strategy", "exhaustive", "--seed", "1"], 2, /has a seed of its own, or takes none/],
      [[file, "deposit()", "--delays", "1", "--strategy", "random"], 2, /leave out --strategy/],
      [[file, "deposit()", "--shard", "3/2", "--strategy", "random"], 2, /--shard must be one of several parts/],
      [[file, "deposit()", "--shard", "1/2"], 2, /With --shard, --strategy or --delays is needed/],
      [[file, "deposit()", "--seconds", "0"], 2, /--seconds must be a number above 0/],
      [[file, "deposit()", "--counts", "all"], 2, /--counts takes values, output/],
      [[file, "deposit()", "--policy", "fair"], 2, /Deviations from fair cannot be counted: its picks depend on measured/],
      [
        [file, "deposit()", "--policy", "random:seed=1"],
        2,
        /it draws its picks\.\n {2}Choose one of round-robin, fcfs, lifo, priority/,
      ],
      [[file, "deposit()", "--policy", "./own.ts"], 2, /Deviations from a policy in a file cannot be counted/],
      [[file, "deposit()", "--policy", "priority:depose=1"], 2, /There is no task "depose" .*\n {2}Did you mean "deposit"\?/],
      [["merge"], 2, /needs a file/],
    ];
    const runs = await Promise.all(wrong.map(([args]) => yieldpoint("explore", ...args)));
    for (const [index, { code, stderr }] of runs.entries()) {
      const [, wanted, message] = wrong[index] as (typeof wrong)[0];
      assert.match(stderr, message);
      assert.equal(code, wanted, stderr);
    }
  });
});
