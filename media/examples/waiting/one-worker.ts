// One worker, one queue, one bucket for what is done. Nothing is shared, so nothing goes wrong: every request is served once, in the order
// of arrival. The worker waits while the queue is empty, and takes no steps meanwhile. Look at what it waits for after step 1.
// @tasks worker() customers()
import { channel, closed, type Task } from "cotasks";

const queue = channel<string>(undefined, "queue");
const done: string[] = [];

/** Serves the requests until the queue is closed and empty. */
export function* worker(): Task<string[]> {
  for (let request = yield queue.take(); request !== closed; request = yield queue.take()) {
    yield `serves ${request}`;
    done.push(request);
  }
  return done;
}

/** Five requests, and no more after that. */
export function* customers(): Task<void> {
  for (const request of ["a", "b", "c", "d", "e"]) yield queue.put(request);
  queue.close();
}
