import assert from "node:assert/strict";
import { RunnerFailedError, RuntimeNotFoundError, UserCodeError } from "../../../src/session/common/errors";
import { canInterrupt, RunnerClient } from "../../../src/session/process/runnerClient";
import { type RunnerListener, unheard } from "../../../src/session/process/runnerListener";
import type { RunnerCommand } from "../../../src/session/process/runnerProcess";
import { fakeRunner } from "./fakeRunner";

/** Starts a runner, makes one request, and ends it in any case. */
async function ask(command: RunnerCommand, listener: Partial<RunnerListener> = {}) {
  const client = new RunnerClient(command, { ...unheard, ...listener });
  try {
    return await client.request("hello", { protocol: 1 });
  } finally {
    client.kill("The test is over.");
  }
}

const hello = `{ protocol: 1, language: "javascript", version: "24", executable: "node" }`;

describe("RunnerClient", () => {
  it("matches answers to requests", async () => {
    const answer = await ask(fakeRunner(`answer(({ id }) => send({ id, ok: true, result: ${hello} }));`));
    assert.equal(answer.language, "javascript");
  });

  it("rejects with the runner's error", async () => {
    const command = fakeRunner(`answer(({ id }) => send({ id, ok: false, error: { code: "load", message: "no such thing" } }));`);
    await assert.rejects(ask(command), (error: Error) => error instanceof UserCodeError && error.message === "no such thing");
  });

  const bad: Record<string, string> = {
    "an answer of another shape": "answer(({ id }) => send({ id, ok: true, result: { protocol: 'one' } }));",
    "an answer to nothing": `answer(({ id }) => send({ id: id + 1, ok: true, result: ${hello} }));`,
    "a message that is none": "answer(() => send({ event: 'party' }));",
    "no JSON": "answer(() => frame(0, Buffer.from('{')));",
    "no chunk": "answer(() => frame(1, Buffer.from('steps')));",
    "no frame": "answer(() => fs.writeSync(4, Buffer.alloc(64, 255)));",
    "an end instead of an answer": "answer(() => process.exit(7));",
    "a closed pipe": "answer(() => { fs.closeSync(4); process.exit(); });",
  };
  for (const [what, script] of Object.entries(bad)) {
    it(`rejects when it gets ${what}`, async () => {
      let ended = 0;
      await assert.rejects(ask(fakeRunner(script), { ended: () => (ended += 1) }), RunnerFailedError);
      assert.equal(ended, 1);
    });
  }

  it("rejects if the program does not exist", async () => {
    await assert.rejects(ask({ ...fakeRunner(""), executable: "/no/such/program" }), RuntimeNotFoundError);
  });

  it("rejects if a listener throws", async () => {
    const listener = {
      event: () => {
        throw new RangeError("unexpected");
      },
    };
    await assert.rejects(ask(fakeRunner("answer(() => send({ event: 'points', points: [] }));"), listener), /unexpected/);
  });

  it("interrupts an evaluation that hangs, and nothing when it is over", async function () {
    if (!canInterrupt) this.skip();
    const script = `
      const named = [];
      answer(({ id, method, request }) => {
        if (method === "hello") send({ id, ok: true, result: { ...${hello}, version: named.join() } });
        else if (method === "evaluate") send({ event: "hung", step: 0, millis: 500 });
        else {
          named.push(method, request);
          send({ id, ok: true, result: {} });
          send({ id: request, ok: true, result: { text: "" } });
        }
      });`;
    const client = new RunnerClient(fakeRunner(script), unheard);
    try {
      await client.request("evaluate", { expression: "hangs()" });
      client.interruptEvaluation();
      client.interrupt();
      assert.equal((await client.request("hello", { protocol: 1 })).version, "interrupt,1");
    } finally {
      client.kill("The test is over.");
    }
  });

  it("distinguishes a program that ends slowly from one that closed its pipes", async () => {
    const script = `answer(({ id }) => {
      send({ id, ok: true, result: { remaining: [] } });
      fs.closeSync(4);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
      process.exit(0);
    });`;
    const error = await new Promise<Error>((ended) => {
      const client = new RunnerClient(fakeRunner(script), { ...unheard, ended });
      void client.request("conclude", {});
    });
    assert.match(error.message, /ended with exit code 0/);
  });

  it("rejects requests after the end", async () => {
    const client = new RunnerClient(fakeRunner(""), unheard);
    client.kill("Enough.");
    await assert.rejects(client.request("pause", {}), /Enough/);
  });

  it("does not wait for a process that user code left behind with the pipes", async () => {
    let left = 0;
    const printed = (_: string, text: string) => {
      left ||= Number(text);
    };
    const script = `
      const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
      fs.writeSync(1, String(child.pid));
      answer(() => process.exit(3));
    `;
    try {
      await assert.rejects(ask(fakeRunner(script), { printed }), /exit code 3/);
    } finally {
      process.kill(left, "SIGKILL");
    }
  });
});
