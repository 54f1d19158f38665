/**
 * Both wires in both directions, with some thousands of messages that are not as the other side sends them. `npm run test:soak -- fuzz` tries as many
 * as are asked for.
 */
import assert from "node:assert/strict";
import { onePerLanguage } from "../runner/runners";
import { endAll } from "../runner/starting";
import { fuzzDecoder, fuzzHost, fuzzPanel, fuzzRunner, fuzzSession } from "./fuzzing/wires";

const seed = 1;

describe("messages that are not as the other side sends them", () => {
  afterEach(endAll);

  for (const runner of onePerLanguage) {
    it(`are answered or refused by the runner, ${runner.name}, which goes on`, async () => {
      const { refused } = await fuzzRunner(runner, 1_000, seed);
      assert.ok(refused > 500);
    });
  }

  it("are decoded or refused by the session, without any other error", () => {
    assert.ok(fuzzDecoder(3_000, seed).refused > 1_000);
  });

  it("are applied or refused by a whole session, which fails with a message and shows its trace", async () => {
    assert.equal((await fuzzSession(5, seed)).refused, 5);
  });

  it("are decoded or refused by the host", () => {
    assert.ok(fuzzHost(3_000, seed).refused > 1_000);
  });

  it("are drawn or dropped by the panel, and each of its requests ends", async () => {
    assert.ok((await fuzzPanel(1_000, seed)).refused > 500);
  });
});
