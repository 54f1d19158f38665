/**
 * Policies in files that the test itself answers, so that it can act on the session while a question is pending.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PolicyFiles } from "../../../src/session/order/policyFiles";
import { dist } from "../sessions";

/** The test's reaction to a question about a step: the answer of the policy's function. */
export type Reply = (step: number, ready: readonly number[]) => number | readonly number[] | Promise<number | readonly number[]>;

const own = { executable: process.execPath, env: {} };
const servers: Server[] = [];
const folders: string[] = [];

/** A new folder for policy files, and how they are found there. */
export function policyFolder(): { readonly path: string; readonly files: PolicyFiles } {
  const path = mkdtempSync(join(tmpdir(), "policies-"));
  folders.push(path);
  return { path, files: new PolicyFiles({ folder: path, nodePath: process.execPath, own, dist }) };
}

/** Writes a policy that passes every question to `reply`. */
export async function writeAsked(path: string, reply: Reply): Promise<void> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined); // its process was ended before it got an answer
    socket.once("data", async (data) => {
      const { step, ready } = JSON.parse(data.toString());
      socket.end(JSON.stringify(await reply(step, ready)));
    });
  });
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  writeFileSync(path, asking(port));
}

export function removeAsked(): void {
  for (const server of servers.splice(0)) server.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

function asking(port: number): string {
  return `module.exports = ({ step, ready }) => new Promise((resolve) => {
  const socket = require("node:net").connect(${port}, "127.0.0.1");
  socket.once("data", (data) => resolve(JSON.parse(data)));
  socket.write(JSON.stringify({ step, ready: ready.map(({ id }) => id) }));
});
`;
}
