import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the extension in VS Code", () => {
  it("is known to the editor by its identifier", () => {
    assert.ok(vscode.extensions.getExtension("yieldpoint.yieldpoint"));
  });
});
