/**
 * The first exchange with a runner: its identity, and whether it uses the same version of the protocol.
 */
import { type Answer, protocolVersion } from "../../protocol/runner";
import { RunnerFailedError, RuntimeTooOldError, UserCodeError } from "../common/errors";
import type { RunnerClient } from "./runnerClient";

/** Asks a runner for its identity. @throws RuntimeTooOldError if the interpreter is too old */
export function greeted(client: Pick<RunnerClient, "request">): Promise<Answer<"hello">> {
  return client.request("hello", { protocol: protocolVersion }).catch(tooOld);
}

/** @throws RunnerFailedError if the runner is from another version of the extension */
export function mustSpeakTheSame({ protocol }: Answer<"hello">): void {
  if (protocol === protocolVersion) return;
  throw new RunnerFailedError(
    `The runner uses version ${protocol} of the protocol, the extension version ${protocolVersion}.`,
    "Reinstall the extension.",
  );
}

/** A runtime that is too old to run the runner can still answer with this error. */
function tooOld(error: Error): never {
  if (error instanceof UserCodeError && error.failure.code === "version")
    throw new RuntimeTooOldError(error.message, error.remedy);
  throw error;
}
