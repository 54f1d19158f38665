/**
 * The user's settings for the runs of a session. They are kept when another run replaces the current one.
 */

import type { Conditions } from "../../core/conditions";
import type { Until } from "../../core/until";
import type { VirtualTime } from "../../core/virtualTime";
import type { SwitchPoints } from "../../core/ways";
import { type Chosen, choosePolicy, usualPolicy } from "../order/policies";
import type { PolicyFiles } from "../order/policyFiles";
import { Breakpoints } from "../run/breakpoints";
import { Decided } from "../run/decided";
import type { Observed } from "../seen/runRecord";
import { Watches } from "../seen/watches";
import type { Rules } from "./running";
import { Silenced } from "./silenced";

export interface RuleOptions {
  /** If the program is observed: which of its functions count as tasks at first. */
  readonly observed?: Observed;
  readonly until: Until;
  /** The policy of the first run, as users type it; by default, round-robin. */
  readonly policy?: string;
  /** The virtual time of the first run; undefined for real time. */
  readonly virtualTime?: VirtualTime;
  /** If the tasks of the first run work as threads: where they may give way. */
  readonly threads?: SwitchPoints;
  /** Each task of the first run works in a process of its own. */
  readonly processes?: boolean;
  /** Where policy files are found; undefined if policy files cannot be used. */
  readonly policyFiles?: PolicyFiles;
  /** The run pauses when its trace exceeds this size in bytes. Read each time, since the user may raise it. */
  readonly maxTraceBytes: number;
  /** Warnings that are not shown, such as `hog` or `hog:counter`. Read each time, since the user may change them. */
  readonly silencedWarnings?: readonly string[];
}

/** The parts that are affected by a change of the rules. */
export interface RulesListener {
  breakpointsChanged(): void;
  watchesChanged(): void;
  decidedChanged(): void;
  silencedChanged(): void;
  /** The size of all other traces, in bytes. */
  bytesOfOthers(): number;
}

export class SessionRules implements Rules {
  until: Until;
  /** The policy as the user chose it. Without a seed, every run draws a new one. */
  policy: string;
  /** Undefined if time is real. */
  virtualTime: VirtualTime | undefined;
  /** Undefined if tasks give way only where they yield. */
  threads: SwitchPoints | undefined;
  /** Whether each task has a process of its own. */
  processes: boolean | undefined;
  readonly breakpoints: Breakpoints;
  readonly watches: Watches;
  readonly silenced: Silenced;
  readonly decided: Decided;

  constructor(
    readonly options: RuleOptions,
    readonly listener: RulesListener,
  ) {
    this.until = options.until;
    this.policy = options.policy ?? usualPolicy;
    this.virtualTime = options.virtualTime;
    this.threads = options.threads;
    this.processes = options.processes;
    this.breakpoints = new Breakpoints(() => listener.breakpointsChanged());
    this.watches = new Watches(() => listener.watchesChanged());
    this.decided = new Decided(options.observed?.functions ?? {}, () => listener.decidedChanged());
    this.silenced = new Silenced(
      () => options.silencedWarnings ?? [],
      () => listener.silencedChanged(),
    );
  }

  /** Later runs are under the conditions of this one, unless the user chooses others. */
  use({ virtualTime, threads, processes }: Conditions): void {
    this.virtualTime = virtualTime;
    this.threads = threads;
    this.processes = processes;
  }

  /** The maximum size of the current trace, in bytes. */
  get traceRoom(): number {
    return this.options.maxTraceBytes - this.listener.bytesOfOthers();
  }

  /** @throws OrderError if the text is not a policy */
  choosePolicy(text: string): Chosen {
    return choosePolicy(text, this.options.policyFiles);
  }
}
