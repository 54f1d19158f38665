import assert from "node:assert/strict";
import { files, limits } from "../../../build/packaged";
import { faultsOf } from "../../../build/packageFaults";

describe("a package", () => {
  it("is valid if it has the listed files within their size limits", () => {
    assert.deepEqual(faultsOf({ names: files, kilobytes: limits }), []);
  });

  it("must not contain a file that is not listed", () => {
    const [fault = "", ...others] = faultsOf({ names: [...files, "dist/notes.txt"], kilobytes: limits });
    assert.match(fault, /^dist\/notes\.txt is in the package but not in build\/packaged\.ts\. List it there/);
    assert.deepEqual(others, []);
  });

  it("must hold every file that is listed", () => {
    const [gone = "", ...rest] = files;
    const [fault = "", ...others] = faultsOf({ names: rest, kilobytes: limits });
    assert.ok(fault.startsWith(`${gone} is in build/packaged.ts but not in the package.`));
    assert.deepEqual(others, []);
  });

  for (const [name, what] of [
    ["extension", "What VS Code loads when it starts the extension takes 200.1 KB, but the limit is 200.0 KB"],
    ["session", "What every session loads takes 260.1 KB, but the limit is 260.0 KB"],
    ["package", "The package takes 1228.9 KB, but the limit is 1228.8 KB"],
  ] as const) {
    it(`must not exceed its size limit: ${name}`, () => {
      const [fault = "", ...others] = faultsOf({ names: files, kilobytes: { ...limits, [name]: limits[name] + 0.1 } });
      assert.ok(fault.startsWith(what), fault);
      assert.deepEqual(others, []);
    });
  }
});
