/**
 * The webview's entry: connects the store to the host and to the page, and draws at most once per frame.
 */
import { render } from "preact";
import { App } from "./app";
import { listenForEscape } from "./common/escape";
import { Store } from "./model/store";
import { isRunning } from "./now/statusSentence";
import { type State, savedOf, stateOf } from "./savedState";
import { isLive } from "./text/format";
import { TimelineModel } from "./timeline/model";

/** After so many milliseconds it is no click, but something is dragged. */
const longestPressMillis = 150;

/** So long an answer of the host is waited for before what follows a run is drawn again, in milliseconds. */
const answerMillis = 150;

const host = acquireVsCodeApi();
let state = stateOf(host.getState());
const root = document.getElementById("root") ?? document.body;
/** Not before there are icons: the first that one sees would be a row of empty buttons. */
let drawing = true;
/** Something changed since it was drawn. */
let isStale = false;
/** A button is down: until then what only follows a run is not drawn, or the click would wait for it. By `performance.now`. */
let quietUntil = 0;
let quiet: ReturnType<typeof setTimeout> | undefined;
/** The window that the host knows of. */
let told = "";

const store: Store = new Store(
  {
    post: (message) => host.postMessage(message),
    changed: draw,
    remember: (toggled) => remember({ toggled }),
    shows: (about) => remember({ about }),
    prepare: (view) => timeline.prepare(view),
  },
  state.toggled,
  state.about,
);

const timeline: TimelineModel = new TimelineModel(
  {
    ask: (question) => store.wire.timeline(question),
    isQuiet: () => performance.now() < quietUntil,
    changed: draw,
    report: (message) => store.report(message),
    remember: (lanes) => remember({ lanes }),
  },
  state.lanes,
);

function remember(part: Partial<State>): void {
  state = { ...state, ...part };
  host.setState(savedOf(state));
}

/**
 * Draws what has changed as soon as all of it is said, so that the next frame shows it; no more than once a frame. Marks
 * `yieldpoint:painted` with the head and the cursor when that frame is on the screen: the measuring point of the latency of
 * a step. Only the last mark is kept.
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

/** Whether what is shown is only that a run goes on; what a step in the past or a pause changed is never kept back. */
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
    const { view } = store;
    port1.onmessage = () => markPainted(view?.head ?? 0, view?.cursor ?? 0);
    port2.postMessage(undefined);
    if (isStale) draw();
  });
}

/** Tells the host which part of the run is seen, once that rests: an exported picture shows the same. */
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

function markPainted(head: number, cursor: number): void {
  performance.clearMarks("yieldpoint:painted");
  performance.mark("yieldpoint:painted", { detail: { head, cursor } });
}

/** Shift+F10 steps back here; without this it would open the browser's menu as well, over the panel. */
function keepMenuAway(event: KeyboardEvent): void {
  if (event.shiftKey && event.key === "F10") event.preventDefault();
}

/** Says that something is about to be done, long enough before: a button is pressed for some 80 ms. */
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

/** What comes of a click is drawn at once, and what waited with it. */
function released(): void {
  quietUntil = 0;
  if (quiet === undefined) return;
  clearTimeout(quiet);
  quiet = setTimeout(loud, answerMillis);
}

/** Whether there was somewhere to go back to. */
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
