import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { commandIds } from "../../src/editor/commandIds";
import { extension } from "./host";

const manifest = extension().packageJSON;
const { commands, menus, keybindings, colors, configuration } = manifest.contributes;
const ids: string[] = commands.map(({ command }: { command: string }) => command);

describe("the manifest", () => {
  it("has the commands that the extension registers, and no other", async () => {
    await extension().activate();
    const registered = (await vscode.commands.getCommands(true)).filter((id) => ids.includes(id));
    assert.deepEqual(registered.sort(), [...ids].sort());
    assert.deepEqual([...ids].sort(), Object.values(commandIds).sort());
  });

  it("gives every command the same category, a title and an icon", () => {
    for (const { command, category, title, icon } of commands) {
      assert.equal(category, "Cooperative Tasks", command);
      assert.ok(title && icon, command);
    }
  });

  it("offers in the palette only what is possible", () => {
    const withWhen = menus.commandPalette.map(({ command, when }: { command: string; when: string }) => when && command);
    assert.deepEqual([...withWhen, commandIds.showPanel, commandIds.runSetup].sort(), [...ids].sort());
  });

  it("is packaged with the licences of all bundled packages", async () => {
    const licences = await readFile(path.join(extension().extensionPath, "dist/LICENCES.txt"), "utf8");
    for (const name of ["@lezer/lr", "@lezer/python", "@vscode/codicons", "jiti", "preact", "valibot"]) {
      assert.match(licences, new RegExp(`^${name}$`, "m"));
    }
  });

  it("has keybindings only while the panel has the focus", () => {
    assert.ok(keybindings.length > 0);
    for (const { command, when } of keybindings) {
      assert.ok(ids.includes(command), command);
      assert.match(when, /yieldpoint\.panelFocused/, command);
    }
  });

  it("describes every setting, with a default of the right type", () => {
    for (const [name, { description, markdownDescription, default: value, type }] of settings()) {
      assert.ok(description ?? markdownDescription, name);
      assert.equal(Array.isArray(value) ? "array" : typeof value, type === "integer" ? "number" : type, name);
      assert.ok(vscode.workspace.getConfiguration().has(name), name);
    }
  });

  it("has a colour for each of twelve tasks in all four kinds of theme", () => {
    const names = colors.map(({ id }: { id: string }) => id);
    assert.deepEqual(
      names,
      Array.from({ length: 12 }, (_, index) => `yieldpoint.task${index + 1}`),
    );
    for (const { id, defaults } of colors) {
      assert.deepEqual(Object.keys(defaults).sort(), ["dark", "highContrast", "highContrastLight", "light"], id);
    }
  });

  it("is type-checked against the oldest VS Code that it runs in", () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"]}`);
  });
});

interface Setting {
  description?: string;
  markdownDescription?: string;
  default: unknown;
  type: string;
}

function settings(): [string, Setting][] {
  return Object.entries(configuration.properties);
}
