/**
 * The search over the orders of a session's tasks. It has processes of its own and goes on beside the session; its result is kept until
 * the next search.
 */

import { usualVirtualTime } from "../core/virtualTime";
import type { ShownStates } from "../protocol/exploration";
import type { View } from "../protocol/panel";
import type { Branches } from "./branches/branches";
import { type FindNames, testOf } from "./explore/copiedTest";
import type { Found, Outdated } from "./explore/found";
import { makeGraph, shownStates } from "./explore/graphView";
import { LiveSearch } from "./explore/liveSearch";
import { foundOutcome, openState, openWitness } from "./explore/opening";
import type { Framework } from "./explore/regressionTest";
import type { Program } from "./loop/program";
import type { SessionRules } from "./loop/sessionRules";
import { isRanked, usualPolicy } from "./order/policies";
import { workingUnder } from "./process/runnerProcess";
import type { Restarts } from "./restarts";

/** An order is cut after so many steps. */
const mostSteps = 1_000;

/** What is searched: the program and the tasks of the session. */
export interface Explorable {
  readonly program: Program;
  readonly rules: SessionRules;
  readonly restarts: Restarts;
  readonly branches: Branches;
  /** Must be called when something that is displayed has changed. */
  readonly changed: () => void;
}

/** What is asked of every order, as typed; empty for nothing. */
export interface Asked {
  readonly check: string;
  readonly invariant: string;
}

const nothing: readonly object[] = [];

export class Exploration {
  #asked: Asked = { check: "", invariant: "" };
  #strategy = "";
  #current: Found | undefined;
  #isLeft = false;

  constructor(readonly shown: Explorable) {}

  /** What was asked last. */
  get asked(): Asked {
    return this.#asked;
  }

  /** Sets what is asked by default. */
  restore(asked: Partial<Asked>): void {
    this.#asked = { ...this.#asked, ...asked };
  }

  /** Shows what was found before the window was reloaded. */
  resume(found: Found): void {
    const { check = "", invariant = "" } = found.tested;
    this.restore({ check, invariant });
    this.#current = found;
  }

  get view(): Pick<View, "exploring"> {
    const current = this.#current;
    const asked = { ...this.#asked, policy: this.#policy, strategy: this.#strategy };
    if (!current) return { exploring: asked };
    return { exploring: { ...asked, search: current.state(this.#outdated(current)) } };
  }

  /** What was found, to be saved with the trace; the same list until something changes. Empty if there is nothing. */
  get saved(): readonly object[] {
    const current = this.#current;
    return current ? current.objects(this.#outdated(current)) : nothing;
  }

  /** Whether what was found still changes all the time. */
  get isUnderWay(): boolean {
    const status = this.#current?.live?.search.status;
    return !this.#isLeft && (status === "searching" || status === "explaining");
  }

  /** Must be called before the process ends: what was found so far is kept. */
  leave(): void {
    this.#isLeft = true;
  }

  /**
   * Searches the orders of the session's tasks. A search in progress is replaced.
   *
   * @param strategy as users type it; left out, it is chosen by the number of orders
   * @returns a promise that resolves when the search is over, has failed, or was cancelled
   * @throws OrderError if there are no tasks, or there is no such strategy
   */
  async explore({ strategy, ...asked }: Partial<Asked> & { readonly strategy?: string | undefined } = {}): Promise<void> {
    const { program, rules, restarts, changed } = this.shown;
    program.mustDecide();
    const question = { ...this.#asked, ...asked };
    const { file, command } = program;
    const search = new LiveSearch(
      { file, command: workingUnder(command, rules), calls: restarts.calls },
      {
        until: "all",
        check: question.check || undefined,
        invariant: question.invariant || undefined,
        watches: [...rules.watches.ofTasks],
        counts: { values: true, output: false },
        steps: mostSteps,
        policy: this.#policy,
        time: rules.virtualTime ?? usualVirtualTime,
      },
      strategy,
      changed,
    );
    this.#asked = question;
    this.#strategy = strategy ?? "";
    this.cancel();
    this.#current = search;
    changed();
    await search.run();
  }

  pause(): void {
    this.#current?.live?.search.pause();
  }

  goOn(): void {
    this.#current?.live?.search.goOn();
  }

  /** Ends the search, and keeps what it has found. */
  cancel(): void {
    this.#current?.live?.search.cancel();
    this.cancelStates();
  }

  /** Ends the search, and removes its result. */
  dismiss(): void {
    this.cancel();
    this.#current = undefined;
    this.shown.changed();
  }

  /** Must be called when the file was changed on disk: the result is that of the earlier text. */
  fileChanged(): void {
    if (!this.#current) return;
    this.#current.text.isEarlier = true;
    this.#current.live?.graph?.fileChanged();
  }

  /** The schedule of an outcome's witness. @throws OrderError if there is no such outcome */
  witness(outcome: number): string {
    return foundOutcome(this.#current, outcome).witness;
  }

  /** Shows the witness of an outcome as a branch, see `openWitness`. */
  async open(outcome: number): Promise<void> {
    await openWitness(this.#current, outcome, this.shown.branches).finally(this.shown.changed);
  }

  /** Makes the graph of the states of the last search. Resolves when it is made, refused or cancelled. */
  async makeStates(): Promise<void> {
    const live = this.#current?.live;
    if (live) await makeGraph(live, this.shown.changed);
  }

  cancelStates(): void {
    this.#current?.live?.graph?.cancel();
  }

  /** The graph of states. @throws OrderError if it is not made */
  get states(): ShownStates {
    return shownStates(this.#current?.live);
  }

  /** Shows the steps that lead to a state of the graph as a branch, see `openState`. */
  async openState(point: number): Promise<void> {
    await openState(this.#current, point, this.shown.branches).finally(this.shown.changed);
  }

  /** The source of a test that replays the witness of an outcome, see `testOf`. */
  test(outcome: number, framework: Framework, findNames: FindNames): Promise<string> {
    return testOf(this.#current, outcome, framework, findNames);
  }

  /** From which deviations are counted: the session's policy, where that is possible. */
  get #policy(): string {
    const { policy } = this.shown.rules;
    return isRanked(policy) ? policy : usualPolicy;
  }

  #outdated({ text, tested }: Found): Outdated {
    if (text.isEarlier) return "file";
    return String(tested.calls) === String(this.shown.restarts.calls) ? undefined : "tasks";
  }
}
