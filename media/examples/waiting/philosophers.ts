// The dining philosophers: five seats, five forks, and each needs two of them. All take the fork on their left first. In turn, each gets
// one fork and waits for the next: a cycle of five. The orderly ones take the fork with the lower number first: that breaks the cycle, and
// all five eat.
// @tasks philosopher(1) philosopher(2) philosopher(3) philosopher(4) philosopher(5)
// @tasks orderly(1) orderly(2) orderly(3) orderly(4) orderly(5)
import { type Mutex, mutex, type Task } from "cotasks";

const forks = [1, 2, 3, 4, 5].map((number) => mutex(`fork ${number}`));

/** Takes the fork on the left, then the one on the right. */
export function* philosopher(seat: number): Task<string> {
  return yield* dine(seat, forks[seat - 1], forks[seat % 5]);
}

/** Takes the fork with the lower number, then the other one. */
export function* orderly(seat: number): Task<string> {
  return yield* dine(seat, forks[seat === 5 ? 0 : seat - 1], forks[seat === 5 ? 4 : seat]);
}

function* dine(seat: number, one: Mutex, other: Mutex): Task<string> {
  using _first = yield one.acquire();
  using _second = yield other.acquire();
  yield "eats";
  return `seat ${seat} has eaten`;
}
