// No process outlives the editor, not even one with a task that never yields.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { type Opened, openExtension } from "../opened";

const loop = "export function* loop() {\n  yield 1;\n  while (true) {}\n}\n";

describe("closing the editor", function () {
  this.timeout(120_000);
  let opened: Opened;

  before(async function () {
    if (process.platform !== "linux") this.skip();
    opened = await openExtension({ files: { "loop.ts": loop }, alone: true });
  });

  after(() => opened?.close());

  it("ends the runner and the one for the next session, even if the server is killed while a task loops", async () => {
    const { workbench, folder, userDataDir } = opened;
    await workbench.openFile("loop.ts");
    await workbench.clickLens("Run as cooperative task");
    const panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await panel.button("Run").click();
    await panel.notice(/loop has been running for \d+ s without returning control/);
    const runners = () => processes(({ args, cwd }) => args.includes("dist/runner/javascript/main.js") && cwd === folder);
    while (runners().length < 2) await pause(50); // the one that is ready for the next session is started after this one
    const running = runners();
    assert.equal(running.length, 2);
    const server = processes(({ args }) => args.includes(userDataDir) && args.includes("server-main.js"));
    const guardian = server.find(({ args }) => args.includes("guardian.mjs"));
    const [main] = server.filter((one) => one !== guardian);
    assert.ok(guardian && main, "the server is running, and the test's guardian, which would clean up after it");
    process.kill(guardian.pid, "SIGKILL");
    process.kill(main.pid, "SIGKILL");
    for (const { pid } of running) await ends(pid);
  });
});

interface Process {
  readonly pid: number;
  readonly args: string;
  readonly cwd: string;
}

function processes(matches: (one: Process) => boolean): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processOf(Number(name)))
    .filter(matches);
}

/** Empty if the process has ended in the meantime. */
function processOf(pid: number): Process[] {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return [{ pid, args, cwd: readlinkSync(`/proc/${pid}/cwd`) }];
  } catch {
    return [];
  }
}

async function ends(pid: number): Promise<void> {
  while (processOf(pid).length > 0) await pause(50);
}
