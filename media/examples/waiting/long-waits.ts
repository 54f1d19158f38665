// Long waits beside work for the processor. The work is done in a few steps; both downloads take an hour, and wait for most of it. The waits
// pass side by side: an hour, not two. In virtual time the hour passes in a moment, and the same way every time. Without it, pass a shorter
// wait, as in `download("news", 500)`.
// @tasks download("news") download("films") primes(50)
import { now, sleep, type Task } from "cotasks";

const minute = 60_000;

/** Waits for three parts. @param wait how long each takes, in milliseconds */
export function* download(name: string, wait = 20 * minute): Task<string> {
  const begin = now();
  for (let part = 1; part <= 3; part += 1) {
    yield sleep(wait);
    yield `${name}: part ${part}`;
  }
  return `${name} after ${Math.round((now() - begin) / minute)} minutes`;
}

/** Never waits: one step for each prime. */
export function* primes(last: number): Task<number> {
  let count = 0;
  for (let number = 2; number <= last; number += 1) {
    if (hasDivisor(number)) continue;
    count += 1;
    yield number;
  }
  return count;
}

function hasDivisor(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return true;
  return false;
}
