import assert from "node:assert/strict";
import { Uri } from "vscode";
import { type PythonExtension, selectedPython } from "../../src/editor/session/pythonExtension";
import { begun, cleared, command, extension, lensesIn, shown, viewAt, viewThat } from "./host";

const counts = "def counts():\n    yield {'n': 1}\n    yield 2\n    return 'over'\n\n\nasync def not_one():\n    yield 1\n";

describe("a Python file", () => {
  before(() => extension().activate());
  afterEach(cleared);

  it("has lenses above its generator functions only", async () => {
    const { document } = await shown("counts.py", counts);
    assert.deepEqual(
      (await lensesIn(document)).map(({ line, target }) => [line, target.generator.call]),
      [[1, "counts()"]],
    );
  });

  it("runs as a task, with the Python that the panel names", async () => {
    await begun("counts.py", "counts", counts);
    assert.match((await viewAt(0)).runtime, /^Python 3\./);
    const seen: unknown[] = [];
    for (const step of [1, 2, 3]) {
      command("step");
      const { now, tasks } = await viewAt(step, step === 3 ? "finished" : "paused");
      seen.push([now?.event, now?.value, tasks[0]?.stack[0]?.line, tasks[0]?.stack[0]?.column]);
    }
    assert.deepEqual(seen, [
      ["yielded", "{'n': 1}", 2, 5],
      ["yielded", "2", 3, 5],
      ["returned", "'over'", undefined, undefined],
    ]);
  });

  it("with a syntax error is reported with file and line", async () => {
    const { document } = await shown("broken.py", "def task():\n    yield 1\n\nbroken = = 1\n");
    const [lens] = await lensesIn(document);
    assert.equal(lens?.target.generator.name, "task");
    command("runTask");
    const { notice } = await viewThat((view) => view.notice?.severity === "error");
    assert.match(notice?.message ?? "", /SyntaxError.*broken\.py:4/);
  });
});

// A mock: the Python extension is not in the npm registry, so the real one cannot be installed where these tests run.
describe("the interpreter selected in the Python extension", () => {
  const file = "/project/tasks.py";
  const environment = { path: "/project/.venv" };

  function pythonExtension(executable: string | undefined): PythonExtension {
    return {
      activate: async () => ({
        environments: {
          getActiveEnvironmentPath(resource) {
            assert.equal(resource?.fsPath, file, "each folder may have an interpreter of its own");
            return environment;
          },
          async resolveEnvironment(asked) {
            assert.equal(asked, environment);
            return executable === undefined ? undefined : { executable: { uri: Uri.file(executable) } };
          },
        },
      }),
    };
  }

  it("is the one selected for the file", async () => {
    assert.equal(await selectedPython(file, pythonExtension("/project/.venv/bin/python")), "/project/.venv/bin/python");
  });

  it("is none if the extension is missing, has none selected, has no such API or fails", async () => {
    const old: PythonExtension = { activate: async () => ({}) };
    const failing: PythonExtension = { activate: () => Promise.reject(new Error("it did not start")) };
    for (const one of [undefined, pythonExtension(undefined), old, failing]) assert.equal(await selectedPython(file, one), "");
  });
});
