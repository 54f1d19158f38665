/**
 * The first exchange with a runner: its identity, and whether both sides speak the same protocol.
 */
import { type Answer, protocolVersion } from "../../protocol/runner";
import { RunnerFailedError, RuntimeTooOldError, UserCodeError } from "../common/errors";
import type { RunnerClient } from "./runnerClient";

/** Asks a runner what it is. @throws RuntimeTooOldError when the interpreter is too old */
export function greeted(client: RunnerClient): Promise<Answer<"hello">> {
  return client.request("hello", { protocol: protocolVersion }).catch(tooOld);
}

/** @throws RunnerFailedError when the runner is another version's */
export function mustSpeakTheSame({ protocol }: Answer<"hello">): void {
  if (protocol === protocolVersion) return;
  throw new RunnerFailedError(
    `The runner uses version ${protocol} of the protocol, the extension version ${protocolVersion}.`,
    "Install the extension again.",
  );
}

/** A runtime may be too old to run the runner, and still say so. */
function tooOld(error: Error): never {
  if (error instanceof UserCodeError && error.failure.code === "version")
    throw new RuntimeTooOldError(error.message, error.remedy);
  throw error;
}
