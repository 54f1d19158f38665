/**
 * `npm run pictures`: makes all pictures anew from the real editor; or only those of some stories, by their names. Look at each of them.
 */

import { openExtension } from "../editor/e2e/opened";
import { closeShared, sharedVSCode } from "../editor/e2e/shared";
import { runMain, say } from "../vscode/run";
import { Camera } from "./camera";
import { Darkroom } from "./darkroom";
import { stories } from "./stories";

/** Nothing but the text and the panel, in VS Code's own look. */
const plain = {
  "breadcrumbs.enabled": false,
  "editor.lightbulb.enabled": "off",
  "editor.occurrencesHighlight": "off",
  "editor.renderLineHighlight": "none",
  "editor.scrollBeyondLastLine": false,
  "files.autoSave": "off",
  "workbench.activityBar.location": "hidden",
  "workbench.experimental.modernUI": true,
  "workbench.layoutControl.enabled": false,
};

async function make(): Promise<number> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in stories));
  if (unknown.length > 0) {
    say(`There is no story ${unknown.join(", ")}. There are ${Object.keys(stories).join(", ")}.`);
    return 1;
  }
  const darkroom = await Darkroom.open((await sharedVSCode()).context);
  try {
    for (const [name, { size, tell }] of Object.entries(stories)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const opened = await openExtension({ size });
      try {
        await opened.workbench.changeSettings(plain);
        await opened.workbench.runCommand("View: Toggle Primary Side Bar Visibility");
        await tell(opened, new Camera(opened.workbench, darkroom));
      } finally {
        await opened.close();
      }
    }
    return 0;
  } finally {
    await closeShared();
  }
}

runMain(make);
