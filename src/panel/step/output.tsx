/**
 * Output: what all tasks printed up to the step that is shown, as a terminal would show it, or what that step alone printed.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { endOfInput, type Printed, type PrintedBy } from "../../protocol/printed";
import { Heading, TaskName } from "../common/elements";
import { moveFocus, vertical } from "../common/rovingFocus";
import { useTabStop } from "../common/tabStop";
import type { Store } from "../model/store";
import { isRunning } from "../now/statusSentence";
import { colour, grouped, type Shown } from "../text/format";
import { manyLines } from "../text/text";

interface Props {
  readonly store: Store;
  readonly view: Shown;
}

/** The path under which the selected scope is remembered. */
const path = "output:so far";

export function Output({ store, view }: Props) {
  const isSoFar = store.tree.folds.isOpen(path, "open");
  return (
    <>
      <Heading>
        Output <Scopes store={store} isSoFar={isSoFar} />
      </Heading>
      {isSoFar ? <SoFar store={store} view={view} /> : <OfStep view={view} />}
    </>
  );
}

function Scopes({ store, isSoFar }: { store: Store; isSoFar: boolean }) {
  const { ref, onKeyDown, onFocusIn } = useTabStop();
  const scope = (text: string, title: string, isOn: boolean) => (
    <button type="button" aria-pressed={isOn} title={title} onClick={isOn ? undefined : () => store.fold(path)}>
      {text}
    </button>
  );
  return (
    <div ref={ref} role="toolbar" aria-label="Output to show" onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
      <span data-row class="scopes">
        {scope("so far", "Output of all tasks up to this step", isSoFar)}
        {scope("this step", "Output of this step alone", !isSoFar)}
      </span>
    </div>
  );
}

function OfStep({ view: { detail } }: { view: Shown }) {
  const { output = [], outputLostFrom } = detail ?? {};
  if (output.length === 0) {
    return <div class="output dim">{outputLostFrom === undefined ? "nothing printed" : lostText(outputLostFrom)}</div>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard
    <section class="output" aria-label="Output of this step" tabIndex={0}>
      {output.map((printed, index) => (
        <div key={index} class={printed.stream}>
          <Text printed={printed} />
        </div>
      ))}
      {outputLostFrom !== undefined && <div class="dropped">{lostText(outputLostFrom)}</div>}
    </section>
  );
}

/** The end of the output stays visible, unless the user scrolls back. */
function SoFar({ store, view }: Props) {
  const box = useRef<HTMLElement>(null);
  const { ref, onFocusIn } = useTabStop<HTMLFieldSetElement>();
  const onKeyDown = (event: KeyboardEvent) => moveFocus(event, [...(ref.current?.querySelectorAll("button") ?? [])], vertical);
  useEndFor(box, isRunning(view) ? undefined : view.cursor);
  const { soFar, outputLostFrom } = view.detail ?? {};
  const { pieces = [], earlier, cut = 0 } = soFar ?? {};
  if (pieces.length === 0) {
    return <div class="output dim">{outputLostFrom === undefined ? "Nothing printed so far." : lostText(outputLostFrom)}</div>;
  }
  return (
    <section ref={box} class="output so-far">
      {outputLostFrom !== undefined && <div class="dropped">{lostText(outputLostFrom)}</div>}
      <fieldset ref={ref} class="pieces" aria-label="Output so far" onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
        {earlier && <Earlier store={store} {...earlier} />}
        {pieces.map((piece, index) => (
          <Piece key={keyOf(pieces, index)} store={store} view={view} piece={piece} cut={index === 0 ? cut : 0} />
        ))}
      </fieldset>
    </section>
  );
}

/** Scrolls to the end when another step is shown. The box is laid out in reverse, so its end is at scroll position 0. */
function useEndFor(box: { readonly current: HTMLElement | null }, step: number | undefined): void {
  useLayoutEffect(() => box.current?.scrollTo(0, 0), [box, step]);
}

/** A stable key, so that a piece keeps its element, and the focus in it, while others are added and removed. */
function keyOf(pieces: readonly PrintedBy[], index: number): string {
  const step = pieces[index]?.step;
  let place = 0;
  while (pieces[index - place - 1]?.step === step && place < index) place += 1;
  return `${step}:${place}`;
}

/** The output that is left out here is shown at the step that printed the last of it. */
function Earlier({ store, pieces, step }: { store: Store; pieces: number; step: number }) {
  return (
    <button type="button" class="piece earlier" title={titleOf(step)} onClick={() => store.send({ type: "select", step })}>
      … {grouped(pieces)} earlier, up to step {grouped(step)}
    </button>
  );
}

function Piece({ store, view, piece, cut }: Props & { piece: PrintedBy; cut: number }) {
  const { step, task, stream } = piece;
  const isOfStep = step === view.cursor;
  return (
    <button
      type="button"
      class={`piece ${stream} ${isOfStep ? "current" : ""}`}
      title={titleOf(step)}
      aria-current={isOfStep ? "step" : undefined}
      onClick={() => store.send({ type: "select", step: Math.min(step, view.head) })}
    >
      <span class="by">
        {task === undefined ? <span class="dim">{step === 0 ? "loading" : "under way"}</span> : <By view={view} task={task} />}
      </span>
      <span class="text">
        {cut > 0 && <span class="dropped">… {grouped(cut)} characters before this are not shown</span>}
        <Text printed={piece} />
      </span>
    </button>
  );
}

function By({ view, task }: { view: Shown; task: number }) {
  return (
    <>
      <span class={`swatch ${colour(task)}`} aria-hidden="true" />
      <TaskName view={view} id={task} />
    </>
  );
}

function Text({ printed: { stream, text, dropped = 0 } }: { printed: Printed }) {
  return (
    <>
      {stream !== "stdout" && <span class="stream">{stream} </span>}
      <bdi>{manyLines(stream === "stdin" ? text.replaceAll(endOfInput, "(end of input)") : text)}</bdi>
      {dropped > 0 && <span class="dropped">… {grouped(dropped)} more characters were dropped</span>}
    </>
  );
}

function titleOf(step: number): string {
  return step === 0 ? "Printed while the file was loaded" : `Go to step ${grouped(step)}`;
}

function lostText(from: number): string {
  return `Output from step ${grouped(from)} on is not kept.`;
}
