import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { commandIds } from "../../src/editor/commandIds";
import { extension } from "./host";

const manifest = extension().packageJSON;
const { commands, walkthroughs, menus, keybindings, colors, configuration } = manifest.contributes;
const ids: string[] = commands.map(({ command }: { command: string }) => command);

describe("the manifest", () => {
  it("has the commands that the extension registers, and no other", async () => {
    await extension().activate();
    const registered = (await vscode.commands.getCommands(true)).filter((id) => ids.includes(id));
    assert.deepEqual(registered.sort(), [...ids].sort());
    assert.deepEqual([...ids].sort(), Object.values(commandIds).sort());
  });

  it("gives every command its category, a title and an icon", () => {
    const begins: string[] = [commandIds.openExamples, commandIds.openWalkthrough, commandIds.runExample];
    for (const { command, category, title, icon } of commands) {
      assert.equal(category, begins.includes(command) ? "Yieldpoint" : "Cooperative Tasks", command);
      assert.ok(title && icon, command);
    }
  });

  it("offers in the palette only what is possible", () => {
    const withWhen = menus.commandPalette.map(({ command, when }: { command: string; when: string }) => when && command);
    const always = [commandIds.showPanel, commandIds.runSetup, commandIds.openExamples, commandIds.openWalkthrough];
    assert.deepEqual([...withWhen, ...always].sort(), [...ids].sort());
  });

  it("is packaged with the licences of all bundled packages, and a bill of materials that lists them", async () => {
    const packaged = (name: string) => readFile(path.join(extension().extensionPath, "dist", name), "utf8");
    const licences = await packaged("LICENCES.txt");
    const { components } = JSON.parse(await packaged("bom.cdx.json"));
    const names = components.map(({ name, version }: { name: string; version: string }) => `${name} ${version}`);
    for (const each of names) assert.ok(`\n${licences}`.includes(`\n${each}\n`), each);
    for (const name of ["@babel/parser", "@lezer/lr", "@vscode/codicons", "jiti", "preact", "valibot"]) {
      assert.ok(
        names.some((each: string) => each.startsWith(`${name} `)),
        name,
      );
    }
  });

  it("has keybindings only while the panel has the focus, but for Step, which the debugger keeps where it runs", () => {
    assert.ok(keybindings.length > 0);
    for (const { command, when } of keybindings) {
      assert.ok(ids.includes(command), command);
      if (command === commandIds.step)
        assert.match(when, /editorTextFocus && !inDebugMode && \(resourcePath in yieldpoint\.sources/);
      else assert.match(when, /^yieldpoint\.panelFocused/, command);
    }
  });

  it("has a walkthrough whose pages have a picture, one button that runs a command, and a way to be done", () => {
    const [{ id, steps }] = walkthroughs;
    assert.equal(id, "gettingStarted");
    for (const step of steps as Page[]) {
      const buttons = [...step.description.matchAll(/^\[.+\]\(command:([\w.]+)(\?.+)?\)$/gm)];
      assert.equal(buttons.length, 1, step.id);
      assert.ok(ids.includes(buttons[0]?.[1] ?? ""), step.id);
      assert.ok(existsSync(path.join(extension().extensionPath, step.media.image)), step.media.image);
      assert.ok(step.media.altText && step.completionEvents.length > 0, step.id);
    }
  });

  it("describes every setting with an example, in groups, with a default of the right type", () => {
    for (const [name, { markdownDescription, default: value, type }] of settings()) {
      assert.match(markdownDescription, /`.+`/, name);
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

interface Page {
  id: string;
  description: string;
  media: { image: string; altText: string };
  completionEvents: string[];
}

interface Setting {
  markdownDescription: string;
  default: unknown;
  type: string;
}

function settings(): [string, Setting][] {
  return configuration.flatMap(({ properties }: { properties: Record<string, Setting> }) => Object.entries(properties));
}
