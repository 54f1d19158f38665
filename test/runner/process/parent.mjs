// A parent to be killed: starts a runner that shares its stdout, sends it frames, and prints its pid once it hangs.
import { spawn } from "node:child_process";

const [frames, command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ["ignore", "inherit", "ignore", "pipe", "pipe"] });
child.stdio[3].write(Buffer.from(frames, "base64"));
child.stdio[4].on("data", (bytes) => {
  if (bytes.includes('"hung"')) console.log(child.pid);
});
