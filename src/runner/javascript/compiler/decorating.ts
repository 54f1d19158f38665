/**
 * Applies standard decorators with Babel's function. If `Symbol.metadata` does not exist, no metadata is provided, as in the
 * TypeScript compiler's output.
 */
import apply from "@babel/runtime/helpers/applyDecs2311";

type Decorator = (this: unknown, value: unknown, context: object) => unknown;

/** The decorators of a member, and the kind of the member as flags. */
type MemberDecorators = [decorators: unknown, flags: number, ...rest: unknown[]];

interface Applied {
  readonly e: unknown;
  readonly c: unknown;
}

/** The flag for decorators that are listed in pairs, each after the object that it is a method of. */
const inPairs = 16;

const applyDecs = apply as unknown as (...args: unknown[]) => Applied;

export function applyDecs2311(
  target: object,
  own: unknown[],
  members: MemberDecorators[],
  ownInPairs: number,
  ...rest: unknown[]
) {
  if ("metadata" in Symbol) return applyDecs(target, own, members, ownInPairs, ...rest);
  const plainMembers = members.map(([decorators, flags, ...more]) => [plain(decorators, (flags & inPairs) > 0), flags, ...more]);
  const applied = applyDecs(target, plain(own, ownInPairs > 0), plainMembers, ownInPairs, ...rest);
  forget(target);
  return {
    e: applied.e,
    get c() {
      const given = applied.c;
      if (Array.isArray(given)) forget(given[0]);
      return given;
    },
  };
}

function plain(decorators: unknown, arePairs: boolean): unknown {
  const all = Array.isArray(decorators) ? decorators : [decorators];
  return all.map((each, index) =>
    typeof each === "function" && (!arePairs || index % 2 === 1) ? withoutMetadata(each as Decorator) : each,
  );
}

function withoutMetadata(decorator: Decorator): Decorator {
  return function (value, context) {
    Object.assign(context, { metadata: undefined });
    return Reflect.apply(decorator, this, [value, context]);
  };
}

function forget(decorated: object): void {
  Reflect.deleteProperty(decorated, Symbol.for("Symbol.metadata"));
}
