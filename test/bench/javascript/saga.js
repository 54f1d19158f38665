// redux-saga: one saga that asks for the state again and again. Prints how many effects it is given in a second.
const { applyMiddleware, legacy_createStore: createStore } = require("redux");
const { default: createSagaMiddleware } = require("redux-saga");
const { select } = require("redux-saga/effects");

const effects = 5_000_000;

function* selects(count) {
  for (let n = 0; n < count; n += 1) yield select();
}

async function main() {
  const saga = createSagaMiddleware();
  createStore((state = { n: 0 }) => state, applyMiddleware(saga));
  await saga.run(selects, effects / 10).toPromise();
  const began = performance.now();
  await saga.run(selects, effects).toPromise();
  console.log((effects / (performance.now() - began)) * 1000);
}

void main();
