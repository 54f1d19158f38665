// Runs one command in a process group of its own, and ends the whole group when stdin closes: that happens
// whichever way our own process goes, killed included, so nothing outlives it.
import { spawn } from "node:child_process";

const graceMs = 3000;
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ["ignore", "inherit", "inherit"] });

function signalGroup(signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Every process of the group has ended already.
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
