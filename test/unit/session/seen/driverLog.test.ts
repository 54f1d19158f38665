import assert from "node:assert/strict";
import { DriverLog } from "../../../../src/session/seen/driverLog";

const loop = { function: "run_async", file: "/loop.py", line: 7 };
const other = { function: "<module>", file: "/loop.py", line: 12 };

describe("the drivers of an observed program", () => {
  it("are known for each step", () => {
    const log = new DriverLog();
    log.add([loop]);
    log.note(1, [1, 1]);
    log.add([other]);
    log.note(3, [2, 0]);
    assert.deepEqual(
      [1, 2, 3, 4].map((step) => log.of(step)),
      [loop, loop, other, undefined],
    );
    assert.equal(log.of(5), undefined);
  });

  it("are told once for steps in a row", () => {
    const log = new DriverLog();
    log.add([loop, other]);
    log.note(1, [1, 2], [3, 1]);
    log.note(5, [1]);
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6].map((step) => log.of(step)),
      [loop, loop, loop, other, loop, undefined],
    );
  });

  it("are given in pieces, each with the runs of its steps", () => {
    const log = new DriverLog();
    log.add([loop, other]);
    log.note(1, [1, 2, 1], [65_535, 3, 2]);
    assert.deepEqual(
      [...log.from(1)],
      [
        { first: 1, by: [1, 2], times: [65_535, 1] },
        { first: 65_537, by: [2, 1], times: [2, 2] },
      ],
    );
    assert.deepEqual([...log.from(65_540)], [{ first: 65_540, by: [1], times: [1] }]);
    assert.deepEqual([...log.from(65_541)], []);
    const copy = new DriverLog();
    copy.add(log.drivers);
    for (const { first, by, times } of log.from(1)) copy.note(first, by, times);
    for (const step of [1, 65_535, 65_536, 65_538, 65_539, 65_540, 65_541]) assert.equal(copy.of(step), log.of(step));
  });

  it("are forgotten after a million steps", () => {
    const log = new DriverLog();
    log.add([loop]);
    const stretch = Array(100_000).fill(1);
    for (let first = 1; first < 1_200_000; first += stretch.length) log.note(first, stretch);
    assert.equal(log.of(1), undefined);
    assert.equal(log.of(200_001), loop);
    assert.equal(log.of(1_200_000), loop);
  });

  it("may be told once for many steps in a row, also where the log begins anew", () => {
    const log = new DriverLog();
    log.add([loop, other]);
    log.note(1, [1], [999_990]);
    log.note(999_991, [2, 0, 1], [20, 1, 5]);
    assert.deepEqual(
      [16, 17, 999_990, 999_991, 1_000_010, 1_000_011, 1_000_012, 1_000_016, 1_000_017].map((step) => log.of(step)),
      [undefined, loop, loop, other, other, undefined, loop, loop, undefined],
    );
  });
});
