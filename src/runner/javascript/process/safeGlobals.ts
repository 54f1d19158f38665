/**
 * Stand for the globals of these names everywhere in the runner's bundle, so that user code which replaces their functions
 * does not reach the wire.
 */
const { parse, stringify } = globalThis.JSON;
const { add, compareExchange, load, notify, store, wait } = globalThis.Atomics;

const json = { parse, stringify };
const atomics = { add, compareExchange, load, notify, store, wait };

export { atomics as Atomics, json as JSON };
