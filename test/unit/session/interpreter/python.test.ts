import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { RuntimeNotFoundError } from "../../../../src/session/common/errors";
import { dotEnv, findPython, pythonProject } from "../../../../src/session/interpreter/python";
import { runnerCommand } from "../../../../src/session/interpreter/runners";

const own = { executable: "/host/own-node", env: {} };

describe("the Python interpreter", () => {
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

  async function program(name: string, mode = 0o755): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, "#!/bin/sh\n");
    await chmod(file, mode);
    return file;
  }

  it("is the configured one, even with a relative path", async () => {
    const python = await program("mine");
    assert.deepEqual(await findPython(python), { executable: python, env: {} });
    assert.equal((await findPython(relative(process.cwd(), python))).executable, python);
  });

  it("may be configured as a command", async () => {
    const python = await program("python3.12");
    process.env.PATH = folder;
    assert.equal((await findPython("python3.12")).executable, python);
  });

  it("is python3 on the PATH rather than python, whatever their order there", async () => {
    await mkdir(join(folder, "first"));
    await mkdir(join(folder, "second"));
    await program("first/python");
    const python3 = await program("second/python3");
    process.env.PATH = `${join(folder, "first")}:${join(folder, "second")}`;
    assert.equal((await findPython("")).executable, python3);
  });

  it("is python if there is no python3", async () => {
    const python = await program("python");
    process.env.PATH = folder;
    assert.equal((await findPython("")).executable, python);
  });

  it("is not found if it does not exist, is a folder, or is not executable", async () => {
    process.env.PATH = folder;
    const plain = await program("plain", 0o644);
    for (const named of [join(folder, "missing"), "missing", "", folder, plain]) {
      await assert.rejects(findPython(named), (error: Error) => {
        assert.ok(error instanceof RuntimeNotFoundError);
        assert.match(error.remedy, /"yieldpoint\.pythonPath" or in the Python extension\.$/);
        return true;
      });
    }
  });

  it("runs in the nearest folder that looks like a project, else in the file's folder", async () => {
    await mkdir(join(folder, "project", "deep", "er"), { recursive: true });
    const file = join(folder, "project", "deep", "er", "a.py");
    assert.equal(pythonProject(file), join(folder, "project", "deep", "er"));
    await writeFile(join(folder, "project", "pyproject.toml"), "");
    assert.equal(pythonProject(file), join(folder, "project"));
  });

  it("gets the variables of the project's .env", async () => {
    assert.deepEqual(dotEnv(folder), {});
    await writeFile(join(folder, ".env"), '# for tests\nA=1\nB="two words"\n');
    assert.deepEqual(dotEnv(folder), { A: "1", B: "two words" });
  });

  it("is started by a command that leaves no compiled files behind", async () => {
    const python = await program("mine");
    await writeFile(join(folder, ".env"), "A=1\nPYTHONHASHSEED=7\n");
    assert.deepEqual(await command(python), {
      executable: python,
      args: ["-B", "/dist/runner/python/main.py"],
      toExplore: ["explore"],
      toObserve: ["observe"],
      toThread: ["threads"],
      cwd: folder,
      env: { A: "1", PYTHONHASHSEED: "7" },
    });
  });

  it("orders sets of strings in the same way in every process, unless the user chose a hash seed", async () => {
    const python = await program("mine");
    const { env } = await command(python);
    assert.equal(env.PYTHONHASHSEED, "0");
  });

  function command(pythonPath: string) {
    return runnerCommand({ file: join(folder, "a.py"), nodePath: "", pythonPath, own, dist: "/dist" });
  }
});
