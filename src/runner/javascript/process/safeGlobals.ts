/**
 * Replacements for the globals of these names throughout the runner's bundle, so that user code that replaces their functions
 * does not affect the wire.
 */
const { parse, stringify } = globalThis.JSON;
const { add, compareExchange, load, notify, store, wait } = globalThis.Atomics;

const json = { parse, stringify };
const atomics = { add, compareExchange, load, notify, store, wait };

export { atomics as Atomics, json as JSON };
