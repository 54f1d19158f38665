// Screenshots of the main flow in the four kinds of theme, in VS Code's own look, to be looked at in out/pictures.
import path from "node:path";
import { type ThemeKind, themes } from "../../vscode/drive";
import { root } from "../../vscode/run";
import { type Opened, openExtension } from "./opened";
import { example, returnStep, seededExample } from "./seeded";

const names: Record<ThemeKind, string> = {
  dark: "dark",
  light: "light",
  highContrast: "high-contrast",
  highContrastLight: "high-contrast-light",
};
const sizes = { "": { width: 1440, height: 900 }, "small-": { width: 1280, height: 800 } };

describe("screenshots", function () {
  this.timeout(180_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension({ files: seededExample() });
  });

  after(() => opened?.close());

  it("of the ninth step and of the result", async () => {
    const { workbench } = opened;
    await workbench.openFile(example);
    await workbench.changeSettings({ "workbench.experimental.modernUI": true });
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    await workbench.clickLens("Run as cooperative task", 0);
    const panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await workbench.clickLens("Add to session", 1);
    await workbench.answerInputBox("bogosort([3, 1, 2, 5, 4])");
    await panel.showsTasks(2);
    for (let step = 1; step <= 9; step += 1) {
      await panel.button("Step").click();
      await panel.showsStep(step, "paused");
    }
    await take("");
    await panel.button("Run").click();
    await panel.showsStep(returnStep, "paused");
    await take("-result");
  });

  async function take(moment: string): Promise<void> {
    const { workbench } = opened;
    for (const kind of Object.keys(themes) as ThemeKind[]) {
      await workbench.setTheme(kind);
      const panel = await opened.panel();
      await panel.wears(names[kind]);
      for (const [prefix, size] of Object.entries(sizes)) {
        await workbench.page.setViewportSize(size);
        await workbench.screenshot(path.join(root, "out", "pictures", `${prefix}${names[kind]}${moment}.png`));
      }
    }
  }
});
