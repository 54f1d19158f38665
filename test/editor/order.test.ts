import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { begun, cleared, command, extension, folder, viewAt, viewThat } from "./host";

const text = `export function* listener() {
  let heard: unknown = "nothing";
  while (true) {
    try {
      heard = yield heard;
    } catch (error) {
      return \`caught \${error}\`;
    }
  }
}

export function* ticker() {
  for (let tick = 1; ; tick += 1) yield tick;
}
`;

/** Runs a command with its argument. */
async function tell(name: string, given?: unknown): Promise<void> {
  await vscode.commands.executeCommand(`yieldpoint.${name}`, given);
}

/** A session of both tasks, before its first step. */
async function both(): Promise<void> {
  const document = await begun("listener.ts", "listener", text);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
  const add = lenses.filter(({ command }) => command?.command === "yieldpoint.addTask").at(-1)?.command;
  assert.ok(add);
  void vscode.commands.executeCommand(add.command, ...(add.arguments ?? []));
  await viewThat(({ tasks, status }) => tasks.length === 2 && status === "paused");
}

describe("who runs next, from the palette", () => {
  before(() => extension().activate());
  beforeEach(both);
  afterEach(cleared);

  it("is decided by a policy, which can be changed during a run", async () => {
    await tell("choosePolicy", "lottery:seed=7");
    await viewThat(({ policy }) => policy?.text === "lottery:seed=7" && policy.seed === 7);
    command("step");
    const { now } = await viewAt(1);
    assert.match(now?.why ?? "", /ticket/);
    await tell("choosePolicy", "fcfs");
    await viewThat(({ policy }) => policy?.name === "fcfs");
  });

  it("is decided by a policy file, and by none if its answer is not a ready task", async () => {
    await writeFile(path.join(folder(), "newest.js"), "module.exports = ({ ready }) => ready[ready.length - 1].id;\n");
    await tell("choosePolicyFile", "newest.js");
    await viewThat(({ policy, next }) => policy?.name === "newest.js" && next === 1);
    await writeFile(path.join(folder(), "wrong.js"), "module.exports = () => 9;\n");
    await tell("choosePolicyFile", "wrong.js");
    const { policy, next } = await viewThat((view) => view.policy?.problem !== undefined);
    assert.match(policy?.problem?.file ?? "", /wrong\.js$/);
    assert.equal(next, undefined);
    await tell("choosePolicy", "round-robin");
    await viewThat((view) => view.policy?.problem === undefined && view.next !== undefined);
  });

  it("is decided by the file's last policy in its next session too", async () => {
    await tell("choosePolicy", "lottery:seed=7");
    await viewThat(({ policy }) => policy?.text === "lottery:seed=7");
    await begun("alone.ts", "alone", "export function* alone() {\n  yield 1;\n}\n");
    assert.equal((await viewThat(({ policy }) => policy !== undefined)).policy?.text, "round-robin");
    await both();
    await viewThat(({ policy }) => policy?.text === "lottery:seed=7");
    await tell("choosePolicy", "round-robin");
    await viewThat(({ policy }) => policy?.text === "round-robin");
  });

  it("is picked by hand, with a value or without", async () => {
    await tell("pickNext", "ticker");
    const picked = await viewThat((view) => view.picked !== undefined);
    assert.deepEqual([picked.next, picked.picked?.task], [1, 1]);
    command("step");
    assert.equal((await viewAt(1)).now?.why, "picked by hand");
    await tell("pickNext", "listener");
    command("step");
    await viewAt(2);
    await tell("sendValue", { task: "listener", value: "[1, 2]" });
    command("step");
    const { now } = await viewAt(3);
    assert.deepEqual([now?.task, now?.value], [0, "[1, 2]"]);
  });

  it("is not a task that is held back, until it is released", async () => {
    await tell("holdOrLetGo", "listener");
    await viewThat(({ tasks }) => tasks[0]?.held === true);
    command("step");
    assert.equal((await viewAt(1)).now?.task, 1);
    await tell("holdOrLetGo", "listener");
    await viewThat(({ tasks }) => tasks[0]?.held !== true);
  });

  it("is thrown into, or closed: a step of its own", async () => {
    await tell("pickNext", "listener");
    command("step");
    await viewAt(1);
    await tell("throwInto", { task: "listener", value: 'new Error("stop")' });
    assert.equal((await viewAt(2)).now?.value, '"caught Error: stop"');
    await tell("closeTask", "ticker");
    assert.equal((await viewThat(({ head }) => head === 3)).now?.event, "closed");
  });

  it("is recorded: a schedule is copied, replayed, and used for a restart", async () => {
    for (let step = 0; step < 3; step += 1) command("step");
    await viewAt(3);
    await tell("copySchedule");
    const schedule = await vscode.env.clipboard.readText();
    // The preceding tests leave the file with this policy.
    assert.match(schedule, /^round-robin; "listener\(\)" "ticker\(\)"; /);
    for (const [name, given] of [["replaySchedule", schedule], ["restartSameSchedule"]] as const) {
      await tell(name, given);
      const { schedule: following } = await viewThat((view) => view.schedule?.follows !== undefined && view.head === 0);
      assert.equal(following?.follows?.of, 3);
      command("step");
      await viewAt(1);
      command("run");
      await viewThat(({ head, status }) => head >= 3 && (status === "paused" || status === "running"));
      await tell("pause");
      await viewThat(({ status }) => status === "paused");
    }
    await tell("restartSamePolicy");
    await viewThat(({ head, schedule: fresh }) => head === 0 && fresh?.follows === undefined);
  });

  it("stays with one task: by its name, or with that of the step that is shown", async () => {
    await tell("choosePolicy", "round-robin");
    await tell("stepTask", "ticker");
    assert.equal((await viewAt(2)).now?.task, 1);
    await tell("stepTask");
    assert.equal((await viewAt(4)).now?.task, 1);
    void tell("runTaskToEnd", "ticker");
    const { staying } = await viewThat((view) => view.staying !== undefined);
    assert.deepEqual(staying, { task: 1, until: "end" });
    await tell("pause");
    await viewThat(({ status }) => status === "paused");
  });

  it("differs from a past step on", async () => {
    for (let step = 0; step < 4; step += 1) command("step");
    await viewAt(4);
    await tell("firstOfTask");
    const { cursor, next } = await viewThat((view) => view.cursor < view.head);
    await tell("branchHere", next === 0 ? "ticker" : "listener");
    const { branches = [], head } = await viewThat((view) => view.branches?.length === 2 && view.replaying === undefined);
    assert.equal(branches.find((branch) => branch.current)?.after, cursor);
    assert.equal(head, cursor + 1);
  });

  it("is compared: the same tasks under several policies", async () => {
    await tell("comparePolicies", { policies: ["round-robin", "fcfs"], steps: 50 });
    const { comparing } = await viewThat((view) => view.comparing?.isOver === true);
    assert.deepEqual(
      comparing?.lines.map(({ name, state, steps }) => [name, state, steps]),
      [
        ["round-robin", "done", 50],
        ["fcfs", "done", 50],
      ],
    );
  });

  it("is explored: all orders of the tasks, beside the session", async () => {
    await begun("once.ts", "once", "export function* once() {\n  yield 1;\n}\n");
    await tell("exploreOrders", { check: "true" });
    const { exploring, head } = await viewThat((view) => view.exploring?.search?.status === "over");
    assert.equal(head, 0);
    assert.deepEqual(exploring?.search?.says, ["The only order."]);
    assert.equal(exploring?.check, "true");
    assert.deepEqual(
      exploring?.search?.outcomes.map(({ orders, failing }) => [orders, failing]),
      [[1, false]],
    );
    // What was asked is remembered with the file.
    await cleared();
    await begun("once.ts", "once");
    assert.equal((await viewThat((view) => view.head === 0)).exploring?.check, "true");
  });
});
