/**
 * The webview's entry: wires the store to the host and to the page, and draws at most once a frame.
 */
import { render } from "preact";
import { App } from "./app";
import { type State, savedOf, stateOf } from "./savedState";
import { Store } from "./store";
import { TimelineModel } from "./timeline/model";

const host = acquireVsCodeApi();
let state = stateOf(host.getState());
const root = document.getElementById("root") ?? document.body;
let drawing = false;
/** Something changed since it was drawn. */
let isStale = false;
/** The window that the host knows of. */
let told = "";

const store = new Store(
  { post: (message) => host.postMessage(message), changed: draw, remember: (toggled) => remember({ toggled }) },
  state.toggled,
);

const timeline = new TimelineModel(
  {
    ask: (question) => store.wire.timeline(question),
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
  drawing = true;
  queueMicrotask(drawNow);
}

function drawNow(): void {
  isStale = false;
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

addEventListener("message", (event) => store.wire.receive(event.data));
addEventListener("error", (event) => store.report(`The panel failed: ${event.message}`));
addEventListener("unhandledrejection", (event) => store.report(`The panel failed: ${String(event.reason)}`));
addEventListener("focus", () => store.wire.send({ type: "focus", focused: true }));
addEventListener("blur", () => store.wire.send({ type: "focus", focused: false }));
for (const type of ["keydown", "keyup"] as const) addEventListener(type, keepMenuAway);
if (document.hasFocus()) store.wire.send({ type: "focus", focused: true });
store.wire.send({ type: "ready" });
