// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid with its own keyboard, laid out by CSS
// biome-ignore-all lint/a11y/useFocusableInteractive: the controls in its cells are focused
/**
 * The watched expressions, with their values at the step that is shown.
 */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { formatWatch, parseWatch } from "../../core/watchText";
import type { Watch } from "../../protocol/watches";
import { Action, Naming, Preview, Section, Was } from "../common/elements";
import { takeBack } from "../common/escape";
import { Replayed } from "../common/rebuild";
import { useTabStop } from "../common/tabStop";
import type { Store } from "../model/store";
import type { Shown } from "../text/format";
import { manyLines, oneLine } from "../text/text";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** One line per expression, and a field to add another. */
export function Watches({ store, view }: Props) {
  const { watches = [], recorded } = view;
  if (recorded && watches.length === 0) return null;
  return (
    <Section store={store} title="Watches" byDefault="open">
      {watches.length > 0 && <List store={store} view={view} watches={watches} />}
      {!view.recorded && <Add store={store} view={view} />}
    </Section>
  );
}

function List({ store, view, watches }: Props & { watches: readonly Watch[] }) {
  const { ref, onKeyDown, onFocusIn } = useTabStop();
  return (
    <div ref={ref} class="controls" role="grid" aria-label="Watches" onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
      {watches.map((watch) => (
        <Line key={watch.expression} store={store} view={view} watch={watch} />
      ))}
    </div>
  );
}

function Line({ store, view, watch }: Props & { watch: Watch }) {
  const { expression, was, note, searched } = watch;
  const name = oneLine(expression);
  const parsed = parseWatch(expression);
  const goTo = (place: "previousChange" | "nextChange") => () => store.send({ type: "goTo", place, watch: expression });
  return (
    <div role="row" data-row class={`control ${was === undefined ? "" : "changed"}`}>
      <span role="gridcell" class="subject watch">
        <Whole text={textOf(watch)}>
          {parsed.isOfScheduler && <Frame view={view} />}
          <Naming name={oneLine(parsed.expression)} joint=" = " />
          <Value watch={watch} />
        </Whole>
        {note !== undefined && (
          <div class="dim found" role="status">
            {manyLines(note)}
          </div>
        )}
        {searched && (
          <div class="found">
            <Replayed {...searched} />
            <Action
              kind="secondary"
              label={`Cancel the search for a change of ${name}`}
              text="Cancel"
              onClick={() => store.send({ type: "cancelRebuild" })}
            />
          </div>
        )}
      </span>
      <span role="gridcell" class="acts">
        {watch.stopped && (
          <Action
            icon="refresh"
            label={`Evaluate ${name} again`}
            onClick={() => store.send({ type: "retryWatch", expression })}
          />
        )}
        <Action icon="arrow-up" label={`Previous change of ${name}`} onClick={goTo("previousChange")} />
        <Action icon="arrow-down" label={`Next change of ${name}`} onClick={goTo("nextChange")} />
        {!view.recorded && (
          <Action
            icon="close"
            label={`Remove the watch ${name}`}
            onClick={() => store.send({ type: "removeWatch", expression })}
          />
        )}
      </span>
    </div>
  );
}

/** In whose frame a watch is evaluated. */
function Frame({ view }: { view: Shown }) {
  const name = oneLine(view.now?.resumedBy?.function ?? "scheduler");
  return (
    <span class="of-frame dim" title={`In the frame of the scheduler: ${name}`}>
      <span class="codicon codicon-sync" aria-hidden="true" /> <bdi>{name}</bdi>{" "}
    </span>
  );
}

const stoppedText = "stopped because it did not end";

function Value({ watch: { text, was, error, stopped, pending } }: { watch: Watch }) {
  if (error !== undefined) {
    return (
      <>
        <bdi class="error" title={oneLine(error)}>
          {oneLine(error)}
        </bdi>
        {was !== undefined && <Was text={was} />}
      </>
    );
  }
  if (stopped) return <span class="error">{stoppedText}</span>;
  if (pending) return <span class="dim">evaluating…</span>;
  if (text === undefined) return <span class="dim">not recorded</span>;
  return (
    <>
      <Preview text={text} />
      {was !== undefined && <Was text={was} />}
    </>
  );
}

/** Shows one line of the text; when selected, the full text. */
function Whole({ text, children }: { text: string; children: ComponentChildren }) {
  const [whole, setWhole] = useState(false);
  return (
    <button
      type="button"
      class={`line ${whole ? "whole-value" : ""}`}
      aria-expanded={whole}
      title={whole ? "Show one line" : oneLine(text)}
      onClick={() => setWhole(!whole)}
    >
      {children}
    </button>
  );
}

function textOf({ text, error, was, stopped, pending }: Watch): string {
  const unknown = stopped ? stoppedText : pending ? "evaluating" : "not recorded";
  return [text ?? error ?? unknown, was === undefined ? "" : `was ${was}`].join(" ").trim();
}

function Add({ store, view }: Props) {
  const [isOfScheduler, setOfScheduler] = useState(false);
  const submit = (event: Event & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const input = event.currentTarget.querySelector("input");
    const typed = parseWatch(input?.value ?? "");
    if (!input || typed.expression === "") return input?.focus();
    const isOf = typed.isOfScheduler || (isOfScheduler && view.observed === true);
    store.send({ type: "addWatch", expression: formatWatch({ ...typed, isOfScheduler: isOf }) });
    input.value = "";
  };
  return (
    <form class="ask" onSubmit={submit} onKeyDown={takeBack}>
      <input class="field code wide" aria-label="Expression to watch" placeholder="expression to watch" spellcheck={false} />
      {view.observed && (
        <button
          type="button"
          class="action quiet toggle"
          aria-label="in the frame of the scheduler"
          aria-pressed={isOfScheduler}
          title="Evaluate it in the frame of the scheduler, which has resumed the task, instead of the task's own"
          onClick={() => setOfScheduler(!isOfScheduler)}
        >
          <span class="codicon codicon-sync" aria-hidden="true" /> scheduler
        </button>
      )}
      <button type="submit" class="action secondary" aria-label="Add the watch">
        Add
      </button>
    </form>
  );
}
