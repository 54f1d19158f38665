/**
 * The user's settings for the runs of a session. They stay when another run replaces the current one.
 */
import type { Until } from "../../core/until";
import { type Chosen, choosePolicy, usualPolicy } from "../order/policies";
import type { PolicyFiles } from "../order/policyFiles";
import { Breakpoints } from "../run/breakpoints";
import { Watches } from "../seen/watches";
import type { Rules } from "./running";
import { Silenced } from "./silenced";

export interface RuleOptions {
  readonly until: Until;
  /** The policy of the first run, as users type it; left out, round-robin. */
  readonly policy?: string;
  /** Where policy files are; without it, there are none. */
  readonly policyFiles?: PolicyFiles;
  /** The run pauses when its trace takes more space than this, in bytes. Read anew each time, since it may be raised. */
  readonly maxTraceBytes: number;
  /** Warnings that are not shown, as `hog` or `hog:counter`. Read anew each time. */
  readonly silencedWarnings?: readonly string[];
}

/** The parts affected by a change of the rules. */
export interface RulesListener {
  breakpointsChanged(): void;
  watchesChanged(): void;
  silencedChanged(): void;
  /** The space used by other traces, in bytes. */
  bytesOfOthers(): number;
}

export class SessionRules implements Rules {
  until: Until;
  /** The policy as it was chosen: without a seed, every run draws another one. */
  policy: string;
  readonly breakpoints: Breakpoints;
  readonly watches: Watches;
  readonly silenced: Silenced;

  constructor(
    readonly options: RuleOptions,
    readonly listener: RulesListener,
  ) {
    this.until = options.until;
    this.policy = options.policy ?? usualPolicy;
    this.breakpoints = new Breakpoints(() => listener.breakpointsChanged());
    this.watches = new Watches(() => listener.watchesChanged());
    this.silenced = new Silenced(
      () => options.silencedWarnings ?? [],
      () => listener.silencedChanged(),
    );
  }

  /** The most space that the trace may take, in bytes. */
  get traceRoom(): number {
    return this.options.maxTraceBytes - this.listener.bytesOfOthers();
  }

  /** @throws OrderError when it is no policy */
  choosePolicy(text: string): Chosen {
    return choosePolicy(text, this.options.policyFiles);
  }
}
