/**
 * A search that a session has begun, with what is known of it beside its result.
 */
import type { VirtualTime } from "../../core/virtualTime";
import type { SearchState } from "../../protocol/exploration";
import { adviceOf } from "../common/errors";
import type { Effort, ExploredProgram, Question } from "./asked";
import type { ExploredText } from "./exploredText";
import type { Found, Outdated, Tested } from "./found";
import type { GraphRun } from "./graphRun";
import { OrderSearch } from "./orderSearch";
import type { OutcomeReport, Report } from "./report";
import { savedOf } from "./savedSearch";
import { type Exploring, outcomeIn, reportIn, stateOf } from "./searchState";

export class LiveSearch implements Found, Exploring {
  readonly live = this;
  readonly search: OrderSearch;
  readonly ids = new Map<string, number>();
  #failure: string | undefined;
  report?: Report | undefined;
  graph?: GraphRun;
  /** The objects that were made last, and what they were made from. */
  #made: { readonly of: readonly unknown[]; readonly objects: readonly object[] } | undefined;

  /**
   * @param changed called after every change that a view may display
   * @throws OrderError if there are no tasks, or there is no such strategy
   */
  constructor(
    program: ExploredProgram,
    question: Question,
    strategy: Effort["strategy"],
    readonly changed: () => void,
  ) {
    this.search = new OrderSearch(program, question, { strategy, shard: { index: 0, of: 1 } }, () => {
      this.report = undefined;
      changed();
    });
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  get problem(): string | undefined {
    const { wait } = this.search;
    return this.#failure ?? (wait && `${wait.message} ${wait.remedy}`);
  }

  get tested(): Tested {
    const { program, question } = this.search;
    return { ...question, file: program.file, calls: program.calls };
  }

  get text(): ExploredText {
    return this.search.text;
  }

  get isOfEarlierText(): boolean {
    return this.text.isEarlier;
  }

  get time(): VirtualTime {
    return this.search.question.time;
  }

  /** Resolves when the search is over, has failed, or was cancelled. */
  async run(): Promise<void> {
    try {
      await this.search.run();
    } catch (error) {
      this.#failure = adviceOf(error);
    }
    this.changed();
  }

  state(outdated: Outdated): SearchState {
    return stateOf(this, outdated);
  }

  objects(outdated: Outdated): readonly object[] {
    const of = [reportIn(this), this.search.status, this.problem, outdated];
    if (!this.#made || this.#made.of.some((each, at) => each !== of[at])) this.#made = { of, objects: savedOf(this, outdated) };
    return this.#made.objects;
  }

  outcome(id: number): OutcomeReport | undefined {
    return outcomeIn(this, id);
  }
}
