/**
 * Tasks of several files in one session: the schedule names their files, and a replay, a saved trace and a setup find them again.
 */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ended, yieldpoint } from "./commandLine";

const counts = 'const own = "own";\nexport function* counts(to) {\n  for (let n = 1; n <= to; n += 1) yield own + n;\n}\n';
const others = 'const own = "other";\nfunction* says() {\n  yield own;\n  yield own;\n}\n';

describe("tasks of several files", () => {
  let folder: string;
  let main: string;
  let other: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "yieldpoint-files-"));
    await mkdir(join(folder, "lib"));
    main = join(folder, "main.js");
    other = join(folder, "lib", "other.js");
    await writeFile(main, counts);
    await writeFile(other, others);
    await writeFile(join(folder, "lib", "tasks.py"), "def says():\n    yield\n");
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const jsonl = ["--until", "all", "--format", "jsonl"];
  const scheduleOf = (run: Ended) => {
    assert.equal(run.stderr, "");
    return (run.objects().at(-1) as { outcome: { schedule: string } }).outcome.schedule;
  };
  const stepsOf = (run: Ended) => run.objects().flatMap(({ step, task, value }) => (step ? [`${task}: ${value}`] : []));

  it("run together, and their schedule has the paths of files relative to the session's folder", async () => {
    const run = await yieldpoint("trace", main, "counts(2)", `${other}: says()`, ...jsonl);
    const schedule = scheduleOf(run);
    assert.equal(schedule, 'round-robin; "counts(2)" "lib/other.js: says()"; (0 1)*3');
    const steps = ['counts: "own1"', 'says: "other"', 'counts: "own2"', 'says: "other"', "counts: undefined", "says: undefined"];
    assert.deepEqual(stepsOf(run), steps);
    assert.deepEqual(stepsOf(await yieldpoint("trace", main, "--schedule", schedule, ...jsonl)), steps);
  });

  it("are in a saved trace, with which a later run can be compared", async () => {
    const saved = join(folder, "run.yieldtrace");
    const run = await yieldpoint("trace", main, "counts(1)", `${other}: says()`, "--save", saved, ...jsonl);
    const again = await yieldpoint("trace", main, "--against", saved, ...jsonl);
    assert.deepEqual([again.code, stepsOf(again)], [0, stepsOf(run)]);
    const compared = await yieldpoint("compare", main, "counts(1)", `${other}: says()`, "--policies", "fcfs,lifo");
    assert.equal(compared.code, 0);
  });

  it("are rejected if they are of another language, or if the file does not exist", async () => {
    const python = await yieldpoint("trace", main, `${join(folder, "lib", "tasks.py")}: says()`);
    assert.equal(python.code, 2);
    assert.match(python.stderr, /lib\/tasks\.py is of another language/);
    const gone = await yieldpoint("trace", main, `${join(folder, "gone.js")}: says()`);
    assert.equal(gone.code, 2);
    assert.match(gone.stderr, /The call gone\.js: says\(\) fails: /);
  });
});
