// The two tasks that are switched, bare and under the runner alike.
function* idler() {
  while (true) yield;
}

function* ticker() {
  let n = 0;
  while (true) yield n++ & 7;
}

module.exports = { idler, ticker };
