/** Each kind of warning: what it finds, and similar behaviour that it must not report. */
import assert from "node:assert/strict";
import { foundIn, Observed, observedRun, returning, times, yielding } from "./observed";

/** Values that never repeat. */
const news = (task: number, index: number) => yielding(task, `'${index}'`);

describe("starvation", () => {
  it("is found if a ready task is not picked for a thousand rounds", () => {
    const observed = new Observed().join(2).steps(times(2_000, (index) => news(0, index)));
    assert.deepEqual(foundIn(observed), [
      "starvation: b was ready from the beginning, and was not picked in the next 2,000 steps: 1,000 rounds of 2 ready tasks. [1 2000]",
    ]);
  });

  it("is not found a step earlier, for a single task, an ended task, or one that is added later", () => {
    const almost = new Observed().join(2).steps(times(1_999, (index) => news(0, index)));
    const alone = new Observed().join(1).steps(times(5_000, (index) => news(0, index)));
    const over = new Observed().join(2).steps([returning(1), ...times(5_000, (index) => news(0, index))]);
    const later = new Observed().join(1).steps(times(5_000, (index) => news(0, index)));
    later.join(1).steps(times(1_999, (index) => news(0, index)));
    for (const observed of [almost, alone, over, later]) assert.deepEqual(foundIn(observed), []);
  });

  it("is not found for a task that the user holds back, but is after its release", () => {
    const observed = new Observed().join(2);
    observed.scheduler.changes.push({ after: 0, change: { kind: "hold", task: 1 } });
    observed.steps(times(5_000, (index) => news(0, index)));
    assert.deepEqual(foundIn(observed), []);
    observed.scheduler.changes.push({ after: 5_000, change: { kind: "release", task: 1 } });
    observed.steps(times(2_000, (index) => news(0, index)));
    assert.match(foundIn(observed).join(), /^starvation: b was ready from step 5,000 on.* \[5000 7000\]$/);
  });

  it("is not found for a task that waits", () => {
    const worker = times(20, () => ({ op: "yield" as const }));
    const observed = observedRun([[{ op: "acquire", on: 1 }, ...worker, { op: "release", on: 1 }], [{ op: "acquire", on: 1 }]]);
    assert.deepEqual(
      foundIn(observed).filter((text) => !text.startsWith("held-at-end")),
      [],
    );
  });

  it("is found for each starving task", () => {
    const observed = new Observed().join(3).steps(times(9_000, (index) => news(0, index)));
    assert.deepEqual(
      foundIn(observed).map((text) => text.slice(0, 13)),
      ["starvation: b", "starvation: c"],
    );
  });
});

describe("a hog", () => {
  const others = times(20, () => [news(0, 0), yielding(1, "'x'", 10)]).flat();

  it("is found if a slice is noticeably long and much longer than those of other tasks", () => {
    const observed = new Observed().join(2).steps([...others, yielding(0, "'x'", 1_200_000)]);
    assert.deepEqual(foundIn(observed), [
      "hog: a ran for 1.2 s in step 41 without yielding, while others were ready. A slice of the others took 10 µs on average. [41]",
    ]);
  });

  it("is not found if all slices are long, no other task is ready, or it is too short to notice", () => {
    const slow = new Observed().join(2).steps(times(6, (index) => yielding(index % 2, `'${index}'`, 900_000)));
    const alone = new Observed().join(1).steps([yielding(0, "'x'", 9_000_000)]);
    const short = new Observed().join(2).steps([...others, yielding(0, "'x'", 150_000)]);
    // The first slice has no others to be compared with.
    assert.match(foundIn(slow).join(), /^hog: a [^,]*, while others were ready\. \[1\]$/);
    for (const observed of [alone, short]) assert.deepEqual(foundIn(observed), []);
  });
});

