/** The calls of async functions whose code was made a generator, at run time. Only an observed program has them. */
import { apply, create, resume, TheProxy } from "../engine/intrinsics";
import { lastPoint } from "./pointMarks";

/** Resumes the generator of a call. */
type Resumer = (run: AsyncRun) => IteratorResult<unknown>;

/** A method of generators. */
type Method = (this: unknown, value?: unknown) => IteratorResult<unknown>;

const methods = resume as Readonly<Record<keyof typeof resume, Method>>;

let resumer: Resumer = ({ generator, method, argument }) => apply(method, generator, [argument]);

/** From now on, generators of async functions are resumed by this function. */
export function whenResumed(by: Resumer): void {
  resumer = by;
}

/** One call of an async function. Stacks show neither its methods that run code of the program, nor the function that calls them. */
export class AsyncRun {
  /** What it awaits or, in the end, has returned. */
  value: unknown = undefined;
  /** The number of the `await` at which it is suspended; 0 if it is unknown. */
  point = 0;
  method: Method = methods.next;
  /** What its generator is resumed with. */
  argument: unknown = undefined;

  constructor(readonly generator: object) {}

  /** Begins a call. An arrow function gives its parameters before the first optional one, and all others. */
  static drive(fn: () => object, receiver: unknown, given: ArrayLike<unknown>, others?: ArrayLike<unknown>): AsyncRun {
    return new AsyncRun(apply(fn, receiver, others ? joined(given, others) : given));
  }

  /** Runs it up to the next `await`. @returns whether there is one */
  goesOn(): boolean {
    const { done, value } = resumer(this);
    this.value = value;
    this.point = lastPoint();
    return !done;
  }

  fulfilled(value: unknown): void {
    this.method = methods.next;
    this.argument = value;
  }

  rejected(reason: unknown): void {
    this.method = methods.throw;
    this.argument = reason;
  }
}

/** Without a prototype, it cannot be influenced by what the program does to arrays. */
function joined(first: ArrayLike<unknown>, second: ArrayLike<unknown>): ArrayLike<unknown> {
  const all = create(null) as { length: number; [index: number]: unknown };
  all.length = first.length + second.length;
  for (let at = 0; at < all.length; at += 1) all[at] = at < first.length ? first[at] : second[at - first.length];
  return all;
}

/** A prototype for an object whose methods are to have the `super` of another one. */
export function superOf(
  read: (key: string | symbol) => unknown,
  write: (key: string | symbol, value: unknown) => unknown,
): object {
  return new TheProxy(create(null) as object, {
    get: (_, key) => read(key),
    set(_, key, value) {
      write(key, value);
      return true;
    },
  });
}
