// The semantics of each request, rule by rule.
import assert from "node:assert/strict";
import { Interpreter } from "../../waiting/interpreter";
import type { Op, Wait } from "../../waiting/programs";

const [fork, spoon, permits, rendezvous, narrow, wide, flag] = [1, 2, 3, 4, 5, 6, 7] as const;

const acquire = (on: number): Wait => ({ op: "acquire", on });
const put = (on: number): Wait => ({ op: "put", on });
const take = (on: number): Wait => ({ op: "take", on });
const join = (on: number): Wait => ({ op: "join", on });
const sleep = (millis: number): Wait => ({ op: "sleep", millis });
const wait: Wait = { op: "wait", on: flag };
const release = (on: number): Op => ({ op: "release", on });
const any = (...parts: Wait[]): Op => ({ op: "any", parts });
const all = (...parts: Wait[]): Op => ({ op: "all", parts });
const close = (on: number): Op => ({ op: "close", on });
const [pass, set, clear]: Op[] = [{ op: "yield" }, { op: "set", on: flag }, { op: "clear", on: flag }];

/** Runs tasks in turn, and returns the result of each. */
function run(tasks: Op[][], children: Op[][] = [[], []]): { texts: (string | undefined)[]; order: string; made: Interpreter } {
  const made = new Interpreter({ tasks, children }).run();
  const texts = Array.from(
    { length: made.tasks },
    (_, task) => made.steps.find((step) => step.task === task && step.event !== "yielded")?.text,
  );
  return { texts, order: made.steps.map(({ task }) => task).join(""), made };
}

describe("a mutex", () => {
  it("is handed to the first waiting task, and no other can take it in between", () => {
    // Task 0 releases the fork in its last slice and requests it again immediately: it is queued last.
    const { order, texts } = run([
      [acquire(fork), release(fork), acquire(fork)],
      [acquire(fork), release(fork)],
      [acquire(fork), release(fork)],
    ]);
    assert.deepEqual(texts, ["held held", "held", "held"]);
    assert.equal(order, "0120120");
  });

  it("is released only by the task that holds it", () => {
    const { texts } = run([
      [release(fork), acquire(fork), pass],
      [release(fork), pass],
    ] as Op[][]);
    assert.match(texts[0] ?? "", /^!mutex 1 was released by task 0, but nobody holds it/);
    assert.match(texts[1] ?? "", /^!mutex 1 was released by task 1, but task 0 holds it/);
  });

  it("that its holder acquires again is a deadlock of one task", () => {
    const { made } = run([[acquire(fork), acquire(fork)]]);
    assert.deepEqual(made.deadlocks, [{ step: 2, cycle: [0] }]);
  });

  it("stays held when its holder ends", () => {
    const { made, texts } = run([[acquire(fork)], [acquire(fork)]]);
    assert.deepEqual(texts, ["held", undefined]);
    assert.ok(made.waiting.isBlocked(1));
    assert.deepEqual(made.deadlocks, []);
  });
});

describe("a semaphore", () => {
  it("has as many holders as permits, and more if a permit is released that was not acquired", () => {
    const ask: Op[] = [acquire(permits), pass as Op];
    assert.deepEqual(run([ask, ask, ask]).texts, ["held", "held", undefined]);
    assert.deepEqual(run([ask, ask, ask, [release(permits)]]).texts, ["held", "held", "held", ""]);
  });
});

describe("a channel", () => {
  it("hands a value over at a rendezvous, whichever side comes first", () => {
    assert.deepEqual(run([[put(rendezvous)], [take(rendezvous)]]).texts, ["-", "1"]);
    assert.deepEqual(run([[take(rendezvous)], [put(rendezvous)]]).texts, ["1", "-"]);
    assert.deepEqual(run([[put(rendezvous)]]).texts, [undefined]);
  });

  it("makes putters wait while it is full, and keeps the order", () => {
    const { texts } = run([
      [put(narrow), put(narrow), put(narrow)],
      [take(narrow), take(narrow), take(narrow)],
    ]);
    assert.deepEqual(texts, ["- - -", "1 2 3"]);
    assert.deepEqual(run([[put(narrow), put(narrow)]]).texts, [undefined]);
    assert.deepEqual(run([[put(wide), put(wide), put(wide)]]).texts, ["- - -"]);
  });

  it("is drained after it was closed, and then gives `closed`", () => {
    const { texts } = run([
      [put(wide), close(wide)],
      [pass as Op, pass as Op, take(wide), take(wide), take(wide)],
    ]);
    assert.deepEqual(texts, ["-", "1 closed closed"]);
  });

  it("wakes all waiting tasks when it is closed: takers get `closed`, putters an error", () => {
    const { texts } = run([[take(rendezvous)], [take(rendezvous)], [close(rendezvous), close(rendezvous)]]);
    assert.deepEqual(texts, ["closed", "closed", ""]);
    const putting = run([[put(rendezvous)], [close(rendezvous), put(rendezvous)]]).texts;
    for (const text of putting) assert.match(text ?? "", /^!channel 1 is closed, so nothing can be put into it/);
  });
});

describe("an event", () => {
  it("wakes all waiting tasks, and lets every task pass until it is cleared", () => {
    const { texts } = run([[wait, wait], [wait], [set as Op, pass as Op, clear as Op, pass as Op, wait]]);
    assert.deepEqual(texts, ["- -", "-", undefined]);
  });
});

