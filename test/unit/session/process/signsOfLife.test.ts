import assert from "node:assert/strict";
import { mock } from "node:test";
import { SignsOfLife } from "../../../../src/session/process/signsOfLife";

describe("signs of life of a process", () => {
  let said: (number | undefined)[] = [];
  let asked = 0;
  let isAwaited = true;
  let life: SignsOfLife;

  beforeEach(() => {
    mock.timers.enable({ apis: ["setInterval"] });
    [said, asked, isAwaited] = [[], 0, true];
    life = new SignsOfLife(
      () => isAwaited,
      () => (asked += 1),
      (seconds) => said.push(seconds),
    );
  });

  afterEach(() => mock.timers.reset());

  const pass = (seconds: number) => mock.timers.tick(1_000 * seconds);

  it("are asked for once, and their absence is said after ten seconds, each second", () => {
    pass(9);
    assert.deepEqual([said, asked], [[], 1]);
    pass(3);
    assert.deepEqual([said, asked], [[10, 11, 12], 1]);
  });

  it("end a silence, also those of its end, and are said only after one", () => {
    life.heard();
    assert.deepEqual(said, []);
    pass(10);
    life.heard();
    assert.deepEqual(said, [10, undefined]);
    pass(10);
    life.end();
    assert.deepEqual(said, [10, undefined, 10, undefined]);
    pass(20);
    assert.deepEqual(said.length, 4, "nothing is expected after the end");
  });

  it("are asked for again after each, so that a program that computes for long is not silent", () => {
    for (let second = 0; second < 100; second += 2) {
      pass(2);
      life.heard();
    }
    assert.deepEqual([said, asked], [[], 50]);
  });

  it("are not expected while nothing is awaited", () => {
    isAwaited = false;
    pass(100);
    assert.deepEqual([said, asked], [[], 0]);
    isAwaited = true;
    pass(10);
    isAwaited = false;
    pass(1);
    assert.deepEqual(said, [10, undefined]);
  });
});
