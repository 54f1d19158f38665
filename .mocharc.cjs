// How every test file is run: `npx mocha FILE` for one of them, `--parallel` for many.
const { availableParallelism } = require("node:os");

module.exports = {
  "node-option": ["import=tsx"],
  require: ["./test/hooks.ts"],
  extension: ["ts"],
  timeout: 20_000,
  exit: false,
  // Files share nothing but the build: what one of them needs it makes for itself, in folders of its own.
  jobs: availableParallelism(),
};
