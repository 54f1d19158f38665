// Setups in a file: how they are read, how errors are reported, and how saving preserves the text.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { policies } from "../../../../src/core/policies/registry";
import { Silenced } from "../../../../src/session/loop/silenced";
import { fieldsOf, withSetup } from "../../../../src/session/setup/saving";
import { fieldsIn, remedies, SetupFields } from "../../../../src/session/setup/schema";
import { applyRules, policyOf, readSetups, SetupError } from "../../../../src/session/setup/setups";

const folder = resolve("/work folder");

/** The only setup of a text, or its error with the place. */
function only(text: string) {
  const { entries, problem } = readSetups(folder, text);
  const found = problem ?? entries[0]?.setup;
  if (!(found instanceof SetupError)) return found;
  const { line, column } = found.failure;
  return `${line}:${column} ${found.message} ${found.remedy}`;
}

const withFields = (fields: string) => `{ "setups": { "a": { "file": "a.ts", "tasks": ["one()"], ${fields} } } }`;

const nothing = { check: "", invariant: "" };

describe("setups", () => {
  it("are read with comments and trailing commas, and with the places of their calls", () => {
    const text = `{
  // both calls of deposit
  "setups": {
    "lost update": {
      "file": "src/update.ts", /* here */
      "tasks": ["deposit()", "deposit()",],
      "policy": "random:quantum=2", "seed": 7, "until": "all", "watches": ["balance"],
      "breakpoints": [{ "kind": "threw" }, { "kind": "line", "line": 3 }, { "kind": "condition", "expression": "value > 3", "enabled": false }],
    },
  },
}`;
    const setup = only(text);
    assert.ok(setup && typeof setup !== "string");
    const file = resolve(folder, "src/update.ts");
    const { calls, policy, seed, until, watches, breakpoints, callPlaces } = setup;
    assert.deepEqual([setup.file, calls, policy, seed, until], [file, ["deposit()", "deposit()"], "random:quantum=2", 7, "all"]);
    assert.deepEqual(watches, ["balance"]);
    assert.deepEqual(breakpoints, [
      { kind: "threw", enabled: true },
      { kind: "line", line: 3, file, enabled: true },
      { kind: "condition", expression: "value > 3", enabled: false },
    ]);
    assert.deepEqual(
      callPlaces.map(({ line, column }) => [line, column]),
      [
        [6, 17],
        [6, 30],
      ],
    );
    assert.equal(policyOf(setup), "random:quantum=2,seed=7");
  });

  it("may be a program that decides itself who runs, which is saved as it was read", () => {
    const functions = { walk: "never", "Tree.leaves": "always" } as const;
    const program = {
      arguments: ["--seed", "7"],
      module: "pk.sim",
      environment: { LEVEL: "2" },
      input: "data/in.txt",
      functions,
    };
    const setup = only(JSON.stringify({ setups: { a: { file: "pk/sim.py", program } } }));
    assert.ok(setup && typeof setup !== "string");
    assert.deepEqual([setup.calls, setup.observed], [[], { ...program, input: resolve(folder, "data/in.txt") }]);
    const saved = fieldsOf(
      {
        options: { file: setup.file, observed: setup.observed },
        calls: [],
        until: "first",
        watches: { list: ["clock"] },
        breakpoints: { saved: () => [] },
        decided: { all: functions },
        silenced: { own: [] },
        exploration: { asked: { check: "done", invariant: "" } },
        run: { scheduler: { policyText: "random:seed=3" } },
      },
      folder,
    );
    assert.deepEqual(saved, { file: "pk/sim.py", program, watches: ["clock"] });
    assert.deepEqual(readSetups(folder, withSetup(undefined, "b", saved)).problem, undefined);
  });

  it("have either tasks or a program", () => {
    assert.match(String(only('{ "setups": { "a": { "file": "a.ts" } } }')), /"tasks" is missing.*"program": \{\}/);
    for (const field of ['"tasks": ["one()"]', '"policy": "random"', '"until": "all"', '"check": "done"']) {
      const text = `{ "setups": { "a": { "file": "a.ts", "program": {}, ${field} } } }`;
      assert.match(String(only(text)), new RegExp(`${field.split(":")[0]} has no effect: the program decides itself who runs`));
    }
    assert.match(
      String(only('{ "setups": { "a": { "file": "a.ts", "program": { "args": [] } } } }')),
      /no field "args".*arguments/,
    );
    assert.match(
      String(only('{ "setups": { "a": { "file": "a.ts", "program": { "functions": { "walk": "no" } } } } }')),
      /"walk" cannot be "no"\. Write an object with "never" or "always"/,
    );
    for (const name of ["LEVEL", "file"]) {
      assert.match(
        String(only(`{ "setups": { "a": { "file": "a.ts", "program": { "environment": { "${name}": 2 } } } } }`)),
        new RegExp(`"${name}" cannot be 2\\. Write an object of texts`),
      );
    }
  });

  it("may have tasks of other files, which are saved as they were read", () => {
    const text = '{ "setups": { "a": { "file": "src/a.ts", "tasks": ["one()", { "file": "lib/b.ts", "call": "two()" }] } } }';
    const setup = only(text);
    assert.ok(setup && typeof setup !== "string");
    assert.deepEqual(setup.calls, ["one()", "../lib/b.ts: two()"]);
    const saved = fieldsOf(
      {
        options: { file: setup.file },
        calls: setup.calls,
        until: "first",
        watches: { list: [] },
        breakpoints: { saved: () => [] },
        decided: { all: {} },
        silenced: { own: [] },
        exploration: { asked: nothing },
        run: { scheduler: { policyText: "round-robin" } },
      },
      folder,
    );
    assert.deepEqual(saved.tasks, ["one()", { file: "lib/b.ts", call: "two()" }]);
    assert.match(
      String(only('{ "setups": { "a": { "file": "a.ts", "tasks": [{ "file": "b.ts" }] } } }')),
      /"tasks" cannot contain \{"file":"b\.ts"\}\./,
    );
  });

  it("may be missing", () => {
    for (const text of ["", "{}", '{ "setups": {} }', "// nothing"]) assert.deepEqual(readSetups(folder, text).entries, []);
  });

  it("with errors are reported with the place, the field, the error and a remedy", () => {
    assert.equal(only('{ "setups": { "a" } }'), "1:19 The file is not valid JSON: colon expected. Correct it at this place.");
    assert.equal(only("[]"), '1:1 The file is not an object. Write { "setups": {} }.');
    assert.equal(only('{ "setup": {} }'), '1:3 There is no field "setup". The fields are $schema, setups.');
    assert.equal(
      only('{ "setups": { "a": { "tasks": ["one()"] } } }'),
      `1:20 Setup "a": The field "file" is missing. ${remedies.file}`,
    );
    assert.equal(
      only('{\n "setups": { "a": { "file": "a.ts", "tasks": [] } } }'),
      `2:46 Setup "a": "tasks" cannot be []. ${remedies.tasks}`,
    );
    assert.equal(only(withFields('"until": "later"')), `1:67 Setup "a": "until" cannot be "later". ${remedies.until}`);
    assert.equal(only(withFields('"watches": ["x", 3]')), `1:75 Setup "a": "watches" cannot contain 3. ${remedies.watches}`);
    assert.equal(
      only(withFields('"silencedWarnings": ["hogs"]')),
      `1:79 Setup "a": "silencedWarnings" cannot contain "hogs". ${remedies.silencedWarnings}`,
    );
    assert.equal(only(withFields('"wacthes": []')), '1:58 Setup "a": There is no field "wacthes". Did you mean "watches"?');
    assert.equal(
      only(withFields('"breakpoints": [{ "kind": "line" }]')),
      `1:74 Setup "a": The field "line" is missing. ${remedies.line}`,
    );
    assert.equal(
      only(withFields('"breakpoints": [{ "kind": "threw", "lin": 3 }]')),
      '1:93 Setup "a": There is no field "lin". Did you mean "line"?',
    );
    assert.equal(
      only(withFields('"breakpoints": [{ "kind": "thrown" }]')),
      `1:84 Setup "a": "kind" cannot be "thrown". ${remedies.kind}`,
    );
    for (const wrong of ["0", '"soon"', "null", '{ "step": -1 }', '{ "stepp": 1 }']) {
      assert.match(
        String(only(withFields(`"virtualTime": ${wrong}`))),
        /^1:\d+ Setup "a": ("(virtualTime|step)" cannot be|There is no field)/,
      );
    }
    assert.equal(only(withFields('"seed": 1.5')), `1:66 Setup "a": "seed" cannot be 1.5. ${remedies.seed}`);
    assert.match(String(only(withFields('"policy": "fastest"'))), /^1:68 Setup "a": There is no policy "fastest"\. Use one of/);
    assert.match(String(only(withFields('"seed": 1'))), /^1:66 Setup "a": "seed" has no effect/);
    assert.match(String(only(withFields('"policy": "random:seed=2", "seed": 1'))), /"seed" has no effect/);
    assert.match(String(only(withFields('"policy": "p.ts:quantum=2"'))), /A policy file takes no parameters/);
    const { entries } = readSetups(folder, '{ "setups": { "a": 1, "b": { "file": "a.ts", "tasks": ["one()"] }, "b": {} } }');
    assert.deepEqual(
      entries.map(({ setup }) => (setup instanceof SetupError ? setup.message : setup.name)),
      ['Setup "a": It cannot be 1.', "b", 'There are two setups with the name "b".'],
    );
  });
});

