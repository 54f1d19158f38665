/**
 * Views of waiting tasks, as a session sends them: two tasks in a deadlock beside a sleeper, and queues of any size.
 */
import { rowKind, type WaitRows } from "../../../src/core/waiting/rows";
import type { TaskRow, View } from "../../../src/protocol/panel";
import type { AwaitedPart, Sentence, Waiting } from "../../../src/protocol/waitView";
import { timelineReply } from "../../../src/session/analysis/timeline";
import { file, rows, view } from "../recorded";
import { type Answer, sourceOfRows } from "../runs";

const text = (words: string) => ({ text: words });

/** A task that is blocked at a line. */
function blocked(id: number, name: string, line: number, since: number, part: AwaitedPart, sentence: Sentence): TaskRow {
  return {
    id,
    name,
    call: `${name}()`,
    state: "blocked",
    stack: [{ file, line, column: 3, function: name }],
    value: part.kind === "sleep" ? "sleep(600000)" : `acquire(${name})`,
    steps: 3,
    micros: 40,
    waits: { how: "one", parts: [part], since, sentence },
  };
}

const closing: Sentence = [
  { task: 0 },
  text(" holds "),
  { resource: 1 },
  text(" and waits for "),
  { resource: 2 },
  text(", which "),
  { task: 1 },
  text(" holds, who waits for "),
  { resource: 1 },
  text("."),
];

/** `ann` and `bob` each hold what the other wants; `naps` sleeps. */
export const deadlocked: Waiting = {
  tasks: [0, 1, 2],
  resources: [
    { id: 1, kind: "mutex", name: "left", holders: [{ task: 0, units: 1, since: 1 }] },
    { id: 2, kind: "mutex", name: "right", holders: [{ task: 1, units: 1, since: 2 }] },
  ],
  edges: [
    { kind: "held", resource: 1, task: 0, units: 1, since: 1 },
    { kind: "held", resource: 2, task: 1, units: 1, since: 2 },
    { kind: "wanted", task: 0, resource: 2, as: "acquire", place: 1, since: 4 },
    { kind: "wanted", task: 1, resource: 1, as: "acquire", place: 1, since: 5 },
  ],
  cycles: [
    {
      links: [
        { task: 0, resource: 2, since: 4 },
        { task: 1, resource: 1, since: 5 },
      ],
      closedAt: 5,
      sentence: closing,
    },
  ],
  stuck: [],
};

/** The run, which rests at step 6 or at another step. */
export function deadlockView(changes: Partial<View> = {}): View {
  const { now, detail, ...rest } = view(6, { cursor: changes.cursor ?? 6 });
  const waitsFor = (resource: number, task: number): Sentence => [
    text("waits for "),
    { resource },
    text(", which "),
    { task },
    text(" holds"),
  ];
  return {
    ...rest,
    ...(now && detail ? { now: { ...now, task: 2, value: "sleep(600000)" }, detail: { ...detail, frames: [], output: [] } } : {}),
    next: undefined,
    tasks: [
      blocked(0, "ann", 11, 4, { kind: "acquire", resource: 2, place: 1 }, waitsFor(2, 1)),
      blocked(1, "bob", 11, 5, { kind: "acquire", resource: 1, place: 1 }, waitsFor(1, 0)),
      blocked(2, "naps", 21, 6, { kind: "sleep", due: 43_200_000 }, [text("sleeps")]),
    ],
    waiting: deadlocked,
    notice: {
      severity: "error",
      message: "Deadlock. ann holds left and waits for right, which bob holds, who waits for left. Step 5 closed the cycle.",
      sentence: [text("Deadlock. "), ...closing, text(" Step 5 closed the cycle.")],
      step: 5,
      branchBefore: 2,
      actions: [],
    },
    ...changes,
  } as View;
}

/** Philosophers who each hold one fork and wait for the next: a cycle of that many tasks. */
export function philosophers(count: number): View {
  const names = Array.from({ length: count }, (_, id) => `philosopher ${id + 1}`);
  const fork = (id: number) => (id % count) + 1;
  const waiting: Waiting = {
    tasks: names.map((_, id) => id),
    resources: names.map((_, id) => {
      return { id: fork(id), kind: "mutex" as const, name: `fork ${id + 1}`, holders: [{ task: id, units: 1, since: id + 1 }] };
    }),
    edges: [
      ...names.map((_, id) => ({ kind: "held" as const, resource: fork(id), task: id, units: 1, since: id + 1 })),
      ...names.map((_, id) => {
        return {
          kind: "wanted" as const,
          task: id,
          resource: fork(id + 1),
          as: "acquire" as const,
          place: 1,
          since: count + id + 1,
        };
      }),
    ],
    cycles: [
      {
        links: names.map((_, id) => ({ task: id, resource: fork(id + 1), since: count + id + 1 })),
        closedAt: 2 * count,
        sentence: names.flatMap((_, id) => [{ task: id }, text(" waits for "), { resource: fork(id + 1) }, text(", ")]),
      },
    ],
    stuck: [],
  };
  const tasks = names.map((name, id) => {
    const part: AwaitedPart = { kind: "acquire", resource: fork(id + 1), place: 1 };
    return blocked(id, name, 9, count + id + 1, part, [text("waits for "), { resource: fork(id + 1) }]);
  });
  const { notice: _, ...rest } = deadlockView();
  return { ...rest, run: 2, tasks, waiting };
}

/** One task holds a lock, and this many others are in its queue. */
export function queueView(count: number): View {
  const waiters = Array.from({ length: count }, (_, index) => index + 1);
  const waiting: Waiting = {
    tasks: [0, ...waiters],
    resources: [{ id: 1, kind: "mutex", name: "printer", holders: [{ task: 0, units: 1, since: 1 }] }],
    edges: [
      { kind: "held", resource: 1, task: 0, units: 1, since: 1 },
      ...waiters.map((task) => ({
        kind: "wanted" as const,
        task,
        resource: 1,
        as: "acquire" as const,
        place: task,
        since: task + 1,
      })),
    ],
    cycles: [],
    stuck: [],
  };
  const tasks = waiters.map((task) => {
    const part: AwaitedPart = { kind: "acquire", resource: 1, place: task };
    return blocked(task, `job #${task}`, 9, task + 1, part, [
      text("waits for "),
      { resource: 1 },
      text(", which "),
      { task: 0 },
      text(" holds"),
    ]);
  });
  const { notice: _, ...rest } = deadlockView();
  const holder: TaskRow = { id: 0, name: "boss", call: "boss()", state: "ready", stack: [], steps: 1, micros: 3 };
  return { ...rest, run: 3, next: 0, tasks: [holder, ...tasks], waiting };
}

/** Answers the panel's requests about a run of this many steps, in which `ann` is blocked from step 2 to 4, and `bob` from step 4 on. */
export function answerWaits(head: number): Answer {
  const log: WaitRows = {
    base: 0,
    offset: Uint32Array.of(2, 4, 4),
    task: Uint16Array.of(0, 0, 1),
    kind: Uint8Array.of(rowKind.blockAcquire, rowKind.grant, rowKind.blockAcquire),
    object: Uint32Array.of(1, 1, 1),
    numbers: new Float64Array(),
  };
  const source = { ...sourceOfRows(rows(1, head, head), head), waits: { from: () => [log] } };
  return (message) => {
    if (message.type === "timeline") return timelineReply(source, message);
    return message.type === "rows" ? { type: "rows", id: message.id, rows: rows(message.from, message.count, head) } : undefined;
  };
}
