/**
 * Values and all that can be reached from them, as a text: two of one run are equal only if nothing can tell the values apart, whatever is
 * done with them. Where that cannot be said, it says what is hidden. No user code runs.
 */
import { types } from "node:util";
import { apply, getOwnPropertyDescriptor, getPrototypeOf, getterOf, isProxy, ownKeys } from "../../engine/intrinsics";
import { TaggedRequest } from "../../values/requests";
import type { Handles } from "./handles";
import { closed, open } from "./readers";

/** So many objects are looked at. */
const mostObjects = 20_000;

const functionText = Function.prototype.toString;
const { isExtensible } = Object;
const forEachEntry = Map.prototype.forEach;
const forEachItem = Set.prototype.forEach;
const sourceOf = getterOf(RegExp.prototype, "source");
const flagsOf = getterOf(RegExp.prototype, "flags");

const errors = [Error, TypeError, RangeError, SyntaxError, ReferenceError, AggregateError];
const makers = [Object, Function, Array, Map, Set, RegExp, ...errors];
const generatorFunction = getPrototypeOf(function* () {}) as object;
/** Objects of the runtime that are above the user's. It is taken for granted that they stay as they are. */
const known = new Map<object, number>(
  [
    ...makers,
    ...makers.map((maker) => maker.prototype as object),
    generatorFunction,
    getPrototypeOf(function* () {}.prototype) as object,
    TaggedRequest.prototype,
  ].map((object, number) => [object, number]),
);

export class HeapText {
  /** What cannot be seen, if anything was met of that kind. */
  hidden: string | undefined;
  /** What functions are known by: equal for those of the same source that see the same variables. Undefined for others. */
  readonly #functions = new WeakMap<object, string | undefined>();
  readonly #symbols = new Map<symbol, number>();
  #text = "";
  readonly #numbers = new Map<object, number>();
  #objects: object[] = [];

  /** @param taskOf the number of the task that a generator is @param handles what the package `cotasks` has made */
  constructor(
    readonly taskOf: (generator: object) => number,
    readonly handles: Handles,
  ) {}

  /** Begins a text. */
  begin(): void {
    this.hidden = undefined;
    this.#text = "";
    this.#numbers.clear();
    this.#objects = [];
  }

  /** A function or class that is known to have no variables but those of modules. @param place where it is declared, as a text */
  fixed(value: unknown, place: string): void {
    if (typeof value === "function" && !this.#functions.has(value)) this.#functions.set(value, place);
  }

  /** Adds to the text. */
  add(text: string): void {
    this.#text += `${text};`;
  }

  value(value: unknown): void {
    switch (typeof value) {
      case "string":
        this.add(`"${value.length}:${value}`);
        return;
      case "symbol":
        this.add(`@${this.#numberOfSymbol(value)}`);
        return;
      case "bigint":
        this.add(`${value}n`);
        return;
      case "number":
        this.add(Object.is(value, -0) ? "-0" : `${value}`);
        return;
      case "function":
        this.#reference(value);
        return;
      case "object":
        if (value !== null) {
          this.#reference(value);
          return;
        }
    }
    this.add(`${value}`);
  }

  /** The text, with all objects that were met; undefined if something is hidden. */
  end(): string | undefined {
    for (let at = 0; at < this.#objects.length && this.hidden === undefined; at += 1) this.#object(this.#objects[at] as object);
    if (this.#objects.length > mostObjects) this.hidden ??= `more than ${mostObjects.toLocaleString("en-US")} objects`;
    return this.hidden === undefined ? this.#text : undefined;
  }

  #reference(object: object): void {
    const builtIn = known.get(object);
    if (builtIn !== undefined) {
      this.add(`!${builtIn}`);
      return;
    }
    const ofPackage = this.handles.classOf(object);
    if (ofPackage !== undefined) {
      this.add(`?${ofPackage}`);
      return;
    }
    let number = this.#numbers.get(object);
    if (number === undefined) {
      number = this.#objects.push(object) - 1;
      this.#numbers.set(object, number);
    }
    this.add(`#${number}`);
  }

  #object(object: object): void {
    const handle = this.handles.textOf(object);
    if (handle !== undefined) this.add(handle);
    else if (isProxy(object)) this.hidden = "a proxy";
    else if (TaggedRequest.isOne(object)) this.#request(object);
    else if (typeof object === "function") this.#function(object);
    else if (types.isGeneratorObject(object)) this.#generator(object);
    else if (isOpaque(object)) this.hidden = `an object of the class ${kindOf(object)}`;
    else this.#plain(object);
    if (this.hidden !== undefined || types.isGeneratorObject(object)) return;
    const prototype = getPrototypeOf(object);
    if (prototype === null) this.add("null");
    else this.#reference(prototype);
    if (!isExtensible(object)) this.add("fixed");
    for (const key of ownKeys(object)) this.#property(object, key);
  }

  #plain(object: object): void {
    if (Array.isArray(object)) this.add("[");
    else if (types.isMap(object)) {
      this.add("map");
      apply(forEachEntry, object, [
        (value: unknown, key: unknown) => {
          this.value(key);
          this.value(value);
        },
      ]);
    } else if (types.isSet(object)) {
      this.add("set");
      apply(forEachItem, object, [(item: unknown) => this.value(item)]);
    } else if (types.isRegExp(object)) this.value(`${apply(sourceOf, object, [])}/${apply(flagsOf, object, [])}`);
    else this.add("{");
  }

