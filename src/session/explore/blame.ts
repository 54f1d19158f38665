/**
 * Which part of a search cannot be set up: the runner says what is wrong, but not in which call or expression, so each is asked for alone.
 */
import type { ExploreFields } from "../../protocol/explore";
import { CallError, UserCodeError } from "../common/errors";

/** @returns the error with the call or the expression that causes it; the error itself if none does alone */
export async function blamed(
  error: UserCodeError,
  fields: ExploreFields,
  explore: (fields: ExploreFields) => Promise<unknown>,
): Promise<UserCodeError> {
  const { check, invariant, ...others } = fields;
  const bare = { ...others, watches: [] };
  const causes = async (part: ExploreFields): Promise<UserCodeError | undefined> => {
    try {
      await explore(part);
    } catch (cause) {
      if (cause instanceof UserCodeError) return cause;
      throw cause;
    }
    return undefined;
  };
  for (const call of fields.calls) {
    const cause = await causes({ ...bare, calls: [call] });
    if (cause) return new CallError(call.call, cause.failure);
  }
  for (const [what, text, part] of [
    ["check", check, check === undefined ? {} : { check }],
    ["invariant", invariant, invariant === undefined ? {} : { invariant }],
    ...fields.watches.map((watch) => ["watch", watch, { watches: [watch] as string[] }] as const),
  ] as const) {
    const cause = text === undefined ? undefined : await causes({ ...bare, ...part });
    if (cause)
      return new UserCodeError({ ...cause.failure, message: `The ${what} ${text} cannot be read: ${cause.failure.message}` });
  }
  return error;
}
