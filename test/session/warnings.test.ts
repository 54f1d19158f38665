/**
 * Warnings of a session: they appear by themselves while it runs, and can be silenced.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import * as v from "valibot";
import { View } from "../../src/protocol/panel";
import type { Session } from "../../src/session/session";
import { viewOf } from "../../src/session/view/view";
import { sessionOn, stopAll, until } from "./sessions";

const file = resolve("test/fixtures/session/warnings.ts");

async function sessionOf(calls: readonly string[], silencedWarnings: readonly string[] = []): Promise<Session> {
  const session = await sessionOn(file, { until: "all", silencedWarnings });
  await session.open();
  for (const call of calls) await session.add(call);
  return session;
}

const seen = (session: Session) => v.parse(View, structuredClone(viewOf(session))).warnings;
const kinds = (session: Session) => seen(session)?.list.map(({ kind }) => kind) ?? [];

describe("the warnings of a session", () => {
  afterEach(stopAll);

  it("appear by themselves, also while it runs", async () => {
    const session = await sessionOf(["spinning()", "counting()"]);
    void session.go();
    await until(session, () => kinds(session).includes("busy-wait"));
    assert.equal(session.status, "running");
    await session.pause();
  });

  it("name resources", async () => {
    const session = await sessionOf(["keeping()", "wanting()"]);
    await session.go();
    await until(session, () => kinds(session).length === 2);
    const [held] = seen(session)?.list ?? [];
    assert.deepEqual(held?.sentence[2], { resource: "lock" });
  });

  it("are silenced by kind and by task, and shown again", async () => {
    const session = await sessionOf(["keeping()", "wanting()"]);
    await session.go();
    await until(session, () => kinds(session).length === 2);
    session.silenced.add("lost-waker", "keeping");
    assert.equal(kinds(session).length, 2);
    session.silenced.add("lost-waker", "wanting");
    assert.deepEqual(kinds(session), ["held-at-end"]);
    session.silenced.add("held-at-end");
    assert.deepEqual([kinds(session), seen(session)?.silenced], [[], 2]);
    session.silenced.clear();
    assert.equal(kinds(session).length, 2);
  });

  it("are not shown if a setting silences them", async () => {
    const session = await sessionOf(["keeping()", "wanting()"], ["held-at-end:keeping"]);
    await session.go();
    await until(session, () => kinds(session).includes("lost-waker"));
    assert.deepEqual([kinds(session), seen(session)?.silenced], [["lost-waker"], 1]);
  });

  it("are found again after a restart", async () => {
    const session = await sessionOf(["keeping()", "wanting()"]);
    await session.go();
    await until(session, () => kinds(session).length === 2);
    await session.restart();
    assert.equal(seen(session), undefined);
  });
});
