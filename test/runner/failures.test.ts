import assert from "node:assert/strict";
import { refusal } from "./refusal";
import { everyRunner, type RunnerUnderTest, runners } from "./runners";
import { endAll, programFile, start, startBare } from "./starting";

async function loadFailure(runner: RunnerUnderTest, program: string) {
  const client = startBare(runner);
  await client.hello();
  return refusal(client.ask("load", { file: programFile(runner, program) }));
}

for (const runner of runners) {
  describe(`${runner.name} runner, failures`, () => {
    afterEach(endAll);

    it("reports a syntax error with its place", async () => {
      const failure = await loadFailure(runner, "syntax");
      assert.equal(failure.code, "syntax");
      assert.equal(failure.file, programFile(runner, "syntax"));
      assert.equal(failure.line, 6);
      assert.ok((failure.column ?? 0) > 1);
      assert.doesNotMatch(failure.message, /\n/);
    });

    it("reports what a module throws while it is loaded, with the user's frames only", async () => {
      const failure = await loadFailure(runner, "throws");
      assert.equal(failure.code, "load");
      assert.equal(failure.message, "RangeError: not loadable");
      assert.equal(failure.file, programFile(runner, "throws"));
      assert.equal(failure.line, 4);
      const lines = failure.stack?.split("\n") ?? [];
      assert.ok(lines.length > 0 && lines.every((line) => line.includes("throws")), failure.stack);
    });

    it("names a missing module, with a remedy", async () => {
      const relative = await loadFailure(runner, "missing");
      assert.equal(relative.code, "load");
      assert.match(relative.message, /not-there/);
      assert.equal(relative.line, 1);
      const aPackage = await loadFailure(runner, "missingPackage");
      assert.match(aPackage.message, /no-such-package/);
      assert.match(aPackage.remedy ?? "", /no-such-package/);
    });

    it("reports a missing file", async () => {
      assert.equal((await loadFailure(runner, "nowhere")).code, "load");
    });

    it("reports a call that throws, or that does not parse, and continues", async () => {
      const client = await start(runner, "tasks");
      const thrown = await refusal(client.ask("spawn", { task: 0, call: "failing()" }));
      assert.equal(thrown.code, "call");
      assert.equal(thrown.message, "TypeError: no task today");
      assert.equal(thrown.line, 78);
      assert.equal((await refusal(client.ask("spawn", { task: 0, call: "count(" }))).code, "call");
      assert.match((await refusal(client.ask("spawn", { task: 0, call: "nobody(1)" }))).message, /nobody/);
      await client.ask("spawn", { task: 0, call: "count(1)" });
    });

    it("reports what a call returned if that is not a generator, with a fitting remedy", async () => {
      const client = await start(runner, "tasks");
      const given = async (call: string) => {
        const failure = await refusal(client.ask("spawn", { task: 0, call }));
        assert.equal(failure.code, "not-a-generator", call);
        return `${failure.message} ${failure.remedy}`;
      };
      assert.match(await given("plain()"), /returned 3, which is not a generator\..*expression/);
      assert.match(await given("count"), /count\(…\)/);
      assert.match(await given("asynchronous()"), /[Aa]sync/);
      const iterable = await given("local");
      assert.match(iterable, /\[1, 2, 3\]/);
      assert.match(iterable, runner.words.iteration);
    });

    it("sends the steps before a process.exit, and then what ended the process", async () => {
      const client = await start(runner, "exits", "steady()", "leaves()");
      const answer = client.run(1, 0, 1, 0, 1, 0).catch((error: Error) => error.message);
      const fatal = await client.event("fatal");
      assert.equal(fatal.step, 4);
      assert.equal(fatal.task, 1);
      assert.match(fatal.message, /exit\(3\)/);
      assert.equal((await client.ended).code, 3);
      assert.match(String(await answer), /ended before it answered/);
      assert.deepEqual(
        client.steps.map(({ step, value }) => `${step} ${value}`),
        ["1 0", "2 1", "3 0"],
      );
    });

    it("sends all steps before a process.exit, however many of the plan are in transit", async () => {
      const client = await start(runner, "exits", "steady()", "leaves()");
      const steady = 250_000;
      const plan = { picks: [...new Array<number>(steady).fill(0), 1, 1], times: 1 };
      const answer = client.ask("advance", { from: 1, plan }).catch((error: Error) => error.message);
      assert.equal((await client.event("fatal")).step, steady + 2);
      assert.match(String(await answer), /ended before it answered/);
      assert.equal(client.steps.length, steady + 1);
      assert.ok(client.steps.every(({ step, value }, index) => step === index + 1 && value === (index < steady ? "0" : "1")));
    });
  });
}

for (const runner of runners.filter(({ language }) => language === "javascript")) {
  describe(`${runner.name} runner, errors outside of tasks`, () => {
    afterEach(endAll);

    it("are reported with their place if they are uncaught", async () => {
      const client = await start(runner, "exits", "crashes()");
      await client.run(1, 0, 0);
      const { message, step } = await client.event("fatal");
      assert.match(message, /RangeError: out of nowhere.*exits\.\w+:9/);
      assert.equal(step, 2);
      assert.equal((await client.ended).code, 1);
    });

    it("are reported if they are unhandled rejections", async () => {
      const client = await start(runner, "exits", "rejects()");
      await client.run(1, 0).catch(() => undefined);
      assert.match((await client.event("fatal")).message, /nobody listens/);
      assert.equal(client.steps.length, 1);
    });
  });
}

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, a child that the program forks`, () => {
    before(function () {
      if (process.platform === "win32") this.skip();
    });
    afterEach(endAll);

    for (const [end, status] of [
      ["returns", "0"],
      ["yields", "0"],
      ["exits", "3"],
      ["raises", "1"],
    ] as const) {
      it(`ends when its slice ends: it ${end}`, async () => {
        const client = await start(runner, "exits", `forks("${end}")`);
        await client.ask("advance", { from: 1, plan: { picks: [0], times: 9 } });
        assert.deepEqual(
          client.steps.map(({ value }) => value),
          [status, "None"],
        );
        assert.equal(client.printed("stdout", 1), "child\n");
        // The interpreter's own message for an uncaught error, without anything from the runner.
        assert.match(
          client.printed("stderr", 1),
          end === "raises" ? /^Traceback.*\n {2}File ".*exits\.py".*\n.*\nValueError: in the child\n$/ : /^$/,
        );
      });
    }
  });
}
