// The order of the rooms is enforced by the linter, which must reject violations. The number of files in each folder is limited.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The number of files that a reader can keep in mind. */
const mostFiles = 25;

describe("rooms", () => {
  let copy: string;
  before(async () => {
    copy = await mkdtemp(join(tmpdir(), "yieldpoint-rooms-"));
    await cp("src", join(copy, "src"), { recursive: true });
    await cp("biome.json", join(copy, "biome.json"));
    await symlink(resolve("node_modules"), join(copy, "node_modules"));
  });
  after(() => rm(copy, { recursive: true, force: true }));

  /** The linter's output for files that are added to the project. */
  async function refusals(files: Readonly<Record<string, string>>): Promise<string> {
    const paths = Object.keys(files);
    for (const path of paths) await mkdir(dirname(join(copy, path)), { recursive: true });
    await Promise.all(paths.map((path) => writeFile(join(copy, path), files[path] ?? "")));
    const biome = resolve("node_modules/@biomejs/biome/bin/biome");
    const args = [biome, "lint", "--vcs-enabled=false", "--colors=off", ...paths];
    const said = await run(process.execPath, args, { cwd: copy }).catch((error: { stdout: string; stderr: string }) => error);
    await Promise.all(paths.map((path) => rm(join(copy, path))));
    return said.stdout + said.stderr;
  }

  it("must not import a higher one", async () => {
    const text = 'import type { Rest } from "../loop/rest";\n\nexport type Tried = Rest;\n';
    assert.match(await refusals({ "src/session/seen/tried.ts": text }), /noRestrictedImports.*seen lies below/s);
    assert.doesNotMatch(await refusals({ "src/session/compare/tried.ts": text }), /noRestrictedImports/);
  });

  it("must not have import cycles, not even of types", async () => {
    const said = await refusals({
      "src/core/one.ts": 'import type { Other } from "./other";\n\nexport type One = Other | 1;\n',
      "src/core/other.ts": 'import type { One } from "./one";\n\nexport type Other = One | 2;\n',
    });
    assert.match(said, /core\/one\.ts.*noImportCycles/s);
  });

  it("contain only as many files as a reader can keep in mind", async () => {
    const entries = await readdir("src", { recursive: true, withFileTypes: true });
    const counts = new Map<string, number>();
    for (const entry of entries) {
      if (entry.isFile() && !entry.name.endsWith(".pyc")) counts.set(entry.parentPath, (counts.get(entry.parentPath) ?? 0) + 1);
    }
    assert.deepEqual(
      [...counts].filter(([, count]) => count > mostFiles),
      [],
    );
  });
});
