/**
 * The search over the orders of a session's tasks. It has processes of its own and goes on beside the session; its result is kept until
 * the next search.
 */
import { dirname } from "node:path";
import { usualVirtualTime } from "../core/virtualTime";
import type { SearchState, ShownStates } from "../protocol/exploration";
import type { View } from "../protocol/panel";
import type { Branches } from "./branches/branches";
import { adviceOf } from "./common/errors";
import { copiedTest, type FindNames, importsOf } from "./explore/copiedTest";
import { makeGraph, shownStates } from "./explore/graphView";
import type { MetOutcome } from "./explore/metOutcomes";
import { foundOutcome, mustBeOfThisText, openState, openWitness } from "./explore/opening";
import { OrderSearch } from "./explore/orderSearch";
import type { Framework } from "./explore/regressionTest";
import { savedOf } from "./explore/savedSearch";
import { type Exploring, stateOf } from "./explore/searchState";
import type { Program } from "./loop/program";
import type { SessionRules } from "./loop/sessionRules";
import { isRanked, usualPolicy } from "./order/policies";
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

export class Exploration {
  #asked: Asked = { check: "", invariant: "" };
  #current: Exploring | undefined;

  constructor(readonly shown: Explorable) {}

  /** What was asked last. */
  get asked(): Asked {
    return this.#asked;
  }

  /** Sets what is asked by default. */
  restore(asked: Partial<Asked>): void {
    this.#asked = { ...this.#asked, ...asked };
  }

  get view(): Pick<View, "exploring"> {
    const current = this.#current;
    const asked = { ...this.#asked, policy: this.#policy };
    if (!current) return { exploring: asked };
    return { exploring: { ...asked, search: stateOf(current, this.#outdated(current)) } };
  }

  /** What was found, to be saved with the trace. Empty if there is nothing. */
  get saved(): readonly object[] {
    const current = this.#current;
    return current ? savedOf(current, this.#outdated(current)) : [];
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
    const question = { ...this.#asked, ...asked };
    const { file, command } = program;
    const search = new OrderSearch(
      { file, command, calls: restarts.calls },
      {
        until: "all",
        check: question.check || undefined,
        invariant: question.invariant || undefined,
        watches: [...rules.watches.list],
        counts: { values: true, output: false },
        steps: mostSteps,
        policy: this.#policy,
        time: rules.virtualTime ?? usualVirtualTime,
      },
      { strategy, shard: { index: 0, of: 1 } },
      () => {
        exploring.report = undefined;
        delete exploring.problem;
        changed();
      },
      ({ millis }) => {
        exploring.problem = `The program has been running for ${Math.round(millis / 1000)} s while it is loaded.`;
        changed();
      },
    );
    const exploring: Exploring = { search, ids: new Map(), isOfEarlierText: false, hasFailed: false };
    this.#asked = question;
    this.cancel();
    this.#current = exploring;
    changed();
    try {
      await search.run();
    } catch (error) {
      exploring.hasFailed = true;
      exploring.problem = adviceOf(error);
    }
    changed();
  }

  pause(): void {
    this.#current?.search.pause();
  }

  goOn(): void {
    this.#current?.search.goOn();
  }

  /** Ends the search, and keeps what it has found. */
  cancel(): void {
    this.#current?.search.cancel();
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
    this.#current.isOfEarlierText = true;
    this.#current.graph?.fileChanged();
  }

  /** The schedule of an outcome's witness. @throws OrderError if there is no such outcome */
  witness(outcome: number): string {
    return foundOutcome(this.#current, outcome).witness;
  }

  /** Shows the witness of an outcome as a branch, see `openWitness`. */
  async open(outcome: number): Promise<void> {
    await openWitness(this.#current, outcome, this.shown.branches);
  }

  /** Makes the graph of the states of the last search. Resolves when it is made, refused or cancelled. */
  async makeStates(): Promise<void> {
    if (this.#current) await makeGraph(this.#current, this.shown.changed);
  }

  cancelStates(): void {
    this.#current?.graph?.cancel();
  }

  /** The graph of states. @throws OrderError if it is not made */
  get states(): ShownStates {
    return shownStates(this.#current);
  }

  /** Shows the steps that lead to a state of the graph as a branch, see `openState`. */
  async openState(point: number): Promise<void> {
    await openState(this.#current, point, this.shown.branches);
  }

  /**
   * The source of a test that replays the witness of an outcome, to stand beside the program.
   *
   * @throws UserError if there is no such outcome, the file was changed, or the program cannot be tested from outside
   */
  async test(outcome: number, framework: Framework, findNames: FindNames | undefined): Promise<string> {
    foundOutcome(this.#current, outcome);
    mustBeOfThisText(this.#current as Exploring);
    const { search, ids } = this.#current as Exploring;
    const met = search.result?.outcomes.find(({ key }) => ids.get(key) === outcome) as MetOutcome;
    const { file, calls } = search.program;
    const { check, invariant } = search.question;
    const imports = await importsOf({ file, calls, check, invariant }, findNames);
    return copiedTest(search, met, { framework, folder: dirname(file), imports });
  }

  /** From which deviations are counted: the session's policy, where that is possible. */
  get #policy(): string {
    const { policy } = this.shown.rules;
    return isRanked(policy) ? policy : usualPolicy;
  }

  #outdated({ isOfEarlierText, search }: Exploring): SearchState["outdated"] {
    if (isOfEarlierText) return "file";
    return String(search.program.calls) === String(this.shown.restarts.calls) ? undefined : "tasks";
  }
}
