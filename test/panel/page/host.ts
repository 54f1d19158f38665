/**
 * The page's side of the host that the tests play. It mocks only VS Code's `acquireVsCodeApi` and `postMessage`; the real ones are covered
 * by the end-to-end tests.
 */
import type { FromPanel } from "../../../src/protocol/panel";

/** The functions that the tests call in the page. */
export interface TestHost {
  /** All messages that the panel posted, oldest first. */
  readonly posted: FromPanel[];
  /** The last `yieldpoint:painted` mark. */
  painted: { head: number; cursor: number };
  /** Delivers messages as VS Code does, one event each. */
  say(messages: unknown[]): void;
  /** The same, and resolves once they are on the screen, with whatever the panel had to ask for. */
  show(messages: unknown[]): Promise<void>;
}

declare global {
  interface Window {
    testHost: TestHost;
    /** Provided by the tests. Resolves with the host's answer, if there is one. */
    panelPosted(message: FromPanel): Promise<unknown>;
  }
}

// A tab is used for one panel after the other, each with an address of its own, and the state of one must not be restored in the next.
if (location.protocol !== "about:" && sessionStorage.getItem("panel") !== location.search) {
  sessionStorage.clear();
  sessionStorage.setItem("panel", location.search);
}

const posted: FromPanel[] = [];
/** The calls waiting for a mark, with their start times: a mark of an earlier draw does not count. */
let waiting: { since: number; shown(): void }[] = [];

window.testHost = {
  posted,
  painted: { head: -1, cursor: -1 },
  say: (messages) => {
    for (const data of messages) window.dispatchEvent(new MessageEvent("message", { data }));
  },
  show: (messages) =>
    new Promise((shown) => {
      window.testHost.say(messages);
      requestAnimationFrame(() => waiting.push({ since: performance.now(), shown }));
    }),
};

new PerformanceObserver((list) => {
  const entry = list.getEntriesByName("yieldpoint:painted").at(-1) as PerformanceMark | undefined;
  if (!entry) return;
  window.testHost.painted = { head: entry.detail.head, cursor: entry.detail.cursor };
  if (entry.detail.isBehind) return;
  for (const { since, shown } of waiting) if (entry.startTime >= since) shown();
  waiting = waiting.filter(({ since }) => entry.startTime < since);
}).observe({ type: "mark" });

Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: FromPanel) => {
      posted.push(structuredClone(message));
      void window.panelPosted(message).then((answer) => answer && window.testHost.say([answer]));
    },
    getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null") ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem("state", JSON.stringify(state)),
  }),
});
