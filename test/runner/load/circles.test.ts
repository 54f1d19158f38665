/**
 * The error when a module uses another one that is not completely loaded, because both import each other.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { refusal } from "../refusal";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, startBare } from "../starting";

type Files = Readonly<Record<string, string>>;

async function failureOf(runner: RunnerUnderTest, files: Files) {
  const client = startBare(runner);
  await client.hello();
  return refusal(client.ask("load", { file: join(folderWith(files), Object.keys(files)[0] ?? "") }));
}

const python: Readonly<Record<string, readonly [message: RegExp, remedy: RegExp, files: Files]>> = {
  "a name of the traced file": [
    /cannot import name 'rest' from partially initialized module 'tasks'/,
    /circular: tasks imports.* needs rest from it/,
    { "tasks.py": "import other\n\nrest = 1\n", "other.py": "from tasks import rest\n" },
  ],
  "an attribute of the traced file": [
    /partially initialized module 'tasks'.* has no attribute 'rest'/,
    /circular: tasks imports.* needs rest from it/,
    { "tasks.py": "import other\n\nrest = 1\n", "other.py": "import tasks\n\nmore = tasks.rest\n" },
  ],
  "a name of another file": [
    /cannot import name 'rest' from partially initialized module 'one'/,
    /circular: one imports.* needs rest from it/,
    { "tasks.py": "import one\n", "one.py": "import two\n\nrest = 1\n", "two.py": "from one import rest\n" },
  ],
};

const javascript: Readonly<Record<string, readonly [message: RegExp, remedy: RegExp, files: Files]>> = {
  "a function that is required": [
    /rest is not a function/,
    /circular: other.js imports tasks.js, which was not loaded to its end/,
    {
      "tasks.js": "require('./other');\nexports.rest = () => 1;\n",
      "other.js": "const { rest } = require('./tasks');\nexports.more = rest();\n",
    },
  ],
  "a class that is imported": [
    /Cannot access 'Rest' before initialization/,
    /circular: other.ts imports tasks.ts, which was not loaded to its end/,
    {
      "tasks.ts": "import { More } from './other';\nexport class Rest {}\nexport const more = () => new More();\n",
      "other.ts": "import { Rest } from './tasks';\nexport class More extends Rest {}\n",
    },
  ],
  "a property of what another file of the circle exports": [
    /Cannot access 'rest' before initialization/,
    /circular: two.mjs imports one.mjs, which was not loaded to its end/,
    {
      "tasks.mjs": "import './one.mjs';\n",
      "one.mjs": "import './two.mjs';\nexport const rest = { size: 1 };\n",
      "two.mjs": "import { rest } from './one.mjs';\nexport const size = rest.size;\n",
    },
  ],
};

for (const runner of everyRunner) {
  describe(`${runner.name} runner, circular imports`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    for (const [what, [message, remedy, files]] of Object.entries(runner.language === "python" ? python : javascript)) {
      it(`are named as such if they leave out ${what}`, async () => {
        const failure = await failureOf(runner, files);
        assert.match(failure.message, message);
        assert.match(failure.remedy ?? "", remedy);
      });
    }
  });
}

describe("javascript runner, an error beside circular imports", () => {
  it("is not attributed to them", async () => {
    const [runner] = everyRunner.filter(({ language }) => language === "javascript");
    assert.ok(runner);
    const failure = await failureOf(runner, {
      "tasks.js": "const { late } = require('./other');\nexports.rest = 1;\nlate();\n",
      "other.js": "require('./tasks');\nexports.late = 2;\n",
    });
    assert.match(failure.message, /late is not a function/);
    assert.equal(failure.remedy, undefined);
    endAll();
    removeFolders();
  });
});

describe("javascript runner, the order of circular imports", () => {
  const [runner] = everyRunner.filter(({ language }) => language === "javascript");

  afterEach(() => {
    endAll();
    removeFolders();
  });

  async function order(files: Files): Promise<string> {
    assert.ok(runner);
    const client = startBare(runner);
    await client.hello();
    await client.ask("load", { file: join(folderWith(files), "tasks.mjs") });
    await client.ask("spawn", { task: 0, call: "task()" });
    await client.run(1, 0);
    return client.printed("stdout", 0).trim().split("\n").join();
  }

  /** Each is evaluated after what it imports, except for what imports it in turn. This is the order in which Node evaluates them. */
  it("does not depend on what is imported before", async () => {
    const files = {
      "tasks.mjs":
        "import 'node:fs';\nimport './first.mjs';\nimport { other } from './other.mjs';\nexport const rest = 1;\nconsole.log('tasks', other);\nexport function* task() { yield 1; }\n",
      "first.mjs": "console.log('first');\n",
      "other.mjs": "import './third.mjs';\nexport const other = 'o';\nconsole.log('other');\n",
      "third.mjs":
        "import './other.mjs';\nimport { rest } from './tasks.mjs';\nexport const late = () => rest;\nconsole.log('third');\n",
    };
    assert.equal(await order(files), "first,third,other,tasks o");
  });

  it("puts what is imported by a call after the module that does not wait for it", async () => {
    const called = {
      "tasks.mjs":
        "import 'node:fs';\nimport('./other.mjs').then(({ other }) => console.log('then', other));\nconsole.log('tasks');\nexport const rest = 1;\nexport function* task() { yield 1; }\n",
      "other.mjs": "import { rest } from './tasks.mjs';\nexport const other = rest + 1;\nconsole.log('other', rest);\n",
    };
    assert.equal(await order(called), "tasks,other 1,then 2");
  });

  it("lets a module be awaited that imports the one that awaits it", async () => {
    const awaited = {
      "tasks.mjs":
        "import 'node:fs';\nexport const rest = 1;\nconst { other } = await import('./other.mjs');\nconsole.log('tasks', other);\nexport function* task() { yield 1; }\n",
      "other.mjs": "import { rest } from './tasks.mjs';\nexport const other = rest + 1;\nconsole.log('other', rest);\n",
    };
    assert.equal(await order(awaited), "other 1,tasks 2");
  });
});
