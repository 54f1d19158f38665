/** The Python sources as they ship. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(__dirname, "../../..");
const sources = join(root, "src/runner/python/yieldpoint_runner");

/** Prints the syntax trees of programs without the texts that nobody reads. */
const trees = `
import ast, json, sys

def bare(text):
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [each for each in body if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant) and isinstance(each.value.value, str))]
            node.body = kept or [ast.Pass()]
    return ast.dump(tree)

print(json.dumps([bare(text) for text in json.load(sys.stdin)]))
`;

function treesOf(texts: readonly string[]): string[] {
  const options = { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 1e9 } as const;
  return JSON.parse(execFileSync("python3", ["-c", trees], options));
}

describe("a Python source as it ships", () => {
  let shortened: (text: string) => string;

  before(async () => {
    // A module of the build, which mocha cannot import in another way.
    const load = new Function("path", "return import(path)") as (path: string) => Promise<{ shortened: typeof shortened }>;
    ({ shortened } = await load(pathToFileURL(join(root, "build/pythonSources.mjs")).href));
  });

  it("has no comments, docstrings and blank lines, and is indented by one space", () => {
    const text = `"""A module."""
import a  # why

"""A constant."""
B = 1


# A comment.
def f():
    """A docstring
    of two lines."""
    return B  # why
`;
    assert.equal(shortened(text), "import a\nB = 1\ndef f():\n return B\n");
  });

  it("keeps a body that has nothing else, and what only looks like a comment, a blank line or an indentation", () => {
    const text = `class C(Exception):
    """Nothing else."""


D = """one # two

    three"""
E = "#"
`;
    assert.equal(shortened(text), `class C(Exception):\n pass\nD = """one # two\n\n    three"""\nE = "#"\n`);
  });

  it("is otherwise the program that it was, for every file of the runner", async () => {
    const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".py"));
    assert.ok(files.length > 100);
    const texts = await Promise.all(files.map((file) => readFile(join(sources, file), "utf8")));
    const before = treesOf(texts);
    const after = treesOf(texts.map(shortened));
    for (const [index, file] of files.entries()) assert.equal(after[index], before[index], file);
  });
});
