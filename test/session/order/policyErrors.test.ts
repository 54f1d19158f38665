/**
 * The ways in which the process of a policy in a file can fail outside its function: the run pauses, and the message is about
 * that file.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { mock } from "node:test";
import { PolicyProcess } from "../../../src/session/order/policyProcess";
import { viewOf } from "../../../src/session/view/view";
import { gone, sessionOn, stopAll } from "../sessions";
import { policyFolder, removeAsked } from "./askedPolicies";

const script = resolve("test/fixtures/session/order.ts");
const never = "new Promise(() => {})";

/** A file with a policy that misbehaves when asked about step 3, and the expected message. */
const cases: readonly { readonly what: string; readonly does: string; readonly says: RegExp }[] = [
  {
    what: "a rejection that nobody handles",
    does: `Promise.reject(new TypeError("no such luck"));\n  return ${never};`,
    says: /^Unhandled rejection TypeError: no such luck \(mine\.js:3\)\.$/,
  },
  {
    what: "a throw in a timer",
    does: `setTimeout(() => {\n    throw new RangeError("too late");\n  });\n  return ${never};`,
    says: /^Uncaught RangeError: too late \(mine\.js:4\)\.$/,
  },
  {
    what: "a throw after the answer",
    does: `process.nextTick(() => { throw new RangeError("afterwards"); });\n  return 0;`,
    says: /^Uncaught RangeError: afterwards \(mine\.js:3\)\.$/,
  },
  {
    what: "an end by a signal",
    does: `process.kill(process.pid, "SIGKILL");\n  return ${never};`,
    says: /^The process of the policy was ended by SIGKILL \(mine\.js:1\)\.$/,
  },
  {
    what: "an exit",
    does: "process.exit(5);",
    says: /^The process of the policy ended with exit code 5 \(mine\.js:1\)\.$/,
  },
  {
    what: "a process that is suspended",
    does: `process.kill(process.pid, "SIGSTOP");\n  return ${never};`,
    says: /^The policy \(process ID \d+\) did not answer within 1 s \(mine\.js:1\)\.$/,
  },
  ...[3, 4].map((descriptor) => ({
    what: `closing descriptor ${descriptor}`,
    does: `require("node:fs").closeSync(${descriptor});\n  return 0;`,
    says: /^The policy closed file descriptor 3 or 4\. Both must stay open, because they control its process \(mine\.js:1\)\.$/,
  })),
];

/** Writes the id of the process to a file of its own. */
const note =
  'require("node:fs").writeFileSync(__filename + ".pid.part", String(process.pid));\nrequire("node:fs").renameSync(__filename + ".pid.part", __filename + ".pid");\n';
const task = { id: 0, name: "counts", call: "counts()", steps: 0, micros: 0, since: 0 };

function cleanUp(): void {
  mock.timers.reset();
  stopAll();
  removeAsked();
}

describe("the process of a policy in a file", () => {
  afterEach(cleanUp);

  it("is named if it is suspended while the file is loaded, and is ended", async () => {
    const { path, files } = policyFolder();
    writeFileSync(join(path, "mine.js"), `${note}process.kill(process.pid, "SIGSTOP");\nmodule.exports = () => 0;\n`);
    mock.timers.enable({ apis: ["setTimeout"] });
    const policy = new PolicyProcess(files.find("mine.js"));
    const asked = assert.rejects(policy.ask({ step: 1, ready: [task] }), ({ message }: Error) => {
      return message === `The policy (process ID ${pid}) could not be loaded within 10 s (mine.js).`;
    });
    while (!existsSync(join(path, "mine.js.pid"))) await new Promise(setImmediate);
    const pid = Number(readFileSync(join(path, "mine.js.pid"), "utf8"));
    mock.timers.tick(10_000);
    await asked;
    await gone(pid);
  });

  it("is not started if it was ended while its interpreter was searched", async () => {
    const { path, files } = policyFolder();
    writeFileSync(join(path, "mine.js"), "module.exports = () => 0;\n");
    const file = files.find("mine.js");
    const process: PolicyProcess = new PolicyProcess({
      ...file,
      command: () => {
        process.end();
        return file.command();
      },
    });
    await assert.rejects(process.ask({ step: 1, ready: [task] }), /not needed any more/);
  });
});

describe("a failing policy in a file", () => {
  afterEach(cleanUp);

  for (const { what, does, says } of cases) {
    it(`pauses the run, and is reported: ${what}`, async () => {
      const { path, files } = policyFolder();
      writeFileSync(
        join(path, "mine.js"),
        `module.exports = ({ step }) => {\n  if (step !== 3) return 0;\n  ${does}\n};\n${note}`,
      );
      const session = await sessionOn(script, { until: "all", policy: "mine.js", policyFiles: files });
      await session.open();
      await session.add("counts(50)");
      assert.equal(await session.go(), "refused");
      const { status, notice, policy } = viewOf(session);
      assert.equal(status, "paused");
      assert.match(notice?.message ?? "", says);
      assert.equal(notice?.remedy, "Correct the file, or choose another policy.");
      assert.deepEqual([policy?.problem?.message, policy?.problem?.file], [notice?.message, join(path, "mine.js")]);
      await gone(Number(readFileSync(join(path, "mine.js.pid"), "utf8")));
      writeFileSync(join(path, "mine.js"), "module.exports = () => 0;\n");
      assert.equal(await session.go(), "all-finished");
    });
  }
});
