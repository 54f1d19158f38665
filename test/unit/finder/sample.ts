// A module with generators of every kind, in pieces that are complete by themselves.

/** Pieces of a TypeScript module; joined they are one. */
export const PIECES: readonly string[] = [
  `import { sleep } from "./time";
`,
  `/** Counts for ever. */
export function* counter() {
  for (let n = 0; ; n++) {
    yield \`\${n} of many\`;
  }
}
`,
  `/** Sorts, in the end. */
function* bogosort(unsorted: number[], tries = Infinity) {
  while (tries-- > 0) yield unsorted;
  return unsorted;
}
`,
  `const settings = { name: "it's", pattern: /[/"]+/g, text: \`a \${1 + 1} b\` };
`,
  `const countdown = function* (from: number) {
  while (from > 0) yield from--;
};
`,
  `/** A class. */
class Worker {
  static *all() {
    yield new Worker(1);
  }
  constructor(private readonly id: number) {}
  *run(count: number) {
    yield this.id + count;
  }
  *[Symbol.iterator]() {
    yield 1;
  }
}
`,
  `const tasks = {
  *blink() {
    yield true;
  },
  deep: {
    beat: function* () {
      yield "beat";
    },
  },
};
`,
  `async function* ticks() {
  await sleep(1);
}
`,
  `if (settings.name) {
  console.log(\`\${settings.name}\`, ticks);
}
`,
  `export default function* last() {
  yield* counter();
}
`,
];

export const SAMPLE = PIECES.join("\n");
