/**
 * The webview's entry: connects the store to the host and to the page, and draws at most once per frame.
 */
import { render } from "preact";
import { App } from "./app";
import { tellCutTexts } from "./common/cutTexts";
import { listenForEscape } from "./common/escape";
import { keepFocus } from "./common/keptFocus";
import { Store } from "./model/store";
import { isRunning } from "./now/statusSentence";
import { type State, savedOf, stateOf } from "./savedState";
import { isLive } from "./text/format";
import { TimelineModel } from "./timeline/model";

/** A press longer than this, in milliseconds, is a drag and not a click. */
const longestPressMillis = 150;

/** After a click, drawing of an ongoing run waits at most this many milliseconds for the host's reply. */
const answerMillis = 150;

const host = acquireVsCodeApi();
let state = stateOf(host.getState());
const root = document.getElementById("root") ?? document.body;
/** Drawing waits until the icons have loaded: the first paint would be a row of empty buttons. */
let drawing = true;
/** Something changed since the last draw. */
let isStale = false;
/** While a button is down, updates of an ongoing run are not drawn, because the click would wait for them. In `performance.now` time. */
let quietUntil = 0;
let quiet: ReturnType<typeof setTimeout> | undefined;
/** The timeline window that was last reported to the host. */
let told = "";

const store: Store = new Store(
  {
    post: (message) => host.postMessage(message),
    changed: draw,
    remember: (toggled) => remember({ toggled }),
    shows: (about) => remember({ about }),
    types: (typed) => remember({ typed }),
    arranges: (columns) => remember({ columns }),
    prepare: (view) => timeline.prepare(view),
  },
  state.toggled,
  state.about,
  state.typed,
  state.columns,
);

const timeline: TimelineModel = new TimelineModel(
  {
    ask: (question) => store.wire.timeline(question),
    isQuiet: () => performance.now() < quietUntil,
    changed: draw,
    report: (message) => store.report(message),
    showBelow: (name, isShown) => store.send({ type: "showBelow", function: name, isShown }),
    remember: (lanes) => remember({ lanes }),
  },
  state.lanes,
);

function remember(part: Partial<State>): void {
  state = { ...state, ...part };
  host.setState(savedOf(state));
}

/**
 * Draws changes as soon as the current message is handled, so that the next frame shows them; at most once per frame. Marks
 * `yieldpoint:painted` with the head and the cursor, and whether the view is older than the last one received, when that frame is on the
 * screen. The step latency is measured from this mark. Only the last mark is kept.
 */
function draw(): void {
  isStale = true;
  if (drawing) return;
  const wait = quietUntil - performance.now();
  if (wait > 0 && follows()) {
    quiet ??= setTimeout(loud, wait);
    return;
  }
  drawing = true;
  queueMicrotask(drawNow);
}

/** Whether the update only shows that a run continues. Updates for a step in the past or for a pause are never delayed. */
function follows(): boolean {
  const { view } = store;
  return view !== undefined && isRunning(view) && isLive(view);
}

function loud(): void {
  quiet = undefined;
  if (isStale) draw();
}

function drawNow(): void {
  isStale = false;
  if (store.view) timeline.update(store.view);
  render(<App store={store} timeline={timeline} />, root);
  tellWindow();
  requestAnimationFrame(() => {
    drawing = false;
    const { port1, port2 } = new MessageChannel();
    const { view, isBehind } = store;
    port1.onmessage = () => markPainted({ head: view?.head ?? 0, cursor: view?.cursor ?? 0, isBehind });
    port2.postMessage(undefined);
    if (isStale) draw();
  });
}

/** Reports the visible part of the run to the host once it stops changing, so that an exported picture shows the same part. */
function tellWindow(): void {
  const { view } = store;
  if (!view || view.head === 0) told = "";
  if (!view || view.head === 0 || view.status === "running") return;
  const { axis, span } = timeline.finder;
  const window = JSON.stringify([axis, span]);
  if (window === told) return;
  told = window;
  store.wire.send({ type: "window", axis, ...span });
}

function markPainted(detail: { head: number; cursor: number; isBehind: boolean }): void {
  performance.clearMarks("yieldpoint:painted");
  performance.mark("yieldpoint:painted", { detail });
}

/** Shift+F10 steps back here. Without this handler the browser's context menu would open as well. */
function keepMenuAway(event: KeyboardEvent): void {
  if (event.shiftKey && event.key === "F10") event.preventDefault();
}

/** Announces an action as soon as the button goes down: it is held for about 80 ms before the click. */
function giveWay(): void {
  if (store.view && isRunning(store.view)) store.wire.send({ type: "giveWay" });
}

function keyPressed({ repeat }: KeyboardEvent): void {
  if (!repeat) giveWay();
}

function pressed(): void {
  giveWay();
  if (follows()) quietUntil = performance.now() + longestPressMillis;
}

/** The result of a click is drawn immediately. Delayed updates are drawn with it, or after `answerMillis`. */
function released(): void {
  quietUntil = 0;
  if (quiet === undefined) return;
  clearTimeout(quiet);
  quiet = setTimeout(loud, answerMillis);
}

/** Goes back to the last step. Returns whether the page was elsewhere. */
function backToHead(): boolean {
  const { view } = store;
  if (!view || isLive(view)) return false;
  store.command("toHead");
  return true;
}

document.fonts
  .load("16px codicon")
  .catch(() => store.report("The icons cannot be loaded."))
  .then(() => {
    drawing = false;
    if (isStale) draw();
  });
listenForEscape(backToHead);
tellCutTexts();
keepFocus(root);
addEventListener("message", (event) => store.wire.receive(event.data));
addEventListener("error", (event) => store.report(`The panel failed: ${event.message}`));
addEventListener("unhandledrejection", (event) => store.report(`The panel failed: ${String(event.reason)}`));
addEventListener("focus", () => store.wire.send({ type: "focus", focused: true }));
addEventListener("blur", () => store.wire.send({ type: "focus", focused: false }));
addEventListener("keydown", keyPressed, { capture: true });
addEventListener("pointerdown", pressed, { capture: true });
for (const type of ["pointerup", "pointercancel"] as const) addEventListener(type, released, { capture: true });
for (const type of ["keydown", "keyup"] as const) addEventListener(type, keepMenuAway);
if (document.hasFocus()) store.wire.send({ type: "focus", focused: true });
store.wire.send({ type: "ready" });
