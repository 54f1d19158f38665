import assert from "node:assert/strict";
import { refusal } from "../refusal";
import { endAll } from "../starting";
import { finish, pick, startThreads, threadsFile, told } from "./threads";

const races = threadsFile("races.ts");
const points = threadsFile("points.js");

describe("A thread of the JavaScript runner", () => {
  afterEach(endAll);

  it("loses an update if another one writes between its read and its write", async () => {
    const { client, spawned } = await startThreads(races, ["add()", "add()"]);
    assert.deepEqual(
      spawned,
      [0, 1].map(() => ({ name: "add", point: { file: races, line: 5, column: 8, function: "add" } })),
    );
    await pick(client, 0, 0, 1, 1, 0, 1, 0, 1);
    assert.deepEqual(told(client), [
      "0 before reading counter add:6:3",
      "0 before writing counter add:6:3",
      "1 before reading counter add:6:3",
      "1 before writing counter add:6:3",
      "0 before reading counter add:7:10",
      "1 before reading counter add:7:10",
      "0 returned 1",
      "1 returned 1",
    ]);
    assert.equal((await client.ask("evaluate", { expression: "counter" })).text, "1");
  });

  it("keeps all updates if each runs to its end", async () => {
    const { client } = await startThreads(races, ["add()", "add()"]);
    await finish(client, 0);
    await finish(client, 1);
    assert.deepEqual(
      client.steps.filter(({ event }) => event === "returned").map(({ value }) => value),
      ["1", "2"],
    );
  });

  it("serves a request twice that another one has taken in the meantime", async () => {
    const { client } = await startThreads(races, ["serve()", "serve()"]);
    const until = async (task: number, value: string) => {
      do await pick(client, task);
      while (client.steps.at(-1)?.value !== value);
    };
    await until(0, "before reading from.splice");
    await until(1, "before reading from.splice");
    await finish(client, 0);
    await finish(client, 1);
    assert.equal((await client.ask("evaluate", { expression: "served.join()" })).text, '"first,first"');
  });

  it("waits for a mutex as ever, so that no update is lost under any order", async () => {
    for (let order = 0; order < 32; order += 1) {
      const { client } = await startThreads(races, ["addLocked()", "addLocked()"]);
      for (let at = 0; client.steps.filter(({ event }) => event === "returned").length < 2; at += 1) {
        // A task that is blocked or has ended gives way to the other one.
        const first = (order >> (at % 5)) & 1;
        const ran = await client.run(client.count + 1, first).catch(() => undefined);
        if (!ran?.ran) await client.run(client.count + 1, 1 - first);
      }
      assert.equal((await client.ask("evaluate", { expression: "counter" })).text, "2");
      assert.ok(client.steps.some(({ value }) => value === "acquire(counter lock)"));
      endAll();
    }
  });

  it("has its own yields as steps among its switch points", async () => {
    const { client } = await startThreads(races, ["addLocked()"]);
    await finish(client, 0);
    assert.deepEqual(
      told(client).map((line) => line.replace(/ \w+:.*/, "")),
      [
        "0 before reading lock.acquire",
        "0 acquire(counter lock)",
        "0 before reading counter",
        "0 before writing counter",
        "0 before reading counter",
        '0 "paused"',
        "0 before writing counter",
        "0 before reading lock.release",
        "0 before reading counter",
        "0 returned 1",
      ],
    );
  });

  it("runs a generator to its end that its call gives", async () => {
    const { client, spawned } = await startThreads(races, ["makeGenerator()", "addLocked()"]);
    assert.equal(spawned[0]?.name, "makeGenerator");
    await finish(client, 0);
    assert.equal(client.steps.at(-1)?.value, "1");
    assert.ok(client.steps.some(({ value }) => value === '"paused"'));
  });

  it("has the stack and the locals of all functions that it is in", async () => {
    const { client, spawned } = await startThreads(races, ["payAll([1, 2])"]);
    assert.equal(spawned[0]?.name, "payAll");
    assert.deepEqual((await client.ask("inspect", { task: 0 })).frames, []);
    do await pick(client, 0);
    while (client.steps.at(-1)?.value !== "before reading this.owner.name");
    const { frames } = await client.ask("inspect", { task: 0 });
    assert.deepEqual(
      frames.map(({ function: name, line, column, locals }) => {
        return `${name}:${line}:${column} ${locals.map((local) => `${local.name}=${local.value.text}`).join(" ")}`;
      }),
      [
        "payAll:68:10 amounts=[1, 2]",
        "(anonymous):68:34 amount=1",
        'Account.withdraw:51:18 this=Account {owner: {name: "Ada"}} amount=1 before=10 left=undefined',
        'Account.less:57:28 this=Account {owner: {name: "Ada"}} from=10 amount=1',
      ],
    );
  });

  it("switches before every access to what is shared, and to nothing else", async () => {
    const { client } = await startThreads(points, ["accesses(0)", "captured()"]);
    await finish(client, 0);
    await finish(client, 1);
    assert.deepEqual(told(client), [
      "0 before writing a accesses:13:3",
      "0 before reading box.n accesses:14:3",
      "0 before writing box.n accesses:14:3",
      "0 before reading a accesses:15:14",
      "0 before writing items[i] accesses:15:3",
      "0 before reading box.inner accesses:16:3",
      "0 before reading box.inner.f accesses:16:3",
      "0 before writing box.gone accesses:17:10",
      "0 before reading a accesses:18:3",
      "0 before writing a accesses:18:3",
      "0 before reading box accesses:19:17",
      // Before the first element of the loop, and after each.
      "0 before reading items accesses:20:22",
      "0 before reading items accesses:20:22",
      "0 before reading items accesses:20:22",
      "0 before reading items accesses:21:31",
      "0 returned [14, 2, 12, 2, 2]",
      "1 before reading count up:26:21",
      "1 before writing count up:26:21",
      "1 returned 1",
    ]);
  });

  it("switches at every statement if lines are wanted", async () => {
    const { client } = await startThreads(points, ["lines(3)"], "lines");
    await finish(client, 0);
    assert.deepEqual(told(client), [
      "0 before line 31 lines:31:3",
      "0 before line 32 lines:32:5",
      "0 before line 35 lines:35:3",
      "0 before line 36 lines:36:5",
      "0 before line 36 lines:36:5",
      // The loop has an empty body, in which it could never be switched.
      "0 before line 37 lines:37:3",
      "0 before line 37 lines:37:3",
      "0 before line 38 lines:38:3",
      "0 before line 38 (anonymous):38:17",
      "0 returned 1",
    ]);
  });

  it("ends with the exception that nobody catches, after its finally blocks", async () => {
    const { client } = await startThreads(races, ["failing()"]);
    assert.equal((await finish(client, 0)).stopped, "threw");
    assert.equal(client.steps.at(-1)?.value, "RangeError: count 0");
    const { thrown } = await client.event("thrown");
    assert.deepEqual(
      thrown.frames.map(({ function: name, line, column }) => `${name}:${line}:${column}`),
      ["fails:92:3", "failing:85:12"],
    );
    assert.equal((await client.ask("evaluate", { expression: "counter" })).text, "7");
  });

  it("can be closed and thrown into at a switch point", async () => {
    const { client } = await startThreads(races, ["failing()", "failing()"]);
    await pick(client, 0, 1);
    await client.ask("close", { from: 3, task: 0 });
    await client.ask("throwInto", { from: 4, task: 1, expression: "new Error('stop')" });
    await pick(client, 1);
    assert.deepEqual(told(client).slice(2), [
      "0 before writing counter failing:87:5",
      "1 before writing counter failing:87:5",
      "1 threw Error: stop",
    ]);
  });

  it("evaluates its arguments when it is first picked", async () => {
    const { client } = await startThreads(races, ["payAll([counter])", "add()"]);
    await finish(client, 1);
    await finish(client, 0);
    assert.equal(client.steps.at(-1)?.value, "[7]");
  });

  it("runs to its end at once what cannot be switched within, which is listed", async () => {
    const { client, loaded } = await startThreads(races, ["sorted()"]);
    await finish(client, 0);
    assert.equal(client.count, 1);
    assert.deepEqual(
      loaded.atomic?.map(({ file, line, function: name, why }) => `${file === races} ${line} ${name}: ${why}`),
      [
        "true 60 Account.balance: a getter",
        "true 72 (anonymous): a callback of sort",
        "true 95 later: async functions switch at await only",
      ],
    );
  });

  it("goes round in a loop that waits for what another one writes, and gives way each time", async () => {
    const { client } = await startThreads(points, ["spin()"]);
    await pick(client, 0, 0, 0);
    assert.deepEqual(
      told(client),
      Array.from({ length: 3 }, () => "0 before reading a spin:42:10"),
    );
  });

  it("is refused if it calls nothing", async () => {
    const { client } = await startThreads(races, []);
    const refused = async (call: string) => (await refusal(client.ask("spawn", { task: 0, call }))).message;
    assert.equal(await refused("add"), "add is no call of a function.");
    assert.equal(await refused("missing()"), "ReferenceError: missing is not defined");
    assert.equal(await refused("counter()"), "counter is not a function.");
    assert.match(await refused("add("), /Unexpected token/);
  });

  it("can be switched in functions of other modules, and so can what it spawns", async () => {
    const file = threadsFile("modules/main.ts");
    const { client } = await startThreads(file, ["parent()"]);
    await pick(client, 0, 0, 1, 1, 2, 2, 2);
    assert.deepEqual(told(client), [
      "0 spawn(Generator child) parent:5:17",
      "0 spawn(Generator child) parent:6:18",
      "1 before reading state.n bump:4:3",
      "1 before writing state.n bump:4:3",
      "2 before reading state.n bump:4:3",
      "2 before writing state.n bump:4:3",
      "2 returned undefined",
    ]);
    await pick(client, 1);
    await finish(client, 0);
    assert.equal(client.steps.at(-1)?.value, "1", "the other update was lost");
  });

  it("is named by an anonymous function that a module exports by default", async () => {
    const { client, spawned } = await startThreads(threadsFile("modules/main.ts"), ["exports.default(4)"]);
    assert.equal(spawned[0]?.name, "default");
    await finish(client, 0);
    assert.equal(client.steps.at(-1)?.value, "4");
  });

  it("can be switched in generators that it delegates to, and not in those that a loop or a native function resumes", async () => {
    const { client } = await startThreads(threadsFile("modules/main.ts"), ["foreign()"]);
    await finish(client, 0);
    assert.deepEqual(
      client.steps.map(({ event, value }) => `${event} ${value}`),
      [
        "yielded before reading state.n",
        "yielded before writing state.n",
        "yielded 1",
        "yielded 10",
        "yielded 20",
        "yielded before reading all.push",
        "yielded before reading all",
        "returned [100, 100]",
      ],
    );
  });
});
