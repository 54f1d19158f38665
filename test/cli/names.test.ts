/**
 * Files with any name and encoding: `trace` can run everything that `list` finds in them.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { Recording } from "../../src/session/openedRecording";
import { folderWith, removeFolders } from "../runner/folder";
import { yieldpoint } from "./commandLine";

const programs = { js: "export function* task() {\n  yield 1;\n}\n", py: "def task():\n    yield 1\n" };

describe("list and trace of a file", () => {
  afterEach(removeFolders);

  for (const [extension, source] of Object.entries(programs)) {
    for (const stem of ["a.v2", "two words", "-dash", "2nd", "100%", "a%20b", "what?#1", "größe", "文", "a'b\"c", "new\nline"]) {
      it(`that is called ${JSON.stringify(`${stem}.${extension}`)}`, async () => {
        const file = join(folderWith({ [`in ${stem}/${stem}.${extension}`]: source }), `in ${stem}`, `${stem}.${extension}`);
        const listed = await yieldpoint("list", file, "--format", "jsonl");
        assert.deepEqual(
          listed.objects().map(({ call }) => call),
          ["task()"],
        );
        const traced = await yieldpoint("trace", file, "task()", "--steps", "1", "--format", "jsonl");
        assert.deepEqual([traced.code, traced.objects()[0]?.value, traced.objects()[0]?.line], [0, "1", 2]);
      });
    }
  }

  const latin1 = (text: string) => Buffer.from(text, "latin1");
  const utf16be = Buffer.from("\ufefffunction* café() { yield 'é'; }", "utf16le").swap16();
  const encoded: readonly (readonly [what: string, file: string, source: Buffer, value: string])[] = [
    ["latin-1, as its coding line says", "a.py", latin1("# -*- coding: latin-1 -*-\ndef café():\n    yield 'é'\n"), "'é'"],
    [
      "cp1252, said below a line for the shell",
      "a.py",
      latin1("#!/usr/bin/python\n# coding: cp1252\ndef café():\n    yield '\x80'\n"),
      "'€'",
    ],
    ["UTF-8 with a byte order mark, in Python", "a.py", Buffer.from("\ufeffdef café(): yield 'é'\n"), "'é'"],
    ["UTF-8 with a byte order mark, in JavaScript", "a.mjs", Buffer.from("\ufefffunction* café() { yield 'é'; }\n"), '"é"'],
    ["little-endian UTF-16, in TypeScript", "a.ts", Buffer.from("\ufefffunction* café() { yield 'é'; }", "utf16le"), '"é"'],
    ["big-endian UTF-16, in TypeScript", "a.ts", utf16be, '"é"'],
  ];
  for (const [what, name, source, value] of encoded) {
    it(`that is encoded in ${what}`, async () => {
      const folder = folderWith({ [name]: source });
      const listed = await yieldpoint("list", join(folder, name), "--format", "jsonl");
      const [found] = listed.objects();
      assert.deepEqual([found?.name, found?.call], ["café", "café()"]);
      const saved = join(folder, "saved.yieldtrace");
      const traced = await yieldpoint(
        "trace",
        join(folder, name),
        "café()",
        "--steps",
        "1",
        "--format",
        "jsonl",
        "--save",
        saved,
      );
      const [step] = traced.objects();
      assert.deepEqual([step?.task, step?.value], ["café", value]);
      const recording = new Recording(saved, "file");
      const text = recording.run.sources.all.get(join(folder, name)) ?? "";
      recording.close();
      // Columns refer to the decoded text, which does not include the byte order mark.
      assert.equal(text.split("\n")[Number(step?.line) - 1]?.indexOf("yield"), Number(step?.column) - 1);
      assert.match(text, /(def|function\*) café/);
    });
  }

  it("in an encoding that Node cannot read is rejected, and the encoding is named", async () => {
    const file = join(folderWith({ "a.js": Buffer.from("\ufefffunction* task() { yield 1; }", "utf16le") }), "a.js");
    const { code, stderr } = await yieldpoint("trace", file, "task()");
    assert.equal(code, 2);
    assert.match(stderr, /a\.js is encoded in UTF-16\..*\n.*UTF-8/);
  });

  it("reads JSON with a byte order mark, as Node does", async () => {
    const folder = folderWith({ "data.json": "\ufeff[5]", "a.cjs": "function* task() { yield require('./data.json')[0]; }" });
    const { objects } = await yieldpoint("trace", join(folder, "a.cjs"), "task()", "--steps", "1", "--format", "jsonl");
    assert.equal(objects()[0]?.value, "5");
  });

  // Other systems do not have such names.
  (process.platform === "linux" ? it : it.skip)("in a folder whose name is not UTF-8 is rejected with the reason", async () => {
    const script = 'cd "$1" && mkdir "$(printf "\\377")" && cd "$(printf "\\377")" && : > a.py && exec "$2" "$3" list a.py';
    const args = ["-c", script, "sh", folderWith({}), process.execPath, resolve("dist/cli.js")];
    const stderr = await new Promise<string>((settle) => execFile("sh", args, (_error, _out, told) => settle(told)));
    assert.match(stderr, /There is no folder .*\n.*not valid UTF-8.*rename/);
  });
});
