import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { planTypes } from "../../../../src/editor/commands/cotasksTypes";
import { folderWith, removeFolders } from "../../../runner/folder";

const source = `
  import { channel, mutex, type Task } from "cotasks";
  export const lock = mutex("fork");
  export const jobs = channel<number>(1);
  export function* worker(): Task<number> {
    using held = yield lock.acquire();
    return 1;
  }
`;

/** The package at the path where the bundles have it, so that the test needs no build. */
function distFolder(): string {
  const names = ["package.json", "index.d.ts", "index.js"].map((name) => [name, `javascript/${name}`] as const);
  const javascript = [...names, ["README.md", "README.md"] as const].map(
    ([name, path]) => [`runner/javascript/cotasks/${name}`, ts.sys.readFile(`packages/cotasks/${path}`) ?? ""] as const,
  );
  const python = ["__init__.py", "__init__.pyi", "py.typed"].map(
    (name) => [`runner/python/cotasks/${name}`, ts.sys.readFile(`packages/cotasks/python/cotasks/${name}`) ?? ""] as const,
  );
  return folderWith(Object.fromEntries([...javascript, ...python]));
}

/** What the TypeScript compiler reports for a file of a folder, with the options of its project if it has one. */
function problemsOf(file: string, config: string | undefined): string[] {
  const defaults = {
    target: ts.ScriptTarget.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
  };
  const parsed =
    config === undefined
      ? { fileNames: [file], options: defaults }
      : ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, dirname(config));
  const program = ts.createProgram(parsed.fileNames, { ...parsed.options, strict: true, noEmit: true, lib: ["lib.esnext.d.ts"] });
  assert.ok(program.getSourceFile(file));
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe("the types of cotasks in a folder", () => {
  afterEach(removeFolders);

  const project = (rest: object) => JSON.stringify({ compilerOptions: { module: "nodenext", types: [] }, ...rest });
  for (const [what, files, written] of [
    ["a project", { "tsconfig.json": project({}) }, "cotasks.d.ts"],
    ["a project that says which files it has", { "tsconfig.json": project({ include: ["src"] }) }, "src/deep/cotasks.d.ts"],
    ["a folder without a project", {}, "node_modules/cotasks/package.json"],
    ["one with a project above the folder only", { "../tsconfig.json": project({}) }, "node_modules/cotasks/package.json"],
  ] as const) {
    it(`are found by the TypeScript compiler in ${what}`, () => {
      const folder = join(folderWith({}), "workspace");
      const file = join(folder, "src/deep/tasks.ts");
      for (const [path, text] of Object.entries({ ...files, "src/deep/tasks.ts": source })) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const config = "tsconfig.json" in files ? join(folder, "tsconfig.json") : undefined;
      assert.match(problemsOf(file, config)[0] ?? "", /Cannot find module 'cotasks'/);
      const plan = planTypes({ file, folder, dist: distFolder() });
      assert.equal(relative(folder, plan.files[0]?.path ?? ""), written);
      for (const { path, text } of plan.files) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
      assert.deepEqual(problemsOf(file, config), []);
    });
  }

  it("are stubs in typings for Python, with the source that Pylance looks for", () => {
    const folder = folderWith({ "pack/tasks.py": "import cotasks" });
    const { files, extraPath, what } = planTypes({ file: join(folder, "pack/tasks.py"), folder, dist: distFolder() });
    assert.deepEqual(
      files.map(({ path }) => relative(folder, path)),
      ["__init__.py", "__init__.pyi", "py.typed"].map((name) => `typings/cotasks/${name}`),
    );
    assert.deepEqual([extraPath, what], ["typings", "typings/cotasks"]);
  });
});
