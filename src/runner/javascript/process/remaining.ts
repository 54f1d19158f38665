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

/** The program's resources that can still call back, by the engine's names. */
export function atWorkOn(): string[] {
  const left = new Map(ownKinds);
  return atWork().filter((kind) => {
    const own = left.get(kind) ?? 0;
    left.set(kind, own - 1);
    return own <= 0;
  });
}

/** Whether the program has any. */
export function isAtWork(): boolean {
  return atWorkOn().length > 0;
}

/** Descriptions of the program's resources. */
export async function remaining(): Promise<string[]> {
  // Lets the runner's own deferred work finish first.
  await new Promise<void>((resolve) => later(resolve));
  return remainingNow();
}

/** The same at once. @param immediates how many are the runner's own @param timers the same */
export function remainingNow(immediates = 0, timers = 0): string[] {
  const counts = new Map<string, number>();
  const own = new Map([
    ["Immediate", immediates],
    ["Timeout", timers],
  ]);
  for (const kind of atWorkOn()) {
    const left = own.get(kind) ?? 0;
    own.set(kind, left - 1);
    const word = words[kind];
    if (left <= 0 && word) counts.set(word, (counts.get(word) ?? 0) + 1);
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
