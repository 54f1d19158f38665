/**
 * The parts of `npm test` and `npm run test:quick`, and the parts that each one needs.
 */

export interface Part {
  readonly name: string;
  /** The script in package.json. */
  readonly script: string;
  /** The parts that must have passed before this one. */
  readonly needs: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Plan {
  /** Run one after the other, with mocha using all processors. */
  readonly foreground: readonly Part[];
  /** Run one after the other, at the same time as the foreground. */
  readonly background: readonly Part[];
}

const lint: Part = { name: "lint", script: "lint", needs: [] };
const typecheck: Part = { name: "typecheck", script: "typecheck", needs: [] };
const unit: Part = { name: "unit", script: "test:unit", needs: [] };

/** All parts. Installing the tools is a background part, since it mostly waits for the network. */
export const everything: Plan = {
  foreground: [
    { name: "package", script: "package", needs: [] },
    unit,
    { name: "process", script: "test:process", needs: ["package"] },
    { name: "panel", script: "test:panel", needs: ["package", "obtain"] },
    { name: "vscode", script: "test:vscode", needs: ["package", "obtain"] },
    { name: "e2e", script: "test:e2e", needs: ["package", "obtain"] },
  ],
  background: [lint, typecheck, { name: "obtain", script: "test:obtain", needs: [] }],
};

/**
 * The most informative tests that run within a minute: no browser, one Python, the unit tests without those that try thousands of texts and
 * damaged files, and of the process tests those of the runners' requests and of a whole session.
 */
export const quick: Plan = {
  foreground: [
    { name: "build", script: "build", needs: [] },
    { name: "unit", script: "test:short", needs: [] },
    { name: "slice", script: "test:slice", needs: ["build"], env: { YIELDPOINT_PYTHONS: "default" } },
  ],
  background: [lint, typecheck],
};
