/**
 * Replies to requests, which follow everything that was recorded before.
 */
import { failureOf, RequestError } from "../values/failures";
import type { Recorder } from "./recorder";

/** Sends the result of a request. */
export function reply(recorder: Recorder, id: number, result: unknown): void {
  recorder.send();
  recorder.wire.say({ id, ok: true, result });
  recorder.wire.flush();
}

/** Sends why a request fails. */
export function refuse(recorder: Recorder, id: number, error: unknown): void {
  recorder.send();
  const failure =
    error instanceof RequestError ? error.failure : failureOf("internal", error, { has: () => true, hasColumns: false });
  recorder.wire.say({ id, ok: false, error: failure });
  recorder.wire.flush();
}
