/**
 * Why a program does not start, as the user reads it: real programs, since the system words it.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findNode } from "../../../../src/session/interpreter/runtime";
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
      child.once("error", (cause) => resolve(startFailure(cause, cwd === undefined ? { executable } : { executable, cwd })));
      child.once("spawn", () => reject(new Error("it was started")));
    });
  }

  it("is told as what is missing: the program, the folder, or the interpreter of a script", async () => {
    const missing = join(folder, "missing");
    assert.equal(await failureOf({ executable: missing }), `there is no program ${missing}`);
    assert.equal(await failureOf({ executable: "no-such-program" }), "there is no program no-such-program on the PATH");
    const inFolder = { executable: process.execPath, cwd: missing };
    assert.equal(await failureOf(inFolder), `there is no folder ${missing} to start it in`);
    const script = await program("script", `#!${missing}\n`, 0o755);
    assert.equal(await failureOf({ executable: script }), "the interpreter that its first line names is not there");
    const below = join(script, "node");
    const message = `Could not start Node at ${below}: there is no program ${below}.`;
    await assert.rejects(findNode(below, own), { message });
  });

  it("is told as what is no program", async () => {
    assert.equal(await failureOf({ executable: folder }), "that is a folder");
    assert.equal(await failureOf({ executable: await program("text", "", 0o644) }), "it is not allowed to be executed");
  });

  it("is told as how it ended, where it did start", async () => {
    const ends = await program("ends", "#!/bin/sh\nexit 3\n", 0o755);
    await assert.rejects(findNode(ends, own), { message: `Could not start Node at ${ends}: it ended with exit code 3.` });
    const killed = await program("killed", "#!/bin/sh\nkill -TERM $$\n", 0o755);
    await assert.rejects(findNode(killed, own), { message: `Could not start Node at ${killed}: it was ended by SIGTERM.` });
    const missing = join(folder, "missing");
    const message = `Could not start Node at ${missing}: there is no program ${missing}.`;
    await assert.rejects(findNode(missing, own), { message });
  });
});
