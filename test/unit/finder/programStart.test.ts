/** The first statement of a program that runs something. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { Finder, type Language, languageOf } from "../../../src/finder";

/** The text of the line where a program starts. */
function startOf(language: Language, text: string): string | undefined {
  const finder = new Finder(language);
  finder.update(text);
  const { programStart } = finder;
  return programStart && text.split("\n")[programStart.line - 1]?.slice(programStart.column - 1);
}

const generator = { python: "def work():\n    yield 1\n\n", javascript: "function* work() {\n  yield 1;\n}\n" };

describe("where a program starts", () => {
  it("is the check for the main module in Python", () => {
    const text = `${generator.python}print("loading")\n\nif __name__ == "__main__":\n    run([work()])\n`;
    assert.equal(startOf("python", text), 'if __name__ == "__main__":');
    assert.equal(startOf("python", `${generator.python}if "__main__" == __name__: run()\n`), 'if "__main__" == __name__: run()');
  });

  it("is otherwise the first statement that calls something", () => {
    const python = `"""What it does."""\nimport os\n${generator.python}tasks = [work(), work()]\nwhile tasks:\n    next(tasks[0])\n`;
    assert.equal(startOf("python", python), "while tasks:");
    const javascript = `"use strict";\nconst fs = require("fs");\n${generator.javascript}const tasks = [work()];\nfor (const task of tasks) task.next();\n`;
    assert.equal(startOf("javascript", javascript), "for (const task of tasks) task.next();");
    assert.equal(startOf("typescript", `${generator.javascript}export {};\nawait run(work());\n`), "await run(work());");
  });

  it("is no assignment, which may only make what others run", () => {
    assert.equal(startOf("python", `${generator.python}buffer = deque()\n`), undefined);
    assert.equal(startOf("javascript", `${generator.javascript}const buffer = new Map();\n`), undefined);
  });

  it("is not within definitions, nor an import, nor a type", () => {
    const python = "import os\nclass A:\n    x = f()\n\n@decorated()\ndef work():\n    yield f()\n\nlimit = 5\ng = lambda: f()\n";
    assert.equal(startOf("python", python), undefined);
    const typescript =
      "import f from 'f';\nconst fs = require('fs');\ntype A = ReturnType<typeof f>;\nconst g = () => f();\nexport function* work() { yield f(); }\nclass B { x = f(); }\n";
    assert.equal(startOf("typescript", typescript), undefined);
  });

  it("does not exist in a program in which nothing can be suspended", () => {
    assert.equal(startOf("python", "print(1)\n"), undefined);
    assert.equal(startOf("javascript", "console.log(1);\n"), undefined);
    assert.equal(startOf("python", "async def main():\n    pass\n\nasyncio.run(main())\n"), "asyncio.run(main())");
  });

  it("stays in place while code above it is half typed", () => {
    const finder = new Finder("javascript");
    const text = `${generator.javascript}run(work());\n`;
    finder.update(text);
    assert.deepEqual(finder.programStart, { line: 4, column: 1 });
    finder.update(`const x = {\n${text}`);
    assert.deepEqual(finder.programStart, { line: 5, column: 1 });
    finder.update(`const x = {};\n${text}`);
    assert.deepEqual(finder.programStart, { line: 5, column: 1 });
  });

  it("exists in every example of a program", () => {
    for (const file of readdirSync("media/examples/observing")) {
      const start = startOf(languageOf(file) as Language, readFileSync(`media/examples/observing/${file}`, "utf8"));
      assert.match(start ?? "", /^(if __name__ == "__main__":|\w+.*\(.*\);)$/, file);
    }
  });
});
