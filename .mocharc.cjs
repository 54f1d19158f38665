// How every test file is run: `npx mocha FILE` for one of them, `--parallel` for many.
const { availableParallelism } = require("node:os");

module.exports = {
  "node-option": ["import=tsx"],
  require: ["./test/hooks.ts"],
  extension: ["ts"],
  // Ends what hangs. It is no bound on how long a test takes, which on a busy machine may be many times as long.
  timeout: 120_000,
  exit: false,
  // Files share nothing but the build: what one of them needs it makes for itself, in folders of its own.
  // Some of them have a VS Code and a browser each, which takes memory: hence a bound.
  jobs: Math.min(availableParallelism(), 4),
};
