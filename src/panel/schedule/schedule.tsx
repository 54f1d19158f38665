/**
 * The schedule of the run as text to be copied, and the form that replays one.
 */
import { useState } from "preact/hooks";
import { Action, Section } from "../common/elements";
import { textOf } from "../model/findMatches";
import type { Store } from "../model/store";
import { grouped, type Shown } from "../text/format";
import { oneLine } from "../text/text";
import { ReplayForm } from "./replayForm";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** The maximum number of characters shown beside the heading. */
const noteCharacters = 60;

/** A section that is closed at first. */
export function Schedule({ store, view }: Props) {
  const { schedule } = view;
  if (!schedule) return null;
  const note = oneLine(schedule.text).slice(0, noteCharacters);
  return (
    <Section
      store={store}
      title="Schedule"
      note={note.length < schedule.text.length || schedule.cut ? `${note}…` : note}
      byDefault="closed"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard */}
      <section class="schedule-text" aria-label="Schedule of the run" tabIndex={0}>
        {oneLine(schedule.text)}
        {schedule.cut && <span class="dim">… copying includes all of it</span>}
      </section>
      <Ways store={store} view={view} />
    </Section>
  );
}

/** The actions for the schedule. */
function Ways({ store, view }: Props) {
  const [told, tell] = useState({ text: "", isProblem: false });
  const [replaying, setReplaying] = useState(false);
  const restart = (what: "schedule" | "policy") => () => store.send({ type: "restartSame", what });
  const copy = async () => {
    try {
      const { text } = await store.wire.ask("scheduleText", (id) => ({ type: "scheduleText", id }));
      store.send({ type: "copy", text });
      tell({ text: `Copied: ${grouped(text.length)} characters.`, isProblem: false });
    } catch (error) {
      tell({ text: oneLine(textOf(error)), isProblem: true });
    }
  };
  return (
    <>
      <div class="about-figures">
        <Action kind="secondary" label="Copy the schedule" text="Copy" onClick={() => void copy()} />
        {!view.recorded && (
          <>
            <Action
              kind="secondary"
              label="Replay a schedule that was copied"
              text="Replay…"
              onClick={() => setReplaying(!replaying)}
            />
            <Action
              kind="secondary"
              label="Restart with the same schedule"
              text="Restart with it"
              disabled={view.head === 0}
              onClick={restart("schedule")}
            />
            <Action
              kind="secondary"
              label="Restart with the same policy and seed"
              text="Restart with the same policy and seed"
              onClick={restart("policy")}
            />
          </>
        )}
        <span role="status" aria-label="Copying" class={told.isProblem ? "error" : "dim"}>
          {told.text}
        </span>
      </div>
      {replaying && !view.recorded && <ReplayForm store={store} onClose={() => setReplaying(false)} />}
    </>
  );
}
