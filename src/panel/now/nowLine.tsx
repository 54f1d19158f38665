/**
 * The line that says what just happened, what happens next, and whether the cursor is live or in the past.
 */
import type { View } from "../../protocol/panel";
import { BranchHere } from "../branches/branchHere";
import { breakpointText } from "../breakpoints/breakpointText";
import { Action, PlaceLink, Preview, TaskName } from "../common/elements";
import { Sentence } from "../common/sentence";
import { StableHeight } from "../common/stableHeight";
import { useStuck } from "../common/stuck";
import type { Store } from "../model/store";
import { Why } from "../policy/why";
import { baseName, grouped, isLive, type Place, rate, type Shown, schedulerOf, taskName, verb } from "../text/format";
import { namesOf } from "../text/shortening";
import { oneLine } from "../text/text";
import { clockFace, nextDue, simulatedTime } from "../text/waits";
import { hitOf, isRacing, isRunning, isWalking, stayText } from "./statusSentence";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** The most prominent text of the panel. */
export function NowLine({ store, view }: Props) {
  const live = isLive(view);
  return (
    <section ref={useStuck()} class={`now ${live ? "" : "past"}`} aria-label="Now">
      {!live && <Past store={store} view={view} />}
      <div class="sentence">
        {isRacing(view) ? <Racing view={view} /> : <Happened store={store} view={view} />}
        {view.next !== undefined && !isRacing(view) && <Next view={view} id={view.next} />}
        {view.awaits && live && <Awaits view={view} segments={view.awaits} />}
      </div>
      <StableHeight isKept={isRunning(view)}>{!isRacing(view) && <Why store={store} view={view} />}</StableHeight>
      <div class="about">
        <span class="origin dim">
          <bdi title={oneLine(view.file)}>{oneLine(baseName(view.file))}</bdi> ·{" "}
          <bdi title={oneLine(view.executable)}>{oneLine(view.runtime)}</bdi> ·{" "}
          <bdi class={`status ${view.status} ${hitOf(view) ? "hit" : ""}`} title={statusText(view)}>
            {statusText(view)}
          </bdi>
        </span>
        {view.virtual && <VirtualTime now={view.virtual.now} step={view.virtual.virtual} />}
        {view.simulated !== undefined && <span class="simulated dim">simulation time: {simulatedTime(view.simulated)}</span>}
        {live && !view.recorded && !isOver(view.status) && <span class="pill">live</span>}
      </div>
    </section>
  );
}

/** What the program's clocks show. */
function VirtualTime({ now, step }: { now: number; step: number }) {
  const title = `The program's clocks move by ${step} ms at each step, and ahead when nobody is ready.`;
  return (
    <span class="virtual dim" title={title}>
      virtual time: {clockFace(now)}
    </span>
  );
}

function Next({ view, id }: { view: Shown; id: number }) {
  return (
    <span class="next" style={{ "--apart": namesOf(view.names).leastOf(taskName(view, id)) }}>
      <span class="dim">→ next </span>
      <TaskName view={view} id={id} />
    </span>
  );
}

/** What the run waits for while no task is ready. */
function Awaits({ view, segments }: { view: Shown; segments: NonNullable<View["awaits"]> }) {
  return (
    <span class="awaits">
      <span class="codicon codicon-watch" aria-hidden="true" /> <Sentence view={view} segments={segments} />
      <span class="dim">{nextDue(view, " The first wakes at ")}</span>
    </span>
  );
}

/** The scheduler of an observed program. */
function ResumedBy({ store, at }: { store: Store; at: Place }) {
  return (
    <span class="resumed-by">
      <span class="dim">resumed by</span> <bdi>{oneLine(at.function)}</bdi> <PlaceLink store={store} point={at} />
    </span>
  );
}

/** At full speed the tasks change too often to be read. */
function Racing({ view }: { view: Shown }) {
  return (
    <>
      <b class="step">Step {grouped(view.head)}</b>
      <span class="dim">· {rate(view.rate ?? 0)}</span>
    </>
  );
}

function Happened({ store, view }: Props) {
  const { now } = view;
  const scheduler = schedulerOf(view);
  if (!now) return <StepNumber view={view} step={view.cursor} />;
  return (
    <>
      <StepNumber view={view} step={now.step} />
      <TaskName view={view} id={now.task} />
      <span class={now.event}>{verb(now)}</span>
      <Preview text={now.value} />
      {now.event === "threw" && now.point && <PlaceLink store={store} point={now.point} what="threw" />}
      {scheduler && <ResumedBy store={store} at={scheduler} />}
    </>
  );
}

/** For a past step, also how many there are. */
function StepNumber({ view, step }: { view: Shown; step: number }) {
  return (
    <span class="step">
      <b>{step === 0 ? "Before step 1" : `Step ${grouped(step)}`}</b>
      {!isLive(view) && ` of ${grouped(view.head)}`}
    </span>
  );
}

function Past({ store, view }: Props) {
  const back = view.recorded ? "Back to the last step" : "Back to live";
  return (
    <div class="band">
      <span class="codicon codicon-history" aria-hidden="true" />
      <span>In the past</span>
      <Action
        kind="secondary"
        label={`${back} (Escape, or End in the list)`}
        text={back}
        onClick={() => store.command("toHead")}
      />
      {!view.recorded && !view.observed && <BranchHere store={store} view={view} />}
    </div>
  );
}

/** Whether the session's process is gone, and only its trace is left. */
function isOver(status: View["status"]): boolean {
  return status === "stopped" || status === "failed";
}

function statusText(view: Shown): string {
  const hit = hitOf(view);
  if (hit) return `paused at breakpoint: ${breakpointText(hit)}`;
  if (view.takesInput?.asks) return "waiting for input";
  if (view.awaits && isLive(view)) return "waiting";
  const stay = stayText(view);
  if (stay) return `running ${stay}`;
  return isWalking(view) ? "running slowly" : view.status;
}

interface ResultProps extends Props {
  readonly result: NonNullable<View["result"]>;
}

/** The result of the run: the value of the first return. */
export function Result({ store, view, result }: ResultProps) {
  return (
    <section class="result" aria-label="Result">
      <span class="codicon codicon-pass" aria-hidden="true" />
      <span>Result of</span>
      <TaskName view={view} id={result.task} />
      <Preview text={result.value} />
      <span class="dim">at</span>
      <button type="button" class="place" onClick={() => store.select(result.step)}>
        step {grouped(result.step)}
      </button>
    </section>
  );
}
