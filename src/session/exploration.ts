/**
 * The search over the orders of a session's tasks. It has processes of its own and goes on beside the session; its result is kept until
 * the next search.
 */
import { dirname } from "node:path";
import { scheduleLength } from "../core/schedule/items";
import { parseSchedule } from "../core/schedule/parser";
import { usualVirtualTime } from "../core/virtualTime";
import type { SearchState } from "../protocol/exploration";
import type { View } from "../protocol/panel";
import type { Branches } from "./branches/branches";
import { adviceOf, OrderError } from "./common/errors";
import { copiedTest, type FindNames, importsOf } from "./explore/copiedTest";
import type { MetOutcome } from "./explore/metOutcomes";
import { OrderSearch } from "./explore/orderSearch";
import { endText } from "./explore/outcomeText";
import type { Framework } from "./explore/regressionTest";
import type { OutcomeReport } from "./explore/report";
import { type Exploring, outcomeIn, stateOf } from "./explore/searchState";
import type { Program } from "./loop/program";
import type { SessionRules } from "./loop/sessionRules";
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
    if (!current) return { exploring: { ...this.#asked } };
    return { exploring: { ...this.#asked, search: stateOf(current, this.#outdated(current)) } };
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
  }

  /** Ends the search, and removes its result. */
  dismiss(): void {
    this.cancel();
    this.#current = undefined;
    this.shown.changed();
  }

  /** Must be called when the file was changed on disk: the result is that of the earlier text. */
  fileChanged(): void {
    if (this.#current) this.#current.isOfEarlierText = true;
  }

  /** The schedule of an outcome's witness. @throws OrderError if there is no such outcome */
  witness(outcome: number): string {
    return this.#find(outcome).witness;
  }

  /**
   * Shows the witness of an outcome as a branch, at its end. Where its last slice does not give back control, or ends the process, that
   * slice is left to the user.
   *
   * @throws OrderError if there is no such outcome, the file was changed, or there are too many branches
   */
  async open(outcome: number): Promise<void> {
    const report = this.#find(outcome);
    const { isOfEarlierText, search } = this.#current as Exploring;
    if (isOfEarlierText) throw earlierText();
    const { witness: text, by } = report;
    const items = parseSchedule(text);
    const steps = scheduleLength(items) - (by === "hung" || by === "died" ? 1 : 0);
    const name = `Witness: ${endText(report)}`.slice(0, 80);
    await this.shown.branches.open({ text, items, name, steps, time: { virtualTime: search.question.time } });
  }

  /**
   * The source of a test that replays the witness of an outcome, to stand beside the program.
   *
   * @throws UserError if there is no such outcome, the file was changed, or the program cannot be tested from outside
   */
  async test(outcome: number, framework: Framework, findNames: FindNames | undefined): Promise<string> {
    this.#find(outcome);
    const { search, ids, isOfEarlierText } = this.#current as Exploring;
    if (isOfEarlierText) throw earlierText();
    const met = search.result?.outcomes.find(({ key }) => ids.get(key) === outcome) as MetOutcome;
    const { file, calls } = search.program;
    const { check, invariant } = search.question;
    const imports = await importsOf({ file, calls, check, invariant }, findNames);
    return copiedTest(search, met, { framework, folder: dirname(file), imports });
  }

  #find(outcome: number): OutcomeReport {
    const report = this.#current && outcomeIn(this.#current, outcome);
    if (!report) throw new OrderError("There is no such outcome any more.", "Choose another one.");
    return report;
  }

  #outdated({ isOfEarlierText, search }: Exploring): SearchState["outdated"] {
    if (isOfEarlierText) return "file";
    return String(search.program.calls) === String(this.shown.restarts.calls) ? undefined : "tasks";
  }
}

function earlierText(): OrderError {
  return new OrderError("These outcomes are of an earlier text of the file.", "Explore again.");
}
