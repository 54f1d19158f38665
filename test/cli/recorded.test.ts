import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sectionHeaderBytes, sectionKind } from "../../src/session/recording/format";
import { saveTrace } from "../../src/session/recording/save";
import { SectionFile } from "../../src/session/recording/sectionFile";
import { savedObjects } from "../unit/session/explore/savedSearches";
import { MadeUpRun, nothing } from "../unit/session/recording/viewed";
import { type Ended, ended, start, tasksFile, yieldpoint } from "./commandLine";

/** The share of a file's bytes that these tests keep, as if the rest had been lost. */
const most = 0.7;

/** The outcome in the last object printed. */
function outcomeOf({ objects }: Ended): Record<string, unknown> {
  return (objects().at(-1) as { outcome: Record<string, unknown> }).outcome;
}

describe("a trace written by trace --save", () => {
  const folder = mkdtempSync(join(tmpdir(), "yieldpoint-cli-"));
  const file = join(folder, "saved.yieldtrace");
  const other = join(folder, "other");
  const apart = mkdtempSync(join(tmpdir(), "yieldpoint-cli-"));
  let printed: Record<string, unknown>[];
  let table: string;

  before(async () => {
    const saved = await yieldpoint("trace", tasksFile, "upTo(9)", "prints('hi')", "--format", "jsonl", "--save", file);
    assert.equal(saved.code, 0);
    printed = saved.objects();
    table = (await yieldpoint("trace", tasksFile, "upTo(9)", "prints('hi')")).stdout;
  });
  after(() => {
    for (const each of [folder, apart]) rmSync(each, { recursive: true });
  });

  it("is shown in the form in which it was printed", async () => {
    const shown = await yieldpoint("show", file, "--format", "jsonl");
    assert.deepEqual(shown.objects().slice(0, -1), printed.slice(0, -1));
    const text = await yieldpoint("show", file);
    const order = `policy    round-robin\nschedule  round-robin; "upTo(9)" "prints('hi')"; 0 1 0 1\n\n`;
    assert.equal(text.stdout, order + table.replace(/steps: .*/, "steps"));
    assert.deepEqual([text.code, text.stderr], [0, ""]);
  });

  it("has its policy, its seed, and a schedule that replays it", async () => {
    const save = ["--policy", "lottery:upTo=3", "--seed", "8", "--save", other];
    const traced = await yieldpoint("trace", tasksFile, "upTo(9)", "prints('hi')", "--format", "jsonl", ...save);
    const { stopped: _, ...outcome } = (traced.objects().at(-1) as { outcome: Record<string, unknown> }).outcome;
    assert.deepEqual([outcome.policy, outcome.seed], ["lottery:upTo=3,seed=8", 8]);
    const shown = await yieldpoint("show", other, "--format", "jsonl");
    assert.deepEqual(shown.objects().at(-1), { outcome });
    const exported = await yieldpoint("export", other, "--as", "jsonl");
    assert.equal(exported.stdout, shown.stdout);
    const text = await yieldpoint("show", other);
    assert.ok(text.stdout.startsWith(`policy    lottery:upTo=3,seed=8\nschedule  ${outcome.schedule}\n\n  step  `));
    assert.equal(text.stdout.match(/policy/g)?.length, 1);
  });

  it("shows the outcomes of the search that was saved with it, as explore prints them", async () => {
    const explored = join(apart, "explored.yieldtrace");
    const run = new MadeUpRun(nothing);
    run.exploration = { saved: savedObjects({ more: 3 }), isUnderWay: false, witness: () => "" };
    await saveTrace(run, explored);
    const shown = await yieldpoint("show", explored, "--explored", "--format", "jsonl");
    assert.deepEqual(shown.objects(), savedObjects({ more: 3 }));
    const { stdout, code } = await yieldpoint("show", explored, "--explored");
    assert.equal(code, 0);
    assert.match(stdout, /^12 orders {2}60 % {2}FAILS: the check does not hold: account === 2\n.*^All 20 orders\.\n/ms);
    assert.ok(stdout.endsWith("\n3 more outcomes, each rarer than these.\n"));
    const none = await yieldpoint("show", file, "--explored");
    assert.deepEqual([none.code, /saved\.yieldtrace has no outcomes of exploring\./.test(none.stderr)], [2, true]);
    const both = await yieldpoint("show", explored, "--explored", "--from", "2");
    assert.deepEqual([both.code, /leave out --from, --to and --task/.test(both.stderr)], [2, true]);
  });

  it("can be shown in part: some steps, or one task", async () => {
    const some = await yieldpoint("show", file, "--from", "2", "--to", "3", "--format", "jsonl");
    assert.deepEqual(
      some.objects().flatMap(({ step, event }) => (event ? step : [])),
      [2, 3],
    );
    // Round-robin: the second of two tasks has the even steps.
    const one = await yieldpoint("show", file, "--task", "prints");
    assert.deepEqual(
      one.stdout.split("\n").flatMap((line) => /^ +(\d+) {2}\S/.exec(line)?.[1] ?? []),
      ["2", "4"],
    );
  });

  it("is exported in every format, to standard output and to a file alike", async () => {
    const begins = { chrome: "{", jsonl: '{"step":1,', text: "tasks.ts\n\nstep  upTo", svg: "<svg " };
    for (const [format, begin] of Object.entries(begins)) {
      const { stdout, stderr, code } = await yieldpoint("export", file, "--as", format);
      assert.deepEqual([code, stderr], [0, ""], format);
      assert.ok(stdout.startsWith(begin), `${format}: ${stdout.slice(0, 40)}`);
      const { code: wrote, stdout: nothing } = await yieldpoint("export", file, "--as", format, "--out", other);
      assert.deepEqual([wrote, nothing], [0, ""]);
      assert.equal(readFileSync(other, "utf8"), stdout);
    }
    const { traceEvents } = JSON.parse((await yieldpoint("export", file, "--as", "chrome")).stdout);
    assert.equal(traceEvents.filter(({ ph }: { ph: string }) => ph === "X").length, printed.filter(({ event }) => event).length);
    assert.deepEqual(readdirSync(folder).sort(), ["other", "saved.yieldtrace"]);
  });

  it("has statistics", async () => {
    const { objects } = await yieldpoint("stats", file, "--format", "jsonl");
    const [first, second, total] = objects();
    assert.deepEqual([first?.task, first?.steps, second?.task, second?.steps], ["upTo", 2, "prints", 2]);
    assert.equal((total as { total: { steps: number } }).total.steps, 4);
    const { stdout } = await yieldpoint("stats", file);
    assert.match(stdout, /^task {4}steps +time +share {2}longest slice +longest wait +output\nupTo +2 /);
    assert.match(stdout, /\nprints +2 .* 6 characters, 2 lines\nall +4 /);
  });

  it("says from which step on output was not kept, although all of it was printed", async () => {
    const options = ["--steps", "700", "--format", "jsonl", "--save", other];
    const traced = await yieldpoint("trace", tasksFile, "chatters(60000)", ...options);
    const numbers = traced.objects().flatMap(({ output, text }) => (output ? Number.parseInt(String(text), 10) : []));
    assert.deepEqual(
      numbers,
      Array.from({ length: 700 }, (_, index) => index + 1),
    );
    assert.equal(traced.stopped(), "step-limit");
    assert.equal(outcomeOf(traced).outputLostFrom, undefined);
    const shown = await yieldpoint("show", other, "--from", "690", "--format", "jsonl");
    const lostFrom = Number(outcomeOf(shown).outputLostFrom);
    assert.ok(lostFrom > 500 && lostFrom < 690, `${lostFrom}`);
    const said = new RegExp(`from step ${lostFrom} on`);
    for (const args of [
      ["show", other, "--from", "690"],
      ["stats", other],
      ["export", other, "--as", "text"],
    ])
      assert.match((await yieldpoint(...args)).stdout.slice(-500), said, args[0]);
  });

  it("that was cut off is shown up to the damage, with the reason and code 2", async () => {
    const bytes = readFileSync(file);
    writeFileSync(other, bytes.subarray(0, Math.floor(bytes.length * most)));
    for (const command of [["show"], ["stats"], ["export", "--as", "svg"]]) {
      const [name = "", ...options] = command;
      const { code, stderr, stdout } = await yieldpoint(name, other, ...options);
      assert.equal(code, 2);
      assert.match(stderr, /^yieldpoint: other is damaged: .*steps 1 to 4.* could not be read\.\n$/);
      assert.match(stdout, /upTo/);
    }
  });

  it("with damaged locals is shown and exported, with a warning and code 2", async () => {
    const bytes = readFileSync(file);
    const sections = new SectionFile(file);
    const seen = sections.places.filter(({ kind }) => kind === sectionKind.seen);
    sections.close();
    assert.ok(seen.length > 0);
    for (const { offset, storedBytes } of seen)
      bytes.fill(0xff, offset + sectionHeaderBytes, offset + sectionHeaderBytes + storedBytes);
    writeFileSync(other, bytes);
    for (const [name = "", ...options] of [["show"], ["show", "--to", "1"], ["stats"], ["export", "--as", "jsonl"]]) {
      const { code, stderr, stdout } = await yieldpoint(name, other, ...options);
      assert.deepEqual([code, stderr], [2, "yieldpoint: other is damaged: some locals could not be read.\n"]);
      assert.match(stdout, /upTo/);
    }
    const whole = await yieldpoint("show", file);
    assert.deepEqual([whole.code, whole.stderr], [0, ""]);
  });

  it("is rejected with code 2 if nothing of it can be read", async () => {
    writeFileSync(other, "just text");
    for (const args of [["show"], ["stats"], ["export", "--as", "text"]]) {
      const [name = "", ...options] = args;
      const { code, stderr, stdout } = await yieldpoint(name, other, ...options);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
      assert.match(stderr, /^yieldpoint: other is not a Yieldpoint trace\.\n {2}\S/);
    }
    const { code, stderr } = await yieldpoint("show", join(folder, "missing.yieldtrace"));
    assert.equal(code, 2);
    assert.match(stderr, /There is no file .*missing\.yieldtrace/);
  });

  it("has no other steps and tasks than its own", async () => {
    for (const args of [
      ["--from", "5"],
      ["--task", "nobody"],
      ["--from", "3", "--to", "2"],
    ]) {
      const { code, stdout } = await yieldpoint("show", file, ...args);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" }, args.join(" "));
    }
    const { stderr } = await yieldpoint("show", file, "--task", "nobody");
    assert.equal(stderr, 'yieldpoint: The trace has no task "nobody".\n  Its tasks are upTo, prints.\n');
  });

  it("is not run at all if it could not be saved afterwards", async () => {
    const { code, stdout, stderr } = await yieldpoint("trace", tasksFile, "upTo(9)", "--save", join(folder, "no", "where"));
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, /^yieldpoint: Nothing can be written to the folder .*no\.\n/);
    copyFileSync(file, other);
    const out = await yieldpoint("export", file, "--as", "text", "--out", folder);
    assert.equal(out.code, 2);
    assert.match(out.stderr, /could not be written/);
  });

  it("is saved if the runner ends unexpectedly, and if the user stops the run", async () => {
    const died = join(folder, "died");
    assert.equal((await yieldpoint("trace", tasksFile, "exits()", "forever()", "--save", died)).code, 3);
    const { objects, code } = await yieldpoint("show", died, "--format", "jsonl");
    assert.equal(code, 0);
    assert.ok(objects().length > 1);
    const child = start("trace", tasksFile, "forever()", "--format", "jsonl", "--save", died);
    child.stdout?.once("data", () => child.kill("SIGINT"));
    const run = await ended(child);
    assert.equal(run.code, 130);
    const { outcome } = run.objects().at(-1) as { outcome: { steps: number } };
    const shown = await yieldpoint("show", died, "--from", String(outcome.steps), "--format", "jsonl");
    assert.deepEqual(shown.objects().at(0)?.step, outcome.steps);
  });

  it("ends quietly when its reader closes the output", async () => {
    const long = join(folder, "long");
    await yieldpoint("trace", tasksFile, "forever()", "--steps", "200000", "--format", "jsonl", "--save", long);
    for (const args of [["show"], ["export", "--as", "chrome"], ["export", "--as", "text"]]) {
      const [name = "", ...options] = args;
      const child = start(name, long, ...options);
      const closed = ended(child);
      child.stdout?.once("data", () => child.stdout?.destroy());
      const { code, stderr } = await closed;
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    }
    assert.ok(existsSync(long));
  });
});

describe("options of the commands for traces", () => {
  it("are checked, with code 2", async () => {
    for (const [args, message] of [
      [["export", "x"], "The format is missing: --as chrome|jsonl|text|svg."],
      [["export", "x", "--as", "png"], '--as must be chrome or jsonl or text or svg, not "png".'],
      [["show", "x", "--from", "0"], '--from must be a whole number of at least 1, not "0".'],
      [["stats", "x", "y"], 'The command "stats" takes one file, but "y" follows it.'],
      [["stats", "x", "--task", "y"], 'The command "stats" has no option --task.'],
      [["trace", "x", "y()", "--save="], "--save needs the name of a file."],
    ] as const) {
      const { code, stderr } = await yieldpoint(...args);
      assert.equal(code, 2);
      assert.equal(stderr, `yieldpoint: ${message}\n  Run with --help to see the usage.\n`);
    }
  });
});
