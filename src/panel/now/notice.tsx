/**
 * A notice to the user, beside the run: what is wrong, and what can be done.
 */
import type { Command, Notice as NoticeData } from "../../protocol/panel";
import { Action } from "../common/elements";
import type { Store } from "../model/store";
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

/** A banner above the page. The announcer reads it aloud, so it does not take the focus. */
export function Notice({ store, notice }: { store: Store; notice: NoticeData }) {
  const act = (command: Command) => () => store.command(command);
  return (
    <section class={`notice ${notice.severity}`} aria-label={notice.severity}>
      <span class={`codicon codicon-${notice.severity}`} aria-hidden="true" />
      <div class="told">
        <p class="message">{manyLines(notice.message)}</p>
        {notice.remedy && <p>{manyLines(notice.remedy)}</p>}
        {notice.detail && (
          <details>
            <summary>Details</summary>
            <pre>{manyLines(notice.detail)}</pre>
          </details>
        )}
      </div>
      {notice.actions.length > 0 && (
        <div class="ways">
          {notice.actions.map((action) => (
            <Action key={action} kind="secondary" label={labels[action]} text={labels[action]} onClick={act(action)} />
          ))}
        </div>
      )}
    </section>
  );
}
