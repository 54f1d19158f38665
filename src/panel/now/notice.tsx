/**
 * A notice to the user, beside the run: what is wrong, and what can be done.
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
  skipWatch: "Go on without it",
  stop: "Stop",
  showSource: "Show source",
  editCall: "Edit the call",
  editSchedule: "Edit the schedule",
  openSetting: "Choose the interpreter",
  retryStart: "Try again",
  cancelStart: "Cancel",
  dismissStart: "Dismiss",
};

interface Props {
  readonly store: Store;
  readonly view: Shown;
  readonly notice: NoticeData;
}

/** A banner above the page. The announcer reads it aloud, so it does not take the focus. */
export function Notice({ store, view, notice }: Props) {
  const act = (command: Command) => () => store.command(command);
  const { step, branchBefore } = notice;
  const sentence = notice.sentence?.every((part) => !("resource" in part) || view.resources.has(part.resource))
    ? notice.sentence
    : undefined;
  return (
    <section class={`notice ${notice.severity}`} aria-label={notice.severity}>
      <span class={`codicon codicon-${notice.severity}`} aria-hidden="true" />
      <div class="told">
        {sentence ? (
          <p class="said">
            <Said store={store} view={view} segments={sentence} step={step} />
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
          {step !== undefined && <StepBack store={store} view={view} />}
          {branchBefore !== undefined && !view.recorded && <BranchBefore store={store} step={branchBefore} />}
          {notice.actions.map((action) => (
            <Action key={action} kind="secondary" label={labels[action]} text={labels[action]} onClick={act(action)} />
          ))}
        </div>
      )}
    </section>
  );
}

interface SaidProps extends Omit<Props, "notice"> {
  readonly segments: NonNullable<NoticeData["sentence"]>;
  readonly step: number | undefined;
}

/** What it is called stands out: `Deadlock.` Where the sentence names the step that it is about, that leads there. */
function Said({ store, view, segments, step }: SaidProps) {
  return segments.map((segment, index) => {
    if (!("text" in segment)) return <Sentence view={view} segments={[segment]} />;
    const lead = index === 0 ? (/^\p{L}+\.(?= |$)/u.exec(segment.text)?.[0] ?? "") : "";
    const text = segment.text.slice(lead.length);
    const name = `Step ${step}`;
    const at = step === undefined ? -1 : text.indexOf(name);
    return (
      <>
        {lead && <b>{lead}</b>}
        {at < 0 ? text : text.slice(0, at)}
        {at >= 0 && step !== undefined && (
          <button type="button" class="place link" onClick={() => store.select(step)}>
            {name}
          </button>
        )}
        {at >= 0 && text.slice(at + name.length)}
      </>
    );
  });
}

function StepBack({ store, view }: Omit<Props, "notice">) {
  return (
    <Action
      kind="secondary"
      label="Step back"
      text="Step back"
      disabled={view.cursor <= 1}
      onClick={() => store.command("stepBack")}
    />
  );
}

/** To another order, without a step. */
function BranchBefore({ store, step }: { store: Store; step: number }) {
  const name = `step ${grouped(step)}`;
  return (
    <Action
      kind="secondary"
      label={`Goes to the step before ${name} and offers to go on from there with another task`}
      text={`Branch before ${name}`}
      onClick={() => store.branchBefore(step)}
    />
  );
}
