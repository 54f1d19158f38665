import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { Sink } from "../../src/cli/sink";

/** A stream that accepts one write at a time, and a function with which its reader lets it continue. */
function slowStream() {
  const waiting: (() => void)[] = [];
  const stream = new Writable({ highWaterMark: 1, write: (_, __, done) => waiting.push(done) });
  return { stream, read: () => waiting.shift()?.() };
}

const unexpected = () => assert.fail("the output is still open");

describe("Sink", () => {
  it("is ready when the reader has caught up", async () => {
    const { stream, read } = slowStream();
    const sink = new Sink(stream, unexpected);
    sink.write(["one", "two"]);
    let ready = false;
    const waiting = sink.ready().then(() => {
      ready = true;
    });
    await new Promise(setImmediate);
    assert.equal(ready, false);
    read();
    await waiting;
  });

  it("is ready if the reader had caught up before", async () => {
    const { stream, read } = slowStream();
    const sink = new Sink(stream, unexpected);
    sink.write(["one"]);
    read();
    await new Promise(setImmediate);
    await sink.ready();
  });

  it("reports once that the reader closed the output, and does not wait for it", async () => {
    const { stream } = slowStream();
    let gone = 0;
    const sink = new Sink(stream, () => {
      gone += 1;
    });
    sink.write(["one"]);
    const waiting = sink.ready();
    stream.destroy(new Error("EPIPE"));
    await waiting;
    sink.write(["two"]);
    await sink.ready();
    assert.deepEqual({ gone, closed: sink.closed }, { gone: 1, closed: true });
  });
});
