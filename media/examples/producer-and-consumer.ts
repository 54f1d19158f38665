// A bounded buffer between two tasks. Nobody locks anything: between two yields a task has the buffer to itself.
// @tasks producer() consumer()

const capacity = 3;
const buffer: string[] = [];

/** Puts parcels into the buffer, and gives way whenever it is full. */
export function* producer(): Generator<string, string> {
  for (let number = 1; number <= 6; number += 1) {
    while (buffer.length === capacity) yield "waits: the buffer is full";
    buffer.push(`parcel ${number}`);
    yield `made parcel ${number}, ${buffer.length} in the buffer`;
  }
  return "all parcels made";
}

/** Takes six parcels out, and gives way whenever there is none. */
export function* consumer(): Generator<string, string[]> {
  const taken: string[] = [];
  while (taken.length < 6) {
    const parcel = buffer.shift();
    if (parcel === undefined) {
      yield "waits: the buffer is empty";
      continue;
    }
    taken.push(parcel);
    yield `took ${parcel}, ${buffer.length} in the buffer`;
  }
  return taken;
}
