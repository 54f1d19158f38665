/**
 * The panel as a whole: what is shown in which state of the session.
 */

import { Branches } from "./branches/branches";
import { Breakpoints } from "./breakpoints/breakpoints";
import { Action } from "./common/elements";
import { Compare } from "./compare/compare";
import { Functions } from "./functions/functions";
import type { Store } from "./model/store";
import { announce } from "./now/announcer";
import { InputForm } from "./now/inputForm";
import { Notice } from "./now/notice";
import { NowLine, Result } from "./now/nowLine";
import { Orders } from "./orders/orders";
import { Following, Replaying } from "./schedule/following";
import { Schedule } from "./schedule/schedule";
import { Statistics } from "./statistics/statistics";
import { Detail } from "./step/detail";
import { Switches } from "./switches/switches";
import { Tasks } from "./tasks/tasks";
import { baseName, type Shown } from "./text/format";
import { oneLine } from "./text/text";
import type { TimelineModel } from "./timeline/model";
import { Timeline } from "./timeline/timeline";
import { Toolbar } from "./toolbar/toolbar";
import { WaitGraph } from "./waiting/waitGraph";
import { Warnings } from "./warnings/warnings";
import { Watches } from "./watches/watches";

/** The whole page, drawn from the last view. */
export function App({ store, timeline }: { store: Store; timeline: TimelineModel }) {
  const { view } = store;
  if (!view) return <Busy text="Waiting for the session" />;
  announce(view);
  const isDecidedHere = view.observed === undefined;
  const begun = view.tasks.length > 0 || view.head > 0 || (!isDecidedHere && view.status !== "loading");
  return (
    <main key={view.session} class={`app ${view.status}`} aria-label="Yieldpoint">
      {view.status !== "empty" && <h1 class="unseen">Yieldpoint</h1>}
      <Toolbar store={store} view={view} />
      {(view.status === "loading" || view.starting) && <Progress text={view.starting ?? "Loading"} />}
      {view.notice && !isSaidBelow(view) && <Notice store={store} view={view} notice={view.notice} />}
      {view.takesInput && <InputForm store={store} taken={view.takesInput} />}
      {view.status === "empty" && !view.starting && <Beginning store={store} />}
      {view.status === "empty" && view.starting && <Busy text={oneLine(view.starting)} />}
      {!begun && view.status === "loading" && <Busy text={`Loading ${oneLine(baseName(view.file))}`} />}
      {begun && <NowLine store={store} view={view} />}
      {view.replaced && <Replaced store={store} file={view.replaced} />}
      {begun && <Following store={store} view={view} />}
      {begun && <Replaying store={store} view={view} />}
      {view.result && <Result store={store} view={view} result={view.result} />}
      {begun && <Tasks store={store} view={view} />}
      {view.head > 0 && <WaitGraph store={store} view={view} />}
      {begun && <Warnings store={store} view={view} />}
      {view.head > 0 && <Steps store={store} view={view} timeline={timeline} />}
      {view.head === 0 && begun && <BeforeSteps store={store} view={view} />}
      {begun && isDecidedHere && <Branches store={store} view={view} />}
      {begun && isDecidedHere && <Schedule store={store} view={view} />}
      {view.head > 0 && <Statistics store={store} />}
      {begun && isDecidedHere && <Orders store={store} view={view} />}
      {begun && isDecidedHere && !view.recorded && <Compare store={store} view={view} />}
      {begun && view.observed && <Functions store={store} view={view} />}
      {begun && !view.recorded && <Breakpoints store={store} view={view} />}
    </main>
  );
}

/** A policy or a schedule that was rejected has its own message below, with its position and the possible actions. */
function isSaidBelow({ notice, policy, schedule }: Shown): boolean {
  return [policy?.problem?.message, schedule?.refused?.message].includes(notice?.message);
}

/** The sections that exist once a step has run. */
function Steps({ store, view, timeline }: { store: Store; view: Shown; timeline: TimelineModel }) {
  return (
    <>
      <Timeline store={store} view={view} model={timeline} />
      <div class="split">
        <Switches store={store} view={view} />
        <Detail store={store} view={view} />
      </div>
    </>
  );
}

/** Watches can be set before the first step; the other sections are shown only if they have content. */
function BeforeSteps({ store, view }: { store: Store; view: Shown }) {
  const { output = [], soFar } = view.detail ?? {};
  const printed = output.length > 0 || (soFar?.pieces.length ?? 0) > 0;
  return printed ? <Detail store={store} view={view} /> : <Watches store={store} view={view} />;
}

function Progress({ text }: { text: string }) {
  return <div class="progress" role="progressbar" aria-label={oneLine(text)} />;
}

/** A link to the trace that this session replaced. */
function Replaced({ store, file }: { store: Store; file: string }) {
  return (
    <p class="replaced">
      The trace before this one, of {oneLine(file)}, is kept.{" "}
      <Action
        kind="secondary"
        label="Show last session"
        text="Show last session"
        onClick={() => store.command("showLastSession")}
      />
    </p>
  );
}

function Busy({ text }: { text: string }) {
  return (
    <p class="busy" role="status">
      <span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true" /> {text}…
    </p>
  );
}

function Beginning({ store }: { store: Store }) {
  return (
    <section class="beginning" aria-label="How to begin">
      <h1>No session yet</h1>
      <ol>
        <li>Open a JavaScript, TypeScript or Python file that has generator functions.</li>
        <li>
          Choose <b>Run as cooperative task</b> above one of them.
        </li>
        <li>
          Take its first step here with <b>Step</b>; <b>Add to session</b> above another function adds a task that takes turns
          with it.
        </li>
      </ol>
      <p>
        A program with a scheduler of its own needs no task: choose <b>Step this program's context switches</b> above its first
        statement that runs something.
      </p>
      <p class="offers">
        <Action
          icon="folder-opened"
          kind="primary"
          label="Copy the examples to a folder of yours, and open it"
          text="Open examples"
          onClick={() => store.command("openExamples")}
        />
        <Action
          icon="book"
          kind="secondary"
          label="Open the walkthrough: seven pages, from the first step to your own program"
          text="Open walkthrough"
          onClick={() => store.command("openWalkthrough")}
        />
      </p>
    </section>
  );
}
