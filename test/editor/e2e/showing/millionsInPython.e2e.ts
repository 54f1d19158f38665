import { describeMillions, runTo } from "./millions";

describeMillions({
  language: "Python",
  file: "millions.py",
  text: "rounds = 0\n\n\ndef counts():\n    global rounds\n    n = 0\n    while True:\n        n += 1\n        if n % 300_000 == 0:\n            rounds += 1\n        yield n\n\n\ndef idles():\n    while True:\n        yield\n",
  marks: ["yield n | ● counts: 500001", "yield | ▶ idles: None"],

  /**
   * Searches from the middle to the nearest changes. The JavaScript suite tests a search through the whole run; here Python's runner
   * replays, and half of the run tests it as well as all of it would.
   */
  async replays(opened, panel) {
    const watches = panel.region("Watches");
    await watches.getByLabel("Expression to watch").fill("rounds");
    await opened.workbench.page.keyboard.press("Enter");
    await watches
      .getByRole("row")
      .filter({ hasText: /rounds = 3/ })
      .waitFor();
    await runTo(opened, panel, "700,001");
    await panel.shows(/Step 700,001 of 2,000,000/);
    await watches.getByRole("button", { name: "Previous change of rounds" }).click();
    // counts has the odd steps, and reached 300,000 there.
    await panel.comes(panel.region("Now").filter({ hasText: /Step 599,999 of 2,000,000/ }));
    await panel.comes(watches.getByRole("row").filter({ hasText: /rounds = 1 was 0/ }));
    await watches.getByRole("button", { name: "Next change of rounds" }).click();
    await panel.comes(panel.region("Now").filter({ hasText: /Step 1,199,999 of 2,000,000/ }));
    await opened.workbench.page.keyboard.press("Escape");
    await panel.shows(/Step 2,000,000/);
  },
});