describe("saving a setup", () => {
  const fields = { file: "a.ts", tasks: ["one()"], until: "all" } as const;

  it("writes the fields of a session, with the seed in use", () => {
    const saved = fieldsOf(
      {
        options: { file: resolve(folder, "src", "a.ts") },
        calls: ["one()"],
        until: "first",
        watches: { list: ["x"] },
        breakpoints: { saved: () => [{ kind: "threw", enabled: false, task: "one" }] },
        decided: { all: {} },
        silenced: { own: ["hog", "starvation:one #2"] },
        exploration: { asked: { check: "x === 2", invariant: "x >= 0" } },
        run: { scheduler: { policyText: "lottery:seed=7,0=3" } },
      },
      folder,
    );
    assert.deepEqual(saved, {
      file: "src/a.ts",
      tasks: ["one()"],
      policy: "lottery:0=3",
      seed: 7,
      until: "first",
      watches: ["x"],
      check: "x === 2",
      invariant: "x >= 0",
      breakpoints: [{ kind: "threw", enabled: false, task: "one" }],
      silencedWarnings: ["hog", "starvation:one #2"],
    });
    const [entry] = readSetups(folder, withSetup(undefined, "again", saved)).entries;
    assert.ok(entry && !(entry.setup instanceof SetupError));
    const silenced = new Silenced(
      () => [],
      () => undefined,
    );
    let asked: unknown;
    const exploration = { restore: (restored: unknown) => (asked = restored) };
    applyRules({ watches: { add() {} }, breakpoints: { restore() {} }, silenced, exploration }, entry.setup);
    assert.deepEqual(asked, { check: "x === 2", invariant: "x >= 0" });
    assert.deepEqual(
      [silenced.has("hog", "two"), silenced.has("starvation", "one #2"), silenced.has("starvation", "two")],
      [true, true, false],
    );
  });

  it("writes virtual time so that it is read unchanged", () => {
    const session = {
      options: { file: resolve(folder, "a.ts") },
      calls: ["one()"],
      until: "first" as const,
      watches: { list: [] },
      breakpoints: { saved: () => [] },
      decided: { all: {} },
      silenced: { own: [] },
      exploration: { asked: nothing },
    };
    for (const virtualTime of [undefined, { virtual: 20, seed: 0 }, { virtual: 0.5, seed: 7 }]) {
      const saved = fieldsOf({ ...session, run: { scheduler: { policyText: "round-robin" }, virtualTime } }, folder);
      const [entry] = readSetups(folder, withSetup(undefined, "a", saved)).entries;
      assert.ok(entry && !(entry.setup instanceof SetupError));
      assert.deepEqual(entry.setup.virtualTime, virtualTime);
    }
  });

  it("creates a file, or adds to one, and preserves its comments and layout", () => {
    const made = withSetup(undefined, "a", { ...fields, tasks: ["one()"] });
    assert.equal(
      made,
      '{\n  "setups": {\n    "a": {\n      "file": "a.ts",\n      "tasks": ["one()"],\n      "until": "all"\n    }\n  }\n}\n',
    );
    const text = '{\n\t// mine\n\t"setups": {\n\t\t"a": { "file": "a.ts", "tasks": ["one()"] }, // first\n\t},\n}\n';
    const added = withSetup(text, "b", { ...fields, tasks: ["one()"] });
    const before = '\t\t"a": { "file": "a.ts", "tasks": ["one()"] }, // first\n';
    const lines = '\t\t"b": {\n\t\t\t"file": "a.ts",\n\t\t\t"tasks": ["one()"],\n\t\t\t"until": "all"\n\t\t},\n';
    assert.equal(added, `{\n\t// mine\n\t"setups": {\n${before}${lines}\t},\n}\n`);
    assert.equal(
      withSetup('{ "setups": { "a": 1 /* one */ } }', "b", { ...fields, tasks: ["one()"] }),
      '{ "setups": { "a": 1, /* one */\n    "b": {\n      "file": "a.ts",\n      "tasks": ["one()"],\n      "until": "all"\n    }\n  } }',
    );
    assert.deepEqual(
      readSetups(folder, added).entries.map(({ name }) => name),
      ["a", "b"],
    );
  });

  it("over an existing one preserves unchanged fields as written", () => {
    const text =
      '{ "setups": { "a": {\n  "file": "a.ts", // the file\n  "tasks": [ "one()" ],\n  "policy": "fcfs",\n  "until": "first" // soon\n} } }';
    const saved = withSetup(text, "a", { ...fields, tasks: ["one()"] });
    assert.match(saved, /"file": "a\.ts", \/\/ the file\n {2}"tasks": \[ "one\(\)" \],/);
    assert.match(saved, /"until": "all" \/\/ soon/);
    assert.doesNotMatch(saved, /policy/);
    assert.equal(readSetups(folder, saved).problem, undefined);
  });
});

