/**
 * The figures of the run, asked for while somebody looks at them. Those that are shown are of the head that is shown: a view
 * of another one waits for its own.
 */
import type { RunFigures } from "../../protocol/find";
import type { View } from "../../protocol/panel";
import { textOf } from "./findMatches";
import type { Wire } from "./wire";

/** The last that are known, or why there are none. */
export interface Counted {
  readonly figures?: RunFigures;
  readonly problem?: string;
}

/** Of which steps figures are: those of another run can be as many. */
type Steps = Pick<View, "run" | "head">;

export class RunCount {
  /** What is to be shown. */
  shown: Counted = {};
  #isWatched = false;
  #view: Steps | undefined;
  #latest: (Counted & Steps) | undefined;
  #asking: Promise<void> | undefined;

  /** @param changed called when there is something new to show */
  constructor(
    private readonly wire: Pick<Wire, "ask">,
    private readonly changed: () => void,
  ) {}

  /** Somebody looks. @returns what ends that */
  watch(): () => void {
    this.#isWatched = true;
    this.#goOn();
    return () => {
      this.#isWatched = false;
    };
  }

  /** Whether a view is to wait for its figures: not where there were none to be had. */
  lacks(view: Steps): boolean {
    return this.#isWatched && view.head > 0 && !this.#isOf(view) && this.#latest?.problem === undefined;
  }

  /** Asks for the figures of a view that is about to be shown; those of long runs come in parts. One question at a time. */
  async count(view: Steps): Promise<void> {
    while (this.#asking) await this.#asking;
    this.#asking = this.#ask(view);
    await this.#asking;
  }

  /** Shows what belongs to a view, and asks for the rest. */
  show({ run, head }: Steps): void {
    this.#view = { run, head };
    const { figures, problem } = this.#latest?.run === run ? this.#latest : {};
    if (problem !== undefined) this.shown = { problem };
    else this.shown = figures && figures.upTo <= head ? { figures } : {};
    this.#goOn();
  }

  #isOf({ run, head }: Steps): boolean {
    return this.#latest?.run === run && this.#latest.head === head;
  }

  async #ask({ run, head }: Steps): Promise<void> {
    try {
      const { figures } = await this.wire.ask("figures", (id) => ({ type: "figures", id, upTo: head }));
      this.#latest = { run, head, figures };
    } catch (error) {
      this.#latest = { run, head, problem: textOf(error) };
    }
    this.#asking = undefined;
  }

  /** Asks for what the view that is shown lacks, until that is all here. */
  #goOn(): void {
    const view = this.#view;
    if (!this.#isWatched || this.#asking || !view || view.head === 0) return;
    const isOver = this.#latest?.problem !== undefined || (this.#latest?.figures?.upTo ?? 0) >= view.head;
    if (this.#isOf(view) && isOver) return;
    void this.count(view).then(() => {
      if (this.#view) this.show(this.#view);
      this.changed();
    });
  }
}
