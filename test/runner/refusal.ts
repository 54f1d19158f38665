/** Helpers for requests that must fail. */
import assert from "node:assert/strict";
import type { Failure } from "../../src/protocol/runner";
import { Refused } from "./client";

/** The error of a request. The test fails if the request succeeds. */
export async function refusal(request: Promise<unknown>): Promise<Failure> {
  const error: unknown = await request.then(
    () => new Error("It was not refused."),
    (thrown) => thrown,
  );
  if (error instanceof Refused) return error.failure;
  assert.fail(error as Error);
}
