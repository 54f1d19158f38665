// How fast the finder is: a first look at a long file, and a look again after one keystroke in the middle of it.

import { Finder, findGenerators } from "../../src/finder";

const LINES = 10_000;
const COLD_ROUNDS = 15;
const KEYSTROKES = 400;

/** Reports finder.cold and finder.edit in milliseconds (medians), and how many times cheaper an edit is. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const text = longFile(LINES);
  const cold = median(Array.from({ length: COLD_ROUNDS }, () => time(() => findGenerators(text, "typescript"))));
  const edit = median(typing(text));
  report("finder.cold", cold, "ms");
  report("finder.edit", edit, "ms");
  report("finder.edit.ratio", cold / edit, "x");
}

/** The time of each keystroke while statements are typed into function bodies all over the file. */
function typing(text: string): number[] {
  const finder = new Finder("typescript");
  finder.update(text);
  const word = "\n\tconst typed = before + 1;";
  const times: number[] = [];
  let now = text;
  for (let stroke = 0; stroke < KEYSTROKES; stroke++) {
    const round = Math.floor(stroke / word.length);
    const anchor = `const anchor${(round * 97) % 500} = 0;`;
    const at = now.indexOf(anchor) + anchor.length + (stroke % word.length);
    const typed = word.charAt(stroke % word.length);
    now = now.slice(0, at) + typed + now.slice(at);
    const change = { fromA: at, toA: at, fromB: at, toB: at + 1 };
    times.push(time(() => finder.update(now, [change])));
  }
  return times;
}

/** Ordinary code: functions, classes, objects and statements, one generator in about 20 lines. */
function longFile(lines: number): string {
  const blocks = Array.from({ length: lines / 20 }, (_, n) => block(n));
  return blocks.join("");
}

function block(n: number): string {
  return `/** Counts to a limit, and tells how far it came. */
export function* counter${n}(limit: number, step = 1): Generator<number> {
	const anchor${n} = 0;
	for (let i = anchor${n}; i < limit; i += step) {
		if (i % 2 === 0) yield i;
		else console.log(\`skipped \${i} of \${limit}\`, { i, limit });
	}
}

class Worker${n} {
	constructor(private readonly id: number) {}
	total(values: number[]): number {
		return values.reduce((sum, value) => sum + value * this.id, 0);
	}
	label = () => \`worker \${this.id}\`;
}

const settings${n} = { name: "worker", sizes: [1, 2, 3], deep: { on: true } };
console.log(new Worker${n}(${n}).total(settings${n}.sizes));

`;
}

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