  #generator(object: object): void {
    const task = this.taskOf(object);
    if (task < 0) this.hidden = "a generator that is no task";
    else this.add(`task ${task}`);
  }

  /** A request that was not yielded yet, or that was: it can be yielded once. */
  #request(request: TaggedRequest): void {
    const { operation, object, value, parts = [], owner } = request;
    this.add(`request ${operation} ${object} ${owner ? "new" : "used"}`);
    this.value(value);
    for (const part of parts) this.value(part);
  }

  #function(fn: object): void {
    if (!this.#functions.has(fn)) this.#functions.set(fn, closedPlace(apply(functionText, fn, []) as string));
    const place = this.#functions.get(fn);
    if (place === undefined) this.hidden = "a function with variables of its own, or of a package";
    this.add(`function ${place}`);
  }

  #property(object: object, key: PropertyKey): void {
    if (key === "stack" && types.isNativeError(object)) return;
    const property = getOwnPropertyDescriptor(object, key) as PropertyDescriptor;
    const flags = Number(property.writable ?? false) + 2 * Number(property.enumerable) + 4 * Number(property.configurable);
    this.value(key);
    if (flags !== 7) this.add(`${flags}`);
    if ("value" in property) this.value(property.value);
    else {
      this.value(property.get);
      this.value(property.set);
    }
  }

  #numberOfSymbol(symbol: symbol): number {
    const number = this.#symbols.get(symbol) ?? this.#symbols.size;
    this.#symbols.set(symbol, number);
    return number;
  }
}

/** Whether an object has something inside that its properties do not show. */
function isOpaque(object: object): boolean {
  return (
    types.isDate(object) ||
    types.isPromise(object) ||
    types.isWeakMap(object) ||
    types.isWeakSet(object) ||
    types.isBoxedPrimitive(object) ||
    types.isArgumentsObject(object) ||
    types.isMapIterator(object) ||
    types.isSetIterator(object) ||
    types.isAnyArrayBuffer(object) ||
    ArrayBuffer.isView(object) ||
    types.isModuleNamespaceObject(object) ||
    types.isExternal(object)
  );
}

function kindOf(object: object): string {
  return (apply(Object.prototype.toString, object, []) as string).slice(8, -1);
}

/** The number of a function without variables of its own, by the mark in its text; undefined for others. */
function closedPlace(text: string): string | undefined {
  const at = text.indexOf(closed);
  const opened = text.indexOf(open);
  if (text.startsWith("class") || at < 0 || (opened >= 0 && opened < at)) return undefined;
  return /^\d+/.exec(text.slice(at + closed.length))?.[0];
}
