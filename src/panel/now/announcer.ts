/**
 * Announces the now line to screen readers: after each step, and about once a second during a run.
 */
import type { Shown } from "../text/format";
import { sentence } from "./statusSentence";

/** In milliseconds. */
const interval = 1_000;

let region: HTMLElement | undefined;
let latest = "";
let said = "";
let last = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Queues a view to be announced; only the last one within the interval is. A step by hand is announced immediately. */
export function announce(view: Shown): void {
  latest = sentence(view);
  if (latest === said) return;
  const wait = view.status === "running" ? last + interval - performance.now() : 0;
  if (wait <= 0) say();
  else timer ??= setTimeout(say, wait);
}

function say(): void {
  clearTimeout(timer);
  timer = undefined;
  if (latest === said) return;
  said = latest;
  last = performance.now();
  region ??= create();
  region.textContent = said;
}

function create(): HTMLElement {
  const element = document.createElement("div");
  element.className = "announcer";
  element.setAttribute("aria-live", "polite");
  element.setAttribute("role", "status");
  document.body.append(element);
  return element;
}
