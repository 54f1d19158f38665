// The JavaScript runner compiles a program a second time to see what it reads and writes. It must do the same as before.

import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { runners } from "../runners";
import { endAll } from "../starting";
import { executed, searchAll, startSearch } from "./searching";

const file = resolve("test/fixtures/explore/javascript/syntax.ts");

describe("javascript runner, reads and writes", () => {
  afterEach(endAll);

  it("changes nothing of what a program does", async () => {
    const [runner] = runners;
    assert.ok(runner);
    const client = await startSearch(runner, "syntax", ["speaks()"], { file, watches: ["counter", "seen.length"] });
    const { found } = await searchAll(client);
    const [{ id, outcome }] = found as [(typeof found)[0]];
    const again = await executed(client);
    assert.equal(outcome.end, "all");
    assert.deepEqual([again.id, again.outcome], [id, outcome]);
  });

  it("changes nothing of what a program does either where it shows its variables", async () => {
    const [runner] = runners;
    assert.ok(runner);
    const given = { file, watches: ["counter", "seen.length"] };
    const plain = await searchAll(await startSearch(runner, "syntax", ["speaks()"], given));
    const client = await startSearch(runner, "syntax", ["speaks()"], { ...given, findsLoops: true });
    const { found, last } = await searchAll(client);
    assert.deepEqual(found, plain.found);
    assert.match(last.hidden ?? "", /^a private field in line \d+$/);
    assert.deepEqual((await executed(client)).outcome, plain.found[0]?.outcome);
  });
});

for (const runner of runners) {
  describe(`${runner.name} runner, executing a schedule`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    it("tells of each step where it ended and what it read and wrote", async () => {
      const client = await startSearch(runner, "lostUpdate", ["deposit()", "deposit()"]);
      // Task 7 does not exist, and task 0 is over when it is picked a fourth time: both picks are left out.
      const { picks, steps, places } = await executed(client, 0, 7, 1, 0, 0, 0);
      assert.deepEqual(picks, [0, 1, 0, 0, 1, 1]);
      const named = (numbers: readonly number[]) => numbers.map((place) => places[place]);
      const account = (step: number) =>
        [named(steps[step]?.reads ?? []), named(steps[step]?.writes ?? [])].map((of) => of.includes("account"));
      assert.deepEqual([0, 1, 2].map(account), [
        [true, false],
        [true, false],
        [false, true],
      ]);
      assert.ok(steps.every(({ all }) => !all));
    });

    it("tells of each step that reads the time, which every other step moves", async () => {
      const python = runner.language === "python";
      const reads = python ? pythonReads : javascriptReads;
      const task = (read: string, at: number) =>
        python ? `def task${at}():\n    ${read}\n    yield\n` : `export function* task${at}() { ${read}; yield; }\n`;
      const head = python
        ? "import datetime, os, time, uuid\nfrom cotasks import now\n"
        : 'import { now } from "cotasks";\nconst format = new Intl.DateTimeFormat("en", { fractionalSecondDigits: 3 });\n';
      const name = `reads${runner.extension}`;
      const folder = folderWith({ [name]: head + reads.map(task).join("") });
      const calls = reads.map((_, at) => `task${at}()`);
      const client = await startSearch(runner, "", calls, { file: join(folder, name) });
      const { steps, places } = await executed(client, ...reads.keys());
      const seen = reads.filter((_, at) => steps[at]?.all || steps[at]?.writes.some((place) => places[place] === "clock"));
      assert.deepEqual(seen, reads);
    });
  });
}

const javascriptReads = [
  "Date.now()",
  "new Date()",
  "Date()",
  "Reflect.construct(Date, [])",
  "new (class extends Date {})()",
  "performance.now()",
  "performance.mark('a')",
  "process.hrtime()",
  "process.hrtime.bigint()",
  "process.uptime()",
  "process.cpuUsage()",
  "format.format()",
  "format.formatToParts()",
  "new Event('a').timeStamp",
  "new File([], 'a').lastModified",
  "console.time('a')",
  "now()",
];

const pythonReads = [
  "time.time()",
  "time.monotonic_ns()",
  "time.localtime()",
  "time.strftime('%f')",
  "datetime.datetime.now()",
  "datetime.datetime.today()",
  "datetime.date.today()",
  "os.times()",
  "uuid.uuid1()",
  "now()",
];
