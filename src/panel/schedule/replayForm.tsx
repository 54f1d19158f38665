/**
 * Accepts a pasted schedule, and shows where it cannot be parsed.
 */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { parseSchedule } from "../../core/schedule/parser";
import { ScheduleTextError } from "../../core/schedule/textError";
import { maxScheduleText } from "../../protocol/schedule";
import { Action } from "../common/elements";
import { useEscape } from "../common/escape";
import type { Store } from "../model/store";

interface Props {
  readonly store: Store;
  readonly onClose: () => void;
}

/** A message, and the offset in the text that it is about, counted from 0. */
interface Problem {
  readonly message: string;
  readonly at?: number;
}

/** Ctrl+Enter starts the replay. */
export function ReplayForm({ store, onClose }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [problem, setProblem] = useState<Problem>();
  useLayoutEffect(() => area.current?.focus(), []);
  useEscape(onClose);
  const submit = (event: Event) => {
    event.preventDefault();
    const text = area.current?.value.trim() ?? "";
    const found = problemIn(text);
    setProblem(found);
    if (found) {
      area.current?.focus();
      if (found.at !== undefined) area.current?.setSelectionRange(found.at, found.at + 1);
      return;
    }
    store.send({ type: "followSchedule", text });
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <form class="ask replay" aria-label="Replay a schedule" noValidate onSubmit={submit} onKeyDown={onKeyDown}>
      <textarea
        ref={area}
        class="field code"
        rows={4}
        aria-label="Schedule to replay"
        placeholder='round-robin; "counter()" "bogosort([3, 1, 2])"; 0 1 (0 1)*50'
        spellcheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby="replay-problem replay-hint"
      />
      <span id="replay-problem" class="error" role="alert">
        {problem?.message ?? ""}
      </span>
      <div class="ways">
        <button type="submit" class="action secondary">
          Replay
        </button>
        <Action label="Cancel" text="Cancel" onClick={onClose} />
      </div>
      <p id="replay-hint" class="dim hint">
        A new run follows the schedule as you step and run. If the schedule names no calls, it uses the current tasks.
      </p>
    </form>
  );
}

function problemIn(text: string): Problem | undefined {
  if (text === "") return { message: "Paste a schedule." };
  if (text.length > maxScheduleText) return { message: `It is longer than ${maxScheduleText} characters.` };
  try {
    parseSchedule(text);
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleTextError) return { message: `${error.message} ${error.remedy}`, at: error.position - 1 };
    throw error;
  }
}
