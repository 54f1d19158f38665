/**
 * What `npm test` and `npm run test:quick` are made of, and what has to be there before each part.
 */

export interface Part {
  readonly name: string;
  /** The script of package.json. */
  readonly script: string;
  /** The parts that must have succeeded. */
  readonly needs: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Plan {
  /** One after the other, each with all processors. */
  readonly foreground: readonly Part[];
  /** Meanwhile, one after the other. */
  readonly background: readonly Part[];
}

const lint: Part = { name: "lint", script: "lint", needs: [] };
const typecheck: Part = { name: "typecheck", script: "typecheck", needs: [] };
const unit: Part = { name: "unit", script: "test:unit", needs: [] };

/** Everything. What is obtained waits more for the network than for a processor. */
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

/** What tells most in a minute: no browser, one Python, and of the processes those suites that touch everything once. */
export const quick: Plan = {
  foreground: [
    { name: "build", script: "build", needs: [] },
    unit,
    { name: "slice", script: "test:slice", needs: ["build"], env: { YIELDPOINT_PYTHONS: "default" } },
  ],
  background: [lint, typecheck],
};
