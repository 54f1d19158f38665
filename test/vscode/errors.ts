// Errors of the VS Code harness, for a person at a terminal: what the machine lacks, and a remedy.

/** The base class of these errors, so that a script can print the message without a stack. */
export class HarnessError extends Error {
  constructor(message: string, remedy: string) {
    super(`${message}\n${remedy}`);
    this.name = new.target.name;
  }
}

export class UnsupportedPlatformError extends HarnessError {
  constructor(platform: string) {
    super(
      `A served VS Code cannot be installed on ${platform}.`,
      "Install the desktop VS Code and put its `code` command on PATH.",
    );
  }
}

export class MissingPackagesError extends HarnessError {
  constructor(packages: readonly string[]) {
    super(
      `These system packages are missing: ${packages.join(", ")}.`,
      `On Debian or Ubuntu: apt-get install -y --no-install-recommends ${packages.join(" ")}`,
    );
  }
}

export class CommandFailedError extends HarnessError {
  constructor(command: string, code: number | string, log: string) {
    super(`\`${command}\` ended with ${code}.`, `Its output is in ${log}.`);
  }
}

export class ServerStartError extends HarnessError {
  constructor(code: number | string, log: string) {
    super(`VS Code's server did not start (${code}).`, `Its log is ${log}.`);
  }
}

export class NoTestsError extends HarnessError {
  constructor(folder: string) {
    super("No test ran inside VS Code.", `Check that ${folder} has *.test.ts files with at least one \`it\`.`);
  }
}

export class DownloadError extends HarnessError {
  constructor(cause: unknown) {
    super(
      `VS Code could not be downloaded: ${cause instanceof Error ? cause.message : cause}`,
      "Run `npm test` instead: it runs the same suites in a served VS Code from npm.",
    );
  }
}
