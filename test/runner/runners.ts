/**
 * The runners that the conformance suite tests against the contract. Another language needs another entry, and the same programs
 * under `fixtures`.
 */
import { resolve } from "node:path";
import { defaultPython, isSupported, type Python, pythons } from "./pythons";

export interface RunnerUnderTest {
  readonly language: string;
  /** The language, with the version if there are several. */
  readonly name: string;
  readonly command: readonly string[];
  /** The folder of its programs. */
  readonly fixtures: string;
  readonly extension: string;
  readonly words: Words;
}

/** The language's notation for what the suite expects. */
export interface Words {
  readonly nothing: string;
  readonly makeWorker: string;
  readonly makeError: string;
  readonly madeError: string;
  readonly lengthOfLocal: string;
  /** A text of 100,000 characters: the numbers below 20000, each with five digits. */
  readonly longText: string;
  readonly delegate: string;
  readonly walkTree: string;
  readonly walker: string;
  /** The function that makes an iterator from an iterable. */
  readonly iteration: RegExp;
  /** The preview of a text that contains no quotes. */
  quoted(text: string): string;
}

const root = resolve(__dirname, "../..");

const javascript: RunnerUnderTest = {
  language: "javascript",
  name: "javascript",
  command: [process.execPath, resolve(root, "dist/runner/javascript/main.js")],
  fixtures: resolve(root, "test/fixtures/runner/javascript"),
  extension: ".ts",
  words: {
    nothing: "undefined",
    makeWorker: 'new Worker("w")',
    makeError: 'new Error("thrown in")',
    madeError: "Error: thrown in",
    lengthOfLocal: "local.length",
    longText: 'Array.from({ length: 20000 }, (_, at) => String(at).padStart(5, "0")).join("")',
    delegate: "yield*",
    walkTree: "tree()[Symbol.iterator]()",
    walker: "Tree[Symbol.iterator]",
    iteration: /Symbol\.iterator/,
    quoted: (text) => `"${text}"`,
  },
};

function python({ executable, version }: Python): RunnerUnderTest {
  return {
    language: "python",
    name: `python ${version}`,
    command: [executable, "-B", resolve(root, "dist/runner/python/main.py")],
    fixtures: resolve(root, "test/fixtures/runner/python"),
    extension: ".py",
    words: {
      nothing: "None",
      makeWorker: 'Worker("w")',
      makeError: 'Exception("thrown in")',
      madeError: "Exception('thrown in')",
      lengthOfLocal: "len(local)",
      longText: '"".join("%05d" % at for at in range(20000))',
      delegate: "yield from",
      walkTree: "iter(tree)",
      walker: "Tree.__iter__",
      iteration: /iter\(/,
      quoted: (text) => `'${text}'`,
    },
  };
}

const usable = pythons.filter(isSupported);

/** The oldest and the newest Python, and the one called `python3`: they show the differences between versions. */
const telling = [usable[0], usable.at(-1), defaultPython].map((each) => each?.executable);

/** JavaScript, and every Python on this machine. */
export const everyRunner: readonly RunnerUnderTest[] = [javascript, ...usable.map(python)];

/** JavaScript, and the Pythons that show the differences, for slow tests. */
export const runners: readonly RunnerUnderTest[] = [
  javascript,
  ...usable.filter(({ executable }) => telling.includes(executable)).map(python),
];

/** For what is the same on all versions. */
export const onePerLanguage: readonly RunnerUnderTest[] = [...new Map(runners.map((each) => [each.language, each])).values()];

/** Pythons that cannot run tasks. */
export const tooOld: readonly RunnerUnderTest[] = pythons.filter((each) => !isSupported(each)).map(python);
