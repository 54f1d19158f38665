/**
 * The find bar above the list of switches.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { stepEvents } from "../../core/trace/trace";
import { Action } from "../common/elements";
import { useEscape } from "../common/escape";
import { MultiSelect } from "../common/multiSelect";
import type { SearchState } from "../model/searchState";
import type { Store } from "../model/store";
import { grouped, type Shown, taskName, verb } from "../text/format";
import { oneLine } from "../text/text";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** A search field with its options, the number of matches, and buttons to go to them. */
export function FindBar({ store, view }: Props) {
  const { finding } = store;
  const { query, mode } = finding;
  useEscape(() => finding.close());
  const tasks = [...view.names.keys()].map((id) => ({ value: id, label: taskName(view, id) }));
  const events = stepEvents.map((event) => ({ value: event, label: verb({ event, value: "" }) }));
  const isFilter = mode === "filter";
  return (
    <search class="find" aria-label="Find in switches">
      <div class="find-text">
        <TextField finding={finding} />
        <Toggle
          icon="case-sensitive"
          label="Match case"
          on={query.case === "exact"}
          onClick={() => finding.change({ case: query.case === "exact" ? "any" : "exact" })}
        />
        <Toggle
          icon="filter"
          label="List only what matches"
          on={isFilter}
          onClick={() => finding.setMode(isFilter ? "find" : "filter")}
        />
        <Action icon="arrow-up" label="Previous match (Shift+F3)" onClick={() => void finding.matches.go("previous")} />
        <Action icon="arrow-down" label="Next match (F3)" onClick={() => void finding.matches.go("next")} />
        <Action icon="close" label="Close (Escape)" onClick={() => finding.close()} />
      </div>
      <MultiSelect
        label="Tasks"
        any="any task"
        options={tasks}
        chosen={query.tasks}
        onChoose={(tasks) => finding.change({ tasks })}
      />
      <MultiSelect
        label="Events"
        any="any event"
        options={events}
        chosen={query.events}
        onChoose={(events) => finding.change({ events })}
      />
      <Progress finding={finding} />
    </search>
  );
}

/** Enter goes to the next match, Shift+Enter to the previous one. */
function TextField({ finding }: { finding: SearchState }) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [finding.asked]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    void finding.matches.go(event.shiftKey ? "previous" : "next");
  };
  return (
    <input
      ref={input}
      class="field code"
      type="search"
      aria-label="Text in value or output"
      placeholder="text in value or output"
      spellcheck={false}
      maxLength={1_000}
      value={finding.query.text}
      onInput={(event) => finding.change({ text: event.currentTarget.value })}
      onKeyDown={onKeyDown}
    />
  );
}

function Toggle({ icon, label, on, onClick }: { icon: string; label: string; on: boolean; onClick: () => void }) {
  return (
    <button type="button" class="action quiet toggle" title={label} aria-label={label} aria-pressed={on} onClick={onClick}>
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}

function Progress({ finding }: { finding: SearchState }) {
  const { found, isGoingOn, isActive, problem, state } = finding;
  if (problem !== undefined) {
    return (
      <span class="error" role="alert">
        {oneLine(problem)}
      </span>
    );
  }
  if (!isActive) return null;
  return (
    <>
      <span class="matches" role="status">
        {countOf(finding)}
      </span>
      {isGoingOn && found && <progress aria-label="Steps searched" value={found.done} max={Math.max(1, found.head)} />}
      {state !== "resting" && (
        <Action
          kind="secondary"
          label={isGoingOn ? "Cancel the search" : "Continue the search"}
          text={isGoingOn ? "Cancel" : "Go on"}
          onClick={() => (isGoingOn ? finding.cancel() : finding.resume())}
        />
      )}
    </>
  );
}

/** For example `3 of 1,204` or `1,204 matches`, and how far the search is if it has not finished. */
function countOf({ found, matches, state }: SearchState): string {
  if (!found) return "searching";
  const { current } = matches;
  const count = `${grouped(found.count)}${found.cut ? " or more" : ""}`;
  const plain = found.count === 0 ? "no match" : `${count} ${found.count === 1 ? "match" : "matches"}`;
  const text = current === undefined ? plain : `${grouped(current + 1)} of ${count}`;
  return state === "cancelled" ? `${text} up to step ${grouped(found.done)}` : text;
}
