// The speed of the finder: for a long file that it has not seen before, and after one keystroke in the middle of it.

import { Finder, findGenerators, type Language } from "../../src/finder";

export const figures = ["finder."];

const LINES = 10_000;
const COLD_ROUNDS = 15;
const KEYSTROKES = 400;

/** Ordinary code in a language, and what is typed into it. */
interface Subject {
  language: Language;
  /** The prefix of the figures: finder.cold, finder.py.cold. */
  prefix: string;
  /** Twenty lines of code, with a place for typing. */
  block(n: number): string;
  /** The line of a block after which text is typed. */
  anchor(n: number): string;
  typed: string;
}

/** Reports finder.cold and finder.edit in milliseconds (medians), and by which factor an edit is cheaper. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const subject of [typescript, python]) {
    const { language, prefix, block } = subject;
    const text = Array.from({ length: LINES / 20 }, (_, n) => block(n)).join("");
    const cold = median(Array.from({ length: COLD_ROUNDS }, () => time(() => findGenerators(text, language))));
    const edit = median(typing(text, subject));
    report(`${prefix}.cold`, cold, "ms");
    report(`${prefix}.edit`, edit, "ms");
    report(`${prefix}.edit.ratio`, cold / edit, "x");
  }
}

/** The time of each keystroke while statements are typed into function bodies throughout the file. */
function typing(text: string, { language, anchor, typed: words }: Subject): number[] {
  const finder = new Finder(language);
  finder.update(text);
  const times: number[] = [];
  let now = text;
  for (let stroke = 0; stroke < KEYSTROKES; stroke++) {
    const round = Math.floor(stroke / words.length);
    const after = anchor((round * 97) % (LINES / 20));
    const at = now.indexOf(after) + after.length + (stroke % words.length);
    const typed = words.charAt(stroke % words.length);
    now = now.slice(0, at) + typed + now.slice(at);
    const change = { fromA: at, toA: at, fromB: at, toB: at + 1 };
    times.push(time(() => finder.update(now, [change])));
  }
  return times;
}

/** Ordinary code: functions, classes, objects and statements, with one generator in about 20 lines. */
const typescript: Subject = {
  language: "typescript",
  prefix: "finder",
  anchor: (n) => `const anchor${n} = 0;`,
  typed: "\n\tconst typed = before + 1;",
  block: (n) => `/** Counts to a limit, and tells how far it came. */
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

`,
};

/** The same in Python. */
const python: Subject = {
  language: "python",
  prefix: "finder.py",
  anchor: (n) => `anchor${n} = 0`,
  typed: "\n    typed = before + 1",
  block: (n) => `def counter${n}(limit: int, step: int = 1) -> Iterator[int]:
    """Counts to a limit, and tells how far it came."""
    anchor${n} = 0
    for i in range(anchor${n}, limit, step):
        if i % 2 == 0:
            yield i
        else:
            print(f"skipped {i} of {limit}", {"i": i, "limit": limit})

class Worker${n}:
    def __init__(self, id):
        self.id = id

    def total(self, values: list[int]) -> int:
        return sum(value * self.id for value in values)

    label = property(lambda self: f"worker {self.id}")

settings${n} = {"name": "worker", "sizes": [1, 2, 3], "deep": {"on": True}}
print(Worker${n}(${n}).total(settings${n}["sizes"]))
`,
};

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
