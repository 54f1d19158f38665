/**
 * Messages about programs that do not start. The programs are real, since the operating system words the errors.
 */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { UserError } from "../../../../src/session/common/errors";
import { findNode } from "../../../../src/session/interpreter/runtime";
import { RunnerClient } from "../../../../src/session/process/runnerClient";
import type { RunnerCommand } from "../../../../src/session/process/runnerProcess";
import { type Program, startFailure } from "../../../../src/session/process/startFailure";

const own = { executable: "/host/own-node", env: {} };

describe("a program that does not start", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "yieldpoint-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function program(name: string, text: string, mode: number): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, text);
    await chmod(file, mode);
    return file;
  }

  function failureOf({ executable, cwd }: Program): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(executable, [], cwd === undefined ? {} : { cwd });
      child.once("error", (cause) => resolve(startFailure(cause, cwd === undefined ? { executable } : { executable, cwd }).why));
      child.once("spawn", () => reject(new Error("it was started")));
    });
  }

  it("is reported as missing: the program, the folder, or the interpreter of a script", async () => {
    const missing = join(folder, "missing");
    assert.equal(await failureOf({ executable: missing }), `there is no program ${missing}`);
    assert.equal(await failureOf({ executable: "no-such-program" }), "there is no program no-such-program on the PATH");
    const inFolder = { executable: process.execPath, cwd: missing };
    assert.equal(await failureOf(inFolder), `there is no folder ${missing} to start it in`);
    const script = await program("script", `#!${missing}\n`, 0o755);
    assert.equal(await failureOf({ executable: script }), "the interpreter named in its first line does not exist");
    const below = join(script, "node");
    const message = `Could not start Node at ${below}: ${script} is a file, not a folder.`;
    await assert.rejects(findNode(below, own), { message });
  });

  it("is reported as not executable", async () => {
    assert.equal(await failureOf({ executable: folder }), "it is a folder");
    assert.equal(await failureOf({ executable: await program("text", "", 0o644) }), "it may not be executed");
  });

  /** How the session receives the error. */
  function clientFailure(command: Partial<RunnerCommand>): Promise<UserError> {
    return new Promise((resolve) => {
      const silent = { steps: () => undefined, event: () => undefined, printed: () => undefined };
      const all = { executable: process.execPath, args: ["-e", ""], cwd: folder, env: {}, ...command };
      const client = new RunnerClient(all, { ...silent, ended: resolve });
      client.request("hello", { protocol: 1 }).catch(() => undefined);
    });
  }

  it("is reported with a remedy, whether Node throws the error or emits it", async () => {
    const file = await program("text", "", 0o644);
    const node = process.execPath;
    const cases: [Partial<RunnerCommand>, string, RegExp][] = [
      [
        { executable: join(file, "node") },
        `${join(file, "node")} could not be started: ${file} is a file, not a folder.`,
        /name another interpreter in the settings\.$/,
      ],
      [{ executable: file }, `${file} could not be started: it may not be executed.`, /^Change its permissions, or name/],
      [{ cwd: file }, `${node} could not be started: there is no folder ${file} to start it in.`, /^Bring the folder back/],
      [{ cwd: join(file, "x") }, `${node} could not be started: there is no folder ${join(file, "x")} to start it in.`, /folder/],
      [
        { env: { LONG: "x".repeat(3_000_000) } },
        `${node} could not be started: its environment variables take more space than the system allows.`,
        /^Make them shorter: .*\.env file/,
      ],
      [
        { env: { "A\0": "x" } },
        `${node} could not be started: there is a null character in its path, its folder or its environment variables.`,
        /^Take it out/,
      ],
    ];
    for (const [command, message, remedy] of cases) {
      const error = await clientFailure(command);
      // The editor offers the setting of the interpreter where another one would help.
      const name = /another interpreter/.test(error.remedy) ? "RuntimeNotFoundError" : "RunnerFailedError";
      assert.deepEqual([error.name, error.message], [name, message]);
      assert.match(error.remedy, remedy);
    }
  });

  it("is reported as too many open files", async () => {
    const limited = `
      const { RunnerClient } = require(${JSON.stringify(resolve("src/session/process/runnerClient.ts"))});
      const { openSync } = require("node:fs");
      const silent = { steps() {}, event() {}, printed() {}, ended: (error) => console.log(error.message, error.remedy) };
      try { for (;;) openSync("/dev/null"); } catch {}
      new RunnerClient({ executable: process.execPath, args: [], cwd: "/", env: {} }, silent).request("hello", { protocol: 1 }).catch(() => {});`;
    const { stdout } = await promisify(execFile)("/bin/sh", [
      "-c",
      'ulimit -n 64; exec "$0" "$@"',
      process.execPath,
      "--import=tsx",
      "-e",
      limited,
    ]);
    assert.match(stdout, /could not be started: as many files are open as the system allows\. End some other programs/);
  });

  it("is reported with its exit if it did start", async () => {
    const ends = await program("ends", "#!/bin/sh\nexit 3\n", 0o755);
    await assert.rejects(findNode(ends, own), { message: `Could not start Node at ${ends}: it ended with exit code 3.` });
    const killed = await program("killed", "#!/bin/sh\nkill -TERM $$\n", 0o755);
    await assert.rejects(findNode(killed, own), { message: `Could not start Node at ${killed}: it was ended by SIGTERM.` });
    const missing = join(folder, "missing");
    const message = `Could not start Node at ${missing}: there is no program ${missing}.`;
    await assert.rejects(findNode(missing, own), { message });
  });
});
