/** Slices that keep the processor busy, each with the same work. */
function* busy(slices) {
  let sum = 0;
  for (let slice = 0; slice < slices; slice += 1) {
    for (let at = 0; at < 2_000_000; at += 1) sum = (sum + at) | 0;
    yield sum;
  }
  return sum;
}

exports.busy = busy;
