import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { RuntimeNotFoundError, RuntimeTooOldError, UserError } from "../../../../src/session/common/errors";
import { runnerCommand } from "../../../../src/session/interpreter/runners";
import { findNode, workingDirectory } from "../../../../src/session/interpreter/runtime";

const own = { executable: "/host/own-node", env: { OWN: "1" } };

describe("the Node runtime", () => {
  let folder: string;
  let path: string | undefined;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "yieldpoint-")));
    path = process.env.PATH;
  });

  afterEach(async () => {
    process.env.PATH = path;
    await rm(folder, { recursive: true });
  });

  /** A program that prints a version as Node would. */
  async function program(name: string, says: string, also = ""): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, `#!/bin/sh\necho '${says}'\n${also}`);
    await chmod(file, 0o755);
    return file;
  }

  it("is the configured Node", async () => {
    const node = await program("mine", "v22.1.0");
    assert.deepEqual(await findNode(node, own), { executable: node, env: {} });
  });

  it("is found by a relative path from the current folder, although it starts elsewhere", async () => {
    const node = await program("mine", "v22.1.0");
    assert.equal((await findNode(relative(process.cwd(), node), own)).executable, node);
  });

  it("is too old below Node 20", async () => {
    const node = await program("old", "v18.0.0");
    await assert.rejects(findNode(node, own), (error: Error) => {
      assert.ok(error instanceof RuntimeTooOldError);
      assert.match(error.message, /v18\.0\.0/);
      return true;
    });
  });

  it("is asked for its version once, as long as its file stays as it is", async () => {
    const log = join(folder, "asked");
    const asked = async () => (await readFile(log, "utf8")).length / 2;
    const node = await program("mine", "v22.1.0", `echo x >> '${log}'\n`);
    for (let time = 0; time < 3; time += 1) await findNode(node, own);
    assert.equal(await asked(), 1);
    await program("mine", "v18.0.0", `\necho x >> '${log}'\n`);
    await assert.rejects(findNode(node, own), RuntimeTooOldError);
    assert.equal(await asked(), 2);
    await rm(node);
    await assert.rejects(findNode(node, own), RuntimeNotFoundError);
  });

  it("is not found if there is no program, or a different one", async () => {
    const other = await program("other", "Python 3.12.1");
    for (const configured of [join(folder, "missing"), folder, other]) {
      await assert.rejects(findNode(configured, own), RuntimeNotFoundError);
    }
  });

  it("is the Node on the PATH if none is configured", async () => {
    await program("node", "v21.0.0");
    process.env.PATH = folder;
    assert.equal((await findNode("", own)).executable, "node");
  });

  it("is too old if the one on the PATH is, since the user's own scripts get that one", async () => {
    await program("node", "v18.19.0");
    process.env.PATH = folder;
    await assert.rejects(findNode("", own), RuntimeTooOldError);
  });

  it("is the host's own if there is none on the PATH", async () => {
    process.env.PATH = "";
    assert.equal(await findNode("", own), own);
    process.env.PATH = folder;
    assert.equal(await findNode("", own), own);
  });

  it("runs in the folder of the nearest package.json", async () => {
    await mkdir(join(folder, "package", "src", "deep"), { recursive: true });
    await writeFile(join(folder, "package", "package.json"), "{}");
    assert.equal(workingDirectory(join(folder, "package", "src", "deep", "a.ts")), join(folder, "package"));
  });

  it("runs in the file's own folder if there is no package.json", async () => {
    await mkdir(join(folder, "loose"));
    assert.equal(workingDirectory(join(folder, "loose", "a.ts")), join(folder, "loose"));
  });

  it("is started by a command", async () => {
    const node = await program("mine", "v22.1.0");
    const file = join(folder, "a.ts");
    assert.deepEqual(await runnerCommand({ file, nodePath: node, pythonPath: "", own, dist: "/dist" }), {
      executable: node,
      args: ["/dist/runner/javascript/main.js"],
      cwd: folder,
      env: {},
    });
  });

  it("is not searched if no runner supports the file", async () => {
    const asked = runnerCommand({
      file: join(folder, "notes.txt"),
      nodePath: join(folder, "missing"),
      pythonPath: "",
      own,
      dist: "/dist",
    });
    await assert.rejects(asked, (error: Error) => error instanceof UserError && !(error instanceof RuntimeNotFoundError));
  });
});
