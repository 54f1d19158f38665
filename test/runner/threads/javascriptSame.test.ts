/**
 * What transformed programs do: run as one thread, each prints and returns what it does under plain Node, whether it is switched within or runs
 * atomically.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { endAll } from "../starting";
import { finish, startThreads, threadsFile } from "./threads";

const programs = readdirSync(threadsFile("same")).filter((name) => name !== "said.js");

/** The output of a program, and what its function returns. */
function bare(file: string): { readonly printed: string; readonly returned: string } {
  const run = `const { main } = require(${JSON.stringify(file)}); const count = main(); process.stderr.write(String(count));`;
  const printed = execFileSync(process.execPath, ["-e", run], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return { printed, returned: String(printed.trimEnd().split("\n").length) };
}

describe("Functions of threads do what they do without switches", () => {
  afterEach(endAll);

  for (const name of programs) {
    const file = threadsFile(`same/${name}`);

    for (const granularity of ["accesses", "lines"] as const) {
      it(`in ${basename(name, ".js")}, with switch points by ${granularity}`, async () => {
        const { client } = await startThreads(file, ["main()"], granularity);
        assert.equal((await finish(client, 0)).stopped, "returned");
        const { printed } = bare(file);
        assert.equal(client.printed("stdout"), printed);
        assert.equal(client.steps.at(-1)?.value, /^(\d+)/m.exec(printed.trimEnd().split("\n").at(-1) ?? "")?.[1]);
        assert.ok(client.count > 20, "the functions were switched within");
      });
    }

    it(`in ${basename(name, ".js")}, where a native function calls them`, async () => {
      const { client } = await startThreads(file, ["[0].flatMap(main)"]);
      assert.equal((await finish(client, 0)).stopped, "returned");
      assert.equal(client.printed("stdout"), bare(file).printed);
    });
  }
});
