// Runs one command in its own process group, and ends the whole group when stdin closes. That happens however the parent process ends, even
// if it is killed, so nothing outlives it.
import { spawn } from "node:child_process";

const graceMs = 3000;
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ["ignore", "inherit", "inherit"] });

function signalGroup(signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // All processes of the group have already ended.
  }
}

function end() {
  signalGroup("SIGTERM");
  setTimeout(signalGroup, graceMs, "SIGKILL").unref();
}

child.once("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
child.once("exit", (code) => {
  signalGroup("SIGKILL");
  process.exit(code ?? 1);
});
process.stdin.once("close", end).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, end);
}