describe("join", () => {
  it("gives the value that the task returned, or throws what it threw", () => {
    const { texts } = run([[put(wide)], [join(0), join(0)], [{ op: "fail" }], [join(2)]]);
    assert.deepEqual(texts, ["-", "- -", "failed after ", "!failed after "]);
  });

  it("throws if the task was closed", () => {
    const made = new Interpreter({ tasks: [[wait], [join(0)]], children: [] });
    made.step();
    made.step();
    made.close(0);
    made.run();
    assert.match(made.steps.at(-1)?.text ?? "", /^!task 0 was closed before it returned/);
  });

  it("rejects the task itself, and tasks that do not exist", () => {
    assert.match(
      run([[join(0), join(7)]]).texts[0] ?? "",
      /^!task 0 waits for its own end.* !The request names a task that does not exist/,
    );
  });
});

describe("sleep", () => {
  it("ends in the order of due times, and in the order of falling asleep for the same time", () => {
    // The virtual clock moves by 1 ms with each step: task 0 is due at 1 + 5, task 1 at 2 + 4, task 2 at 3 + 1.
    assert.equal(run([[sleep(5)], [sleep(4)], [sleep(1)]]).order, "012201");
  });

  it("rejects invalid times", () => {
    for (const time of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.match(run([[sleep(time)]]).texts[0] ?? "", new RegExp(`^!sleep needs a finite time .* given ${time}`));
    }
    assert.deepEqual(run([[sleep(0)]]).texts, ["-"]);
  });
});

describe("any", () => {
  it("gives the first request in the list that can be served, and its position", () => {
    assert.deepEqual(run([[any(take(wide), acquire(fork), acquire(spoon))]]).texts, ["[1,held]"]);
  });

  it("cancels the others without an effect", () => {
    const { texts } = run([[any(take(wide), take(narrow))], [put(narrow), put(wide)], [pass as Op, take(wide)]]);
    assert.deepEqual(texts, ["[1,1]", "- -", "2"]);
  });

  it("is a timeout together with sleep", () => {
    assert.deepEqual(run([[any(take(wide), sleep(3))]]).texts, ["[1,-]"]);
  });

  it("does not hand a value from a task to itself", () => {
    assert.deepEqual(run([[any(put(rendezvous), take(rendezvous))]]).texts, [undefined]);
    assert.deepEqual(run([[any(put(rendezvous), take(rendezvous))], [take(rendezvous)]]).texts, ["[0,-]", "1"]);
  });

  it("of nothing is an error", () => {
    assert.match(run([[any()]]).texts[0] ?? "", /^!any was given nothing to wait for/);
  });
});

describe("all", () => {
  it("gives all results in the order of the list", () => {
    assert.deepEqual(run([[all(take(wide), acquire(fork), sleep(2))], [put(wide)]]).texts, ["[1,held,-]", "-"]);
    assert.deepEqual(run([[all()]]).texts, ["[]"]);
  });

  it("gives back what it acquired if a part fails", () => {
    // Task 0 holds the fork and has taken a value when task 1, which it joins, throws.
    const { texts } = run([
      [all(take(wide), acquire(fork), join(1))],
      [put(wide), pass as Op, { op: "fail" }],
      [acquire(fork)],
      [pass as Op, take(wide)],
    ]);
    assert.deepEqual(texts, ["!failed after -", "failed after -", "held", "1"]);
  });

  it("acquires nothing if a part fails at once", () => {
    const { texts } = run([[close(wide), all(acquire(fork), put(wide))], [acquire(fork)]]);
    assert.match(texts[0] ?? "", /^!channel 3 is closed/);
    assert.equal(texts[1], "held");
  });

  it("gives back what it acquired if its task is closed", () => {
    const made = new Interpreter({ tasks: [[all(acquire(fork), wait)], [acquire(fork)]], children: [] });
    made.step();
    made.step();
    made.close(0);
    made.run();
    assert.deepEqual(made.steps.at(-1), { task: 1, event: "returned", text: "held" });
  });

  it("serves a take by its own put if there is capacity for the value", () => {
    assert.deepEqual(run([[all(take(narrow), put(narrow))]]).texts, ["[1,-]"]);
  });
});

describe("spawn and hand-over", () => {
  it("creates a task, which enters the ready queue before its parent", () => {
    const { texts, order } = run([[{ op: "spawn", child: 0 }, join(2)], [pass as Op]], [[acquire(fork)], []]);
    assert.deepEqual(texts, ["task 2 held", "", "held"]);
    assert.equal(order, "0120120");
  });

  it("makes a ready task the next one, and is a bare yield if that is not ready", () => {
    assert.equal(run([[{ op: "handOver", on: 2 }], [pass as Op], [pass as Op]]).order, "021021");
    assert.equal(run([[{ op: "handOver", on: 1 }], [wait], [pass as Op]]).order.slice(0, 3), "012");
  });
});

describe("a request", () => {
  it("is rejected if it was yielded before, was made for another run, or is not a request", () => {
    const { waiting } = new Interpreter({ tasks: [[]], children: [] });
    const made = { operation: 0, object: fork, value: undefined, parts: undefined, owner: waiting } as const;
    const texts = [
      { ...made },
      { ...made, owner: undefined },
      { ...made, owner: {} },
      { ...made, object: 99 },
      { ...made, object: wide },
      { ...made, operation: 42 as never },
      { ...made, operation: 7 as const, parts: [{ ...made, operation: 8 as const, parts: [] }] },
    ].map((request) => {
      waiting.serve(0, request);
      const value = waiting.replies.take(0);
      return value instanceof Error ? value.message.slice(0, 27) : "served";
    });
    assert.deepEqual(texts, [
      "served",
      "This request was yielded be",
      "This request was not made b",
      "This request was not made b",
      "This request was not made b",
      "This request was not made b",
      "any combines requests that ",
    ]);
  });
});
