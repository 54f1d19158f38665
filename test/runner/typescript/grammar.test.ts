import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import ts from "typescript";
import { compile } from "../../../src/runner/javascript/compiler";

/** One construct each, in every position in which it is permitted. They are only compiled. */
const programs = ["ts", "tsx"].flatMap((ending) =>
  readFileSync(join(__dirname, `../../fixtures/typescript/grammar.${ending}.txt`), "utf8")
    .trimEnd()
    .split("\n----\n")
    .map((source) => ({ filename: join(tmpdir(), `grammar.${ending}`), source })),
);

const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.CommonJS, jsx: ts.JsxEmit.React };

describe("The grammar of TypeScript", () => {
  for (const { filename, source } of programs) {
    it(source.replaceAll("\n", "\u23ce").slice(0, 100), () => {
      const { diagnostics } = ts.transpileModule(source, { fileName: filename, reportDiagnostics: true, compilerOptions });
      assert.deepEqual(
        diagnostics?.map(({ messageText }) => messageText),
        [],
      );
      const { code } = compile({ source, filename, sourceType: "unambiguous", isOwn: false, awaits: true });
      assert.ok(new Script(`(async function (exports, require, module) { ${code}\n})`));
    });
  }
});
