// Producer and consumer over a channel with room for two. Nobody asks again and again whether there is room: the channel makes the
// consumer wait while it is empty, and the producer while it is full. Look at step 1, and for the first step in which the producer waits.
// @tasks consumer() producer()
import { channel, closed, type Task } from "cotasks";

const parcels = channel<number>(2, "parcels");

/** Opens one parcel after the other, until there are no more. */
export function* consumer(): Task<number[]> {
  const opened: number[] = [];
  for (let parcel = yield parcels.take(); parcel !== closed; parcel = yield parcels.take()) {
    yield `opens parcel ${parcel}`;
    opened.push(parcel);
  }
  return opened;
}

/** Six parcels. Closing the channel tells the consumer that there are no more. */
export function* producer(): Task<void> {
  for (let parcel = 1; parcel <= 6; parcel += 1) yield parcels.put(parcel);
  parcels.close();
}