describe("busy waiting", () => {
  const spinning = (value: string, other: (index: number) => ReturnType<typeof news>) =>
    new Observed().join(2).steps(times(10_100, (index) => [yielding(0, value), other(index)]).flat());

  it("is found if a task keeps yielding the same value while others make progress", () => {
    assert.deepEqual(foundIn(spinning("'locked'", (index) => news(1, index))), [
      "busy-wait: a seems to poll instead of waiting: it yielded the same value at the same place 10,000 times in a row, while other tasks made progress. [1 19999]",
    ]);
  });

  it("is not found if the yielded value carries no information, or is waited for", () => {
    for (const value of ["undefined", "None", "put(channel 1, 5)", "sleep(0)", "Promise", "<Future object>", "<Task object>"]) {
      assert.deepEqual(foundIn(spinning(value, (index) => news(1, index))), []);
    }
  });

  it("is not found if the other task repeats itself too, or the task prints", () => {
    assert.deepEqual(foundIn(spinning("'working'", () => yielding(1, "'working'"))), []);
    const printing = spinning("'locked'", (index) => news(1, index));
    printing.output.add(777, "stdout", "still there\n");
    assert.deepEqual(foundIn(printing), []);
  });

  it("is prevented only by output of the task itself", () => {
    const observed = spinning("'locked'", (index) => news(1, index));
    observed.output.add(778, "stdout", "the other\n");
    assert.equal(foundIn(observed).length, 1);
  });
});

describe("a livelock", () => {
  const circle = (index: number) => yielding(index % 2, `'${(index >> 1) % 3}'`);

  it("is found if tasks repeat themselves for a hundred thousand rounds", () => {
    const observed = new Observed().join(2).steps(times(200_010, circle));
    assert.deepEqual(foundIn(observed), [
      "livelock: a, b made no visible progress in 100,000 rounds: every yield repeated an earlier one, and nothing was printed. [7 200006]",
    ]);
  });

  it("is not found if a task prints, yields something new, or yields nothing", () => {
    const printing = new Observed().join(2).steps(times(200_010, circle));
    printing.output.add(150_000, "stdout", "tick\n");
    const saying = new Observed()
      .join(2)
      .steps(times(200_010, (index) => (index % 50_001 === 0 ? news(0, index) : circle(index))));
    const bare = new Observed().join(2).steps(times(200_010, (index) => (index % 2 ? yielding(1, "undefined") : circle(index))));
    for (const observed of [printing, saying, bare]) assert.deepEqual(foundIn(observed), []);
  });

  it("is not found if output was not kept", () => {
    const observed = new Observed().join(2).steps(times(200_010, circle));
    observed.output.lose(10, 5);
    assert.deepEqual(foundIn(observed), []);
  });
});

describe("a lock that is held at the end of a task", () => {
  it("is found, with the tasks that wait for it", () => {
    const observed = observedRun([
      [{ op: "acquire", on: 1 }, { op: "yield" }],
      [{ op: "yield" }, { op: "acquire", on: 1 }],
    ]);
    assert.deepEqual(foundIn(observed), [
      "held-at-end: a has ended and still holds mutex 1, which no other task can release. [1 5]",
      "lost-waker: b waits for mutex 1, which a still held when it ended. [4 5]",
    ]);
  });

  it("is not found if it was released, or is a permit", () => {
    const released = observedRun([
      [
        { op: "acquire", on: 1 },
        { op: "release", on: 1 },
      ],
    ]);
    const permit = observedRun([[{ op: "acquire", on: 3 }]]);
    for (const observed of [released, permit]) assert.deepEqual(foundIn(observed), []);
  });

  it("is found for a lock acquired by `all`, too", () => {
    const parts = [
      { op: "acquire" as const, on: 1 },
      { op: "sleep" as const, millis: 3 },
    ];
    assert.match(foundIn(observedRun([[{ op: "all", parts }]])).join(), /^held-at-end: a has ended and still holds mutex 1/);
  });
});

describe("a lost waker", () => {
  it("is found for a task that waits for a lock after its holder has ended", () => {
    const late = [...times(5, () => ({ op: "yield" as const })), { op: "acquire" as const, on: 1 }];
    assert.match(
      foundIn(observedRun([[{ op: "acquire", on: 1 }], late])).join(),
      /lost-waker: b waits for mutex 1.*\[6 8\]|\[8\]$/,
    );
  });

  it("is found if no task is left that could serve the request", () => {
    assert.deepEqual(foundIn(observedRun([[{ op: "take", on: 6 }], [{ op: "yield" }]])), [
      "lost-waker: a waits to take from channel 6, and nobody is left who could put into it. [1 3]",
    ]);
  });

  it("is not found while a task can run or sleeps, nor in a deadlock, which is reported separately", () => {
    const sleeper = new Observed().join(2);
    const cycle = observedRun([
      [
        { op: "acquire", on: 1 },
        { op: "acquire", on: 2 },
      ],
      [
        { op: "acquire", on: 2 },
        { op: "acquire", on: 1 },
      ],
    ]);
    for (const observed of [sleeper, cycle]) assert.deepEqual(foundIn(observed), []);
  });
});
