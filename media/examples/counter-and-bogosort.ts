// Two tasks that have nothing to do with each other, and still run "at the same time": each gives way at its `yield`.
// @tasks counter() bogosort([3, 1, 2])

/** Prints the seconds that have gone by, each once, and never returns. */
export function* counter(): Generator<undefined, never> {
  const start = Date.now();
  let shown = -1;
  while (true) {
    const seconds = Math.floor((Date.now() - start) / 1000);
    if (seconds > shown) {
      shown = seconds;
      console.log(`Elapsed: ${seconds}`);
    }
    yield;
  }
}

/** Shuffles until chance has sorted the list, and returns it. Ten numbers take about 3.6 million tries. */
export function* bogosort(unsorted: number[]): Generator<undefined, number[]> {
  const attempt = [...unsorted];
  let tries = 0;
  while (!isSorted(attempt)) {
    shuffle(attempt);
    tries += 1;
    yield;
  }
  return attempt;
}

/** So many different whole numbers in random order: `bogosort(randomNumbers(5))`. */
export function randomNumbers(count: number): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  shuffle(numbers);
  return numbers;
}

function isSorted(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || numbers[index - 1]! <= number);
}

/** Fisher and Yates: every order is equally likely. */
function shuffle(numbers: number[]): void {
  for (let last = numbers.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [numbers[last], numbers[other]] = [numbers[other]!, numbers[last]!];
  }
}