describe("the JSON schema of setups", () => {
  const schema = JSON.parse(readFileSync("media/setups.schema.json", "utf8"));
  const setup = schema.properties.setups.additionalProperties;

  it("has the same fields as the reader, each with a description", () => {
    assert.deepEqual(Object.keys(setup.properties), Object.keys(SetupFields.entries));
    assert.deepEqual(setup.required, ["file"]);
    assert.deepEqual(setup.oneOf, [{ required: ["tasks"] }, { required: ["program"] }]);
    const { program } = setup.properties;
    assert.deepEqual(Object.keys(program.properties), fieldsIn.program);
    const breakpoint = setup.properties.breakpoints.items;
    assert.deepEqual(Object.keys(breakpoint.properties).sort(), [...(fieldsIn.breakpoints ?? [])].sort());
    for (const each of [...Object.values(setup.properties), ...Object.values(breakpoint.properties)] as {
      description?: string;
    }[]) {
      assert.ok(each.description);
    }
    assert.deepEqual(
      [schema.additionalProperties, setup.additionalProperties, breakpoint.additionalProperties],
      [false, false, false],
    );
  });

  it("suggests every policy", () => {
    assert.deepEqual(
      setup.properties.policy.examples,
      policies.map(({ name }) => name),
    );
  });

  it("requires the same fields for each kind of breakpoint", () => {
    const { kind } = setup.properties.breakpoints.items.properties;
    assert.deepEqual(kind.enum, ["resumed", "yielded", "returned", "threw", "condition", "line"]);
  });
});
