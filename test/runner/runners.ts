/**
 * The runners that the conformance suite holds to the contract. Another language is another entry, with the same
 * programs in its own words under `fixtures`.
 */
import { resolve } from "node:path";

export interface RunnerUnderTest {
  readonly language: string;
  readonly command: readonly string[];
  /** The folder of its programs. */
  readonly fixtures: string;
  readonly extension: string;
  /** How the language writes what the suite looks for. */
  readonly words: {
    readonly nothing: string;
    readonly makeWorker: string;
    readonly makeError: string;
    readonly madeError: string;
    readonly lengthOfLocal: string;
  };
}

const root = resolve(__dirname, "../..");

export const runners: readonly RunnerUnderTest[] = [
  {
    language: "javascript",
    command: [process.execPath, resolve(root, "dist/runner/javascript/main.js")],
    fixtures: resolve(root, "test/fixtures/runner/javascript"),
    extension: ".ts",
    words: {
      nothing: "undefined",
      makeWorker: 'new Worker("w")',
      makeError: 'new Error("thrown in")',
      madeError: "Error: thrown in",
      lengthOfLocal: "local.length",
    },
  },
];
