/**
 * A notice to the user beside the run: what is wrong, and the remedies.
 */
import type { Command, Notice as NoticeData } from "../../protocol/panel";
import { Action } from "../common/elements";
import { Sentence } from "../common/sentence";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { manyLines } from "../text/text";

const labels: Record<NoticeData["actions"][number], string> = {
  restart: "Restart",
  interrupt: "Interrupt",
  stop: "Stop",
  showSource: "Show source",
  editCall: "Edit the call",
  editSchedule: "Edit the schedule",
  retryStart: "Try again",
  cancelStart: "Cancel",
  dismissStart: "Dismiss",
};

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly notice: NoticeData;
}

/** A banner over the page. The announcer says it; it takes no focus. */
export function Notice({ store, view, notice }: Props) {
  const act = (command: Command) => () => store.command(command);
  const { sentence, step } = notice;
  return (
    <section class={`notice ${notice.severity}`} aria-label={notice.severity}>
      <span class={`codicon codicon-${notice.severity}`} aria-hidden="true" />
      <div class="told">
        {sentence ? (
          <p class="said">
            <Led view={view} segments={sentence} />
            {step !== undefined && <About store={store} view={view} step={step} />}
          </p>
        ) : (
          <p class="message">{manyLines(notice.message)}</p>
        )}
        {notice.remedy && <p>{manyLines(notice.remedy)}</p>}
        {notice.detail && (
          <details>
            <summary>Details</summary>
            <pre>{manyLines(notice.detail)}</pre>
          </details>
        )}
      </div>
      {(notice.actions.length > 0 || step !== undefined) && (
        <div class="ways">
          {step !== undefined && <WaysToStep store={store} view={view} step={step} />}
          {notice.actions.map((action) => (
            <Action key={action} kind="secondary" label={labels[action]} text={labels[action]} onClick={act(action)} />
          ))}
        </div>
      )}
    </section>
  );
}

/** What it is called stands out: `Deadlock.` */
function Led({ view, segments }: { view: Shown; segments: NonNullable<NoticeData["sentence"]> }) {
  const [first, ...others] = segments;
  const lead = first && "text" in first ? /^\p{L}+[.:](?= )/u.exec(first.text)?.[0] : undefined;
  if (!first || !("text" in first) || lead === undefined) return <Sentence view={view} segments={segments} />;
  return (
    <>
      <b>{lead}</b>
      <Sentence view={view} segments={[{ text: first.text.slice(lead.length) }, ...others]} />
    </>
  );
}

interface StepProps extends Omit<Props, "notice"> {
  readonly step: number;
}

/** The way to the step that a notice is about. */
function About({ store, view, step }: StepProps) {
  const isClosing = view.waiting?.cycles.some(({ closedAt }) => closedAt === step);
  return (
    <>
      {isClosing ? " The circle was closed in " : " That was in "}
      <button type="button" class="place link" onClick={() => store.select(step)}>
        step {grouped(step)}
      </button>
      .
    </>
  );
}

/** One step back, and to another order without the step that a notice is about. */
function WaysToStep({ store, view, step }: StepProps) {
  const name = `step ${grouped(step)}`;
  return (
    <>
      <Action
        kind="secondary"
        label="Step back"
        text="Step back"
        disabled={view.cursor <= 1}
        onClick={() => store.command("stepBack")}
      />
      {step > 1 && !view.recorded && (
        <Action
          kind="secondary"
          label={`Goes to the step before ${name} and offers to go on from there with another task`}
          text={`Branch before ${name}`}
          onClick={() => store.branchBefore(step)}
        />
      )}
    </>
  );
}
