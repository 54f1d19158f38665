/**
 * The page's side of the host that the tests play. It stands in for VS Code's `acquireVsCodeApi` and `postMessage` alone;
 * the real ones are covered by the end-to-end tests.
 */
import type { FromPanel } from "../../../src/protocol/panel";

/** What the tests call in the page. */
export interface TestHost {
  /** Everything that the panel posted, oldest first. */
  readonly posted: FromPanel[];
  /** The last `yieldpoint:painted` mark. */
  painted: { head: number; cursor: number };
  /** Delivers messages as VS Code does, one event each. */
  say(messages: unknown[]): void;
  /** The same, and resolves once what they change is on the screen. */
  show(messages: unknown[]): Promise<void>;
}

declare global {
  interface Window {
    testHost: TestHost;
    /** Provided by the tests. */
    panelPosted(message: FromPanel): Promise<void>;
  }
}

const posted: FromPanel[] = [];
let state: unknown;
let waiting: (() => void)[] = [];

window.testHost = {
  posted,
  painted: { head: -1, cursor: -1 },
  say: (messages) => {
    for (const data of messages) window.dispatchEvent(new MessageEvent("message", { data }));
  },
  show: (messages) =>
    new Promise((shown) => {
      waiting.push(shown);
      window.testHost.say(messages);
    }),
};

new PerformanceObserver((list) => {
  for (const entry of list.getEntriesByName("yieldpoint:painted")) {
    const { head, cursor } = (entry as PerformanceMark).detail;
    window.testHost.painted = { head, cursor };
  }
  for (const shown of waiting) shown();
  waiting = [];
}).observe({ type: "mark" });

Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: FromPanel) => {
      posted.push(structuredClone(message));
      void window.panelPosted(message);
    },
    getState: () => state,
    setState: (next: unknown) => {
      state = structuredClone(next);
    },
  }),
});
