/**
 * The built-in policies, in the order in which users see them.
 */

import { AgeingPriority } from "./ageing";
import type { Parameter, PolicyDefinition } from "./definition";
import { Fair } from "./fair";
import { FirstCome, LastIn } from "./inLine";
import { Lottery } from "./lottery";
import { Pct } from "./pct";
import { Priority } from "./priority";
import { UniformRandom } from "./random";
import { Draws } from "./randomDraws";
import { roundRobin } from "./roundRobin";

const million = 1_000_000;

const quantum: Parameter = { key: "quantum", about: "steps before the next task", least: 1, most: million };
const seed: Parameter = {
  key: "seed",
  about: "the same seed gives the same schedule",
  least: 0,
  most: 2 ** 32 - 1,
  usual: 0,
};

export const policies: readonly PolicyDefinition[] = [
  {
    name: "round-robin",
    about: "every task in turn",
    parameters: [quantum],
    ranks: true,
    make: () => roundRobin,
  },
  {
    name: "fcfs",
    about: "first come, first served: each task runs to its end",
    parameters: [quantum],
    ranks: true,
    make: () => new FirstCome(),
  },
  {
    name: "lifo",
    about: "last in, first out: the newest task runs to its end",
    parameters: [quantum],
    ranks: true,
    make: () => new LastIn(),
  },
  {
    name: "priority",
    about: "the highest priority first, equals in turn",
    parameters: [
      { key: "ageing", about: "steps of waiting that raise a task's priority by one", least: 1, most: million },
      quantum,
    ],
    perTask: { what: "priority", least: -million, most: million, usual: 0 },
    ranks: true,
    make(values) {
      const ageing = values.number("ageing");
      return ageing === undefined ? new Priority(values.ofTask) : new AgeingPriority(values.ofTask, ageing);
    },
  },
  {
    name: "random",
    about: "any ready task, all equally likely",
    parameters: [seed, quantum],
    make: (values) => new UniformRandom(new Draws(values.number("seed") ?? 0)),
  },
  {
    name: "lottery",
    about: "a ticket is drawn at each step: more tickets, more steps",
    parameters: [seed, quantum],
    perTask: { what: "tickets", least: 1, most: million, usual: 1 },
    make: (values) => new Lottery(new Draws(values.number("seed") ?? 0), values.ofTask),
  },
  {
    name: "fair",
    about: "the least run time so far",
    parameters: [{ key: "batch", about: "most picks planned at once at full speed", least: 1, most: 65_536 }, quantum],
    make: (values) => new Fair(values.number("batch")),
  },
  {
    name: "pct",
    about: "random priorities that change at a few random steps: finds bugs of a known depth",
    parameters: [
      seed,
      { key: "depth", about: "ordering constraints that the bug needs", least: 1, most: 1000, usual: 3 },
      { key: "length", about: "expected number of steps in the run", least: 1, most: 1_000_000_000, usual: 1000 },
      quantum,
    ],
    make: (values) => new Pct(new Draws(values.number("seed") ?? 0), values.number("depth") ?? 1, values.number("length") ?? 1),
  },
];
