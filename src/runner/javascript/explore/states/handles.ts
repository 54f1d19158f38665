/**
 * The objects of the package `cotasks`, which show nothing of what is in them: handles of resources and tasks, held locks, and their
 * prototypes. They are noted when they are made. What a resource contains is known to the engine.
 */
import { getOwnPropertyDescriptor, getPrototypeOf } from "../../engine/intrinsics";

/** The global symbol under which the package publishes its error classes. */
const errors = Symbol.for("cotasks.errors");

export class Handles {
  readonly #texts = new WeakMap<object, string>();
  /** Prototypes and classes of the package, by number. It is taken for granted that they stay as they are. */
  readonly #classes = new Map<object, number>();
  /** The prototypes of the generators that hold a lock. */
  readonly #holding = new WeakSet<object>();

  constructor() {
    const known = (globalThis as Record<symbol, unknown>)[errors] ?? {};
    for (const made of Object.values(known) as { readonly prototype: object }[]) {
      this.#class(made);
      this.#class(made.prototype);
    }
  }

  /** A resource was made. @param held what a task gets that acquires it */
  resource(number: number, resource: unknown, held: unknown): void {
    this.#note(resource, `resource ${number}`);
    this.#note(held, `held ${number}`);
  }

  /** A task was spawned. */
  task(number: number, handle: unknown): void {
    this.#note(handle, `handle ${number}`);
  }

  /** What an object stands for; undefined if it is none of these. */
  textOf(object: object): string | undefined {
    return this.#texts.get(object);
  }

  /** The number of a prototype or a class of the package; undefined for others. */
  classOf(object: object): number | undefined {
    return this.#classes.get(object);
  }

  /** Whether a generator is one that holds a lock while another runs. */
  isHolding(generator: object): boolean {
    return this.#holding.has(getPrototypeOf(generator) as object);
  }

  #note(object: unknown, text: string): void {
    if (typeof object !== "object" || object === null) return;
    this.#texts.set(object, text);
    for (
      let at = getPrototypeOf(object) as object | null;
      at && at !== Object.prototype;
      at = getPrototypeOf(at) as object | null
    )
      this.#class(at);
  }

  #class(object: object): void {
    if (this.#classes.has(object)) return;
    this.#classes.set(object, this.#classes.size);
    const hold = getOwnPropertyDescriptor(object, "hold")?.value as { readonly prototype?: object } | undefined;
    if (hold?.prototype) this.#holding.add(hold.prototype);
  }
}
