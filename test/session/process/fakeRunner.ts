/**
 * Processes that use the runner's wire incorrectly, in any way that a test needs.
 */
import type { RunnerCommand } from "../../../src/session/process/runnerProcess";

const prelude = `
const fs = require("node:fs");
function frame(kind, payload) {
  const header = Buffer.alloc(5);
  header.writeUInt32LE(payload.length, 0);
  header[4] = kind;
  fs.writeSync(4, Buffer.concat([header, payload]));
}
function send(message) { frame(0, Buffer.from(JSON.stringify(message))); }
function answer(onRequest) {
  let bytes = Buffer.alloc(0);
  fs.createReadStream("", { fd: 3 }).on("data", (piece) => {
    bytes = Buffer.concat([bytes, piece]);
    while (bytes.length >= 5 && bytes.length >= 5 + bytes.readUInt32LE(0)) {
      const end = 5 + bytes.readUInt32LE(0);
      onRequest(JSON.parse(bytes.subarray(5, end).toString()));
      bytes = bytes.subarray(end);
    }
  });
}
`;

/** @param script JavaScript that may use `send`, `frame`, `answer` and `fs` */
export function fakeRunner(script: string): RunnerCommand {
  return { executable: process.execPath, args: ["-e", prelude + script], cwd: process.cwd(), env: {} };
}
