/**
 * Copies of globals, which replace them throughout the runner's bundle. If user code changes their functions, the wire is not
 * affected.
 */
const { parse, stringify } = globalThis.JSON;
const { add, compareExchange, load, notify, store, wait } = globalThis.Atomics;

const json = { parse, stringify };
const atomics = { add, compareExchange, load, notify, store, wait };

export { atomics as Atomics, json as JSON };
