/**
 * What keeps the process alive apart from the runner: timers, servers, child processes. A program ends by itself when none of them
 * is left.
 */
import { later } from "../engine/intrinsics";

/** Descriptions of the engine's resource names. Names that are missing here occur only together with listed ones. */
const words: Readonly<Record<string, string>> = {
  Timeout: "timer",
  Immediate: "immediate",
  ProcessWrap: "child process",
  TCPServerWrap: "server",
  PipeServerWrap: "server",
  TCPSocketWrap: "connection",
  TLSWrap: "connection",
  UDPWrap: "socket",
  MessagePort: "message port or worker thread",
  FSReqCallback: "file operation",
  FSReqPromise: "file operation",
  FSEventWrap: "watched file",
  StatWatcher: "watched file",
  GetAddrInfoReqWrap: "request",
  TTYWrap: "terminal",
  SignalWrap: "signal handler",
};

const atWork = process.getActiveResourcesInfo.bind(process);
const ownKinds = new Map<string, number>();

/** Must be called before user code runs: resources that exist at that time belong to the runner. */
export function noteOwn(): void {
  for (const kind of atWork()) ownKinds.set(kind, (ownKinds.get(kind) ?? 0) + 1);
}

/** Whether the program has resources that can still call back. */
export function isAtWork(): boolean {
  const left = new Map(ownKinds);
  for (const kind of atWork()) {
    const own = left.get(kind) ?? 0;
    if (own <= 0) return true;
    left.set(kind, own - 1);
  }
  return false;
}

/** Descriptions of the program's resources. */
export async function remaining(): Promise<string[]> {
  // Lets the runner's own deferred work finish first.
  await new Promise<void>((resolve) => later(resolve));
  return remainingNow();
}

/** The same at once. @param deferred the number of immediates that are the runner's own */
export function remainingNow(deferred = 0): string[] {
  const left = new Map(ownKinds);
  left.set("Immediate", (left.get("Immediate") ?? 0) + deferred);
  const counts = new Map<string, number>();
  for (const kind of atWork()) {
    const own = left.get(kind) ?? 0;
    left.set(kind, own - 1);
    const word = words[kind];
    if (own <= 0 && word) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => counted(count, word));
}

/** Formats a count with its noun, for example `2 timers`. */
export function counted(count: number, word: string): string {
  return `${count} ${count === 1 ? word : plural(word)}`;
}

function plural(word: string): string {
  if (word.endsWith("process")) return `${word}es`;
  return word.endsWith("thread") ? "message ports or worker threads" : `${word}s`;
}
