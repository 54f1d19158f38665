/**
 * Announces the now line to screen readers: after each step, and about once a second during a run.
 */
import type { Shown } from "../text/format";
import { sentence } from "./statusSentence";

/** Milliseconds between two announcements. */
const interval = 1_000;

let region: HTMLElement | undefined;
let latest = "";
let said = "";
let last = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes a view to be said; only the last of those within the interval is. A step by hand is said at once. */
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
