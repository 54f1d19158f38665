/** What a test looks for where a request must not succeed. */
import assert from "node:assert/strict";
import type { Failure } from "../../src/protocol/runner";
import { Refused } from "./client";

/** What a request is refused with; it fails the test when the request is granted. */
export async function refusal(request: Promise<unknown>): Promise<Failure> {
  const error: unknown = await request.then(
    () => new Error("It was not refused."),
    (thrown) => thrown,
  );
  if (error instanceof Refused) return error.failure;
  assert.fail(error as Error);
}
