// Errors thrown by tasks are reported with their place and all details, without running user code.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Thrown } from "../../../src/core/trace/thrown";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, programFile, start } from "../starting";

/** What the only task throws in the end, the row of that step, and everything that it printed. */
async function thrownBy(runner: RunnerUnderTest, call: string) {
  const client = await start(runner, "throwing", call);
  let from = 1;
  while ((await client.run(from, 0)).stopped !== "threw") from += 1;
  const { thrown } = await client.event("thrown", ({ step }) => step === from);
  return { thrown, step: client.steps[from - 1], printed: client.printed("stdout") };
}

/** The places of the stack, by the comments on their lines; a line without a comment is given by its text. */
function lines(runner: RunnerUnderTest, places: readonly { file: string; line: number }[]): string[] {
  const text = readFileSync(programFile(runner, "throwing"), "utf8").split("\n");
  return places.map(({ line }) => /(?:\/\/|#) (.+)$/.exec(text[line - 1] ?? "")?.[1] ?? (text[line - 1] ?? "").trim());
}

function outline({ message, related = [] }: Thrown): unknown {
  return [message, ...related.map((each) => ({ [each.name]: outline(each) }))];
}

for (const runner of everyRunner) {
  const isPython = runner.language === "python";

  describe(`${runner.name} runner, what tasks throw`, () => {
    afterEach(endAll);

    it("is reported with its whole message, before its step, which has the place of the throw", async () => {
      const { thrown, step } = await thrownBy(runner, "plain()");
      assert.match(thrown.message, /^\w+: no price: (of order 4711, ){20}at the end$/);
      const { line, column, file } = thrown.at ?? assert.fail("It has no place.");
      assert.equal(file, programFile(runner, "throwing"));
      const text = readFileSync(file, "utf8").split("\n")[line - 1] ?? "";
      assert.match(text.slice(column - 1), /^(throw new Error|raise ValueError)\(/);
      assert.deepEqual(step?.point, thrown.at);
      assert.equal(thrown.at?.function, "plain");
    });

    it("has its cause, with that cause's stack", async () => {
      const { thrown } = await thrownBy(runner, "chained()");
      const [cause] = thrown.related ?? [];
      assert.match(thrown.message, /: no report$/);
      assert.deepEqual(lines(runner, thrown.frames), ["outer"]);
      assert.equal(cause?.name, isPython ? "__cause__" : "cause");
      assert.match(cause?.message ?? "", /^\w+Error: out of range$/);
      assert.equal(cause?.frames.length, 2);
      assert.equal(lines(runner, cause?.at ? [cause.at] : [])[0], "inner");
    });

    it("is read without running user code", async () => {
      const { thrown, printed } = await thrownBy(runner, "odd()");
      assert.equal(thrown.message, isPython ? "OddError('its text is code', 5)" : "OddError: its name is code");
      assert.deepEqual(lines(runner, thrown.frames), ["odd"]);
      assert.equal(printed, "");
    });

    it("has the place where it was first thrown", async () => {
      const { thrown } = await thrownBy(runner, "again()");
      assert.equal(lines(runner, thrown.at ? [thrown.at] : [])[0], isPython ? "inner" : "again");
    });

    it("is finite even if errors refer to each other", async () => {
      const { thrown } = await thrownBy(runner, "circular()");
      const [message, inside] = outline(thrown) as [string, object];
      assert.match(message, /: round$/);
      assert.match(JSON.stringify(inside), /and round"\]\}$/);
    });
  });
}

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, what Python tasks raise`, () => {
    afterEach(endAll);

    it("has its context, unless that is suppressed", async () => {
      const inContext = (await thrownBy(runner, "in_context()")).thrown;
      assert.deepEqual(
        inContext.related?.map(({ name, message }) => `${name} ${message}`),
        ["__context__ LookupError: out of range"],
      );
      assert.equal((await thrownBy(runner, "suppressed()")).thrown.related, undefined);
    });

    it("has the place where a StopIteration left a generator, even if the error was created elsewhere", async () => {
      const { thrown, step } = await thrownBy(runner, "stops()");
      assert.equal(thrown.message, "RuntimeError: generator raised StopIteration");
      assert.deepEqual(lines(runner, thrown.frames), ["stops"]);
      assert.deepEqual(step?.point, thrown.at);
      assert.deepEqual(lines(runner, (await thrownBy(runner, "stops_inside()")).thrown.frames), ["stops", "around"]);
    });

    it("has its notes, and the interpreter's wording of its own errors", async () => {
      const messages = { "noted()": "", "compiles()": "", "decodes()": "" };
      for (const call of Object.keys(messages) as (keyof typeof messages)[]) {
        messages[call] = (await thrownBy(runner, call)).thrown.message;
      }
      assert.deepEqual(messages, {
        "noted()": "ValueError: no price\norder 4711\nof today",
        "compiles()": "SyntaxError: invalid syntax (rules.py, line 1)",
        "decodes()": "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
      });
    });

    it("has the exceptions of a group, from 3.11 on", async () => {
      const { thrown } = await thrownBy(runner, "several()");
      if (thrown.message.startsWith("NameError")) return;
      assert.deepEqual(outline(thrown), [
        "ExceptionGroup: both (2 exceptions)",
        { "exceptions[0]": ["TypeError: one"] },
        { "exceptions[1]": ["ValueError: two"] },
      ]);
    });
  });
}

for (const runner of everyRunner.filter(({ language }) => language === "javascript")) {
  describe(`${runner.name} runner, what JavaScript tasks throw`, () => {
    afterEach(endAll);

    it("has the errors nested in it", async () => {
      assert.deepEqual(outline((await thrownBy(runner, "several()")).thrown), [
        "AggregateError: both",
        { "errors[0]": ["TypeError: one", { cause: ["Error: below"] }] },
        { "errors[1]": ["Error: two"] },
      ]);
    });

    it("has the name, the message and the cause of a platform error, whose properties are getters", async () => {
      const { thrown } = await thrownBy(runner, "aborts()");
      assert.deepEqual(outline(thrown), ["AbortError: stopped by the user", { cause: ["RangeError: below"] }]);
      assert.deepEqual(lines(runner, thrown.frames), ["aborts"]);
      const hiding = await thrownBy(runner, "hides()");
      assert.deepEqual([hiding.thrown.message, hiding.printed], ["DataError: of the platform", ""]);
    });

    it("has a place even if it is not an error", async () => {
      const { thrown, step } = await thrownBy(runner, "text()");
      assert.deepEqual({ ...thrown, at: thrown.at?.column }, { message: '"no error at all"', at: 31, frames: [] });
      assert.deepEqual(lines(runner, step?.point ? [step.point] : []), ["text"]);
    });

    it("has the column in the source where the engine threw, with or without types", async () => {
      const { thrown } = await thrownBy(runner, "accesses()");
      assert.deepEqual(lines(runner, thrown.frames), ["accesses"]);
      assert.equal(thrown.at?.column, 38);
    });

    it("is read without running the user's code for formatting stacks, which stays in place", async () => {
      const client = await start(runner, "throwing", "plain()");
      const own = "(Error.prepareStackTrace = () => { console.log('written'); return 'own'; }, 1)";
      await client.ask("evaluate", { expression: own });
      await client.run(1, 0, 0);
      assert.equal((await client.event("thrown")).thrown.frames.length, 1);
      assert.equal(client.printed("stdout"), "");
      const { text } = await client.ask("evaluate", { expression: "new Error('x').stack" });
      assert.equal(text, '"own"');
    });
  });
}
