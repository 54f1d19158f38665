import { describeMillions, runTo } from "./millions";

describeMillions({
  language: "Python",
  file: "millions.py",
  text: "millions = 0\n\n\ndef counts():\n    global millions\n    n = 0\n    while True:\n        n += 1\n        if n % 1_000_000 == 0:\n            millions += 1\n        yield n\n\n\ndef idles():\n    while True:\n        yield\n",
  marks: ["yield n | ● counts: 1500001", "yield | ▶ idles: None"],

  /**
   * Searches from the middle to the nearest changes. The JavaScript suite tests a search through the whole run; here Python's runner
   * replays, and two million steps test it as well as seven would.
   */
  async replays(opened, panel) {
    const watches = panel.region("Watches");
    await watches.getByLabel("Expression to watch").fill("millions");
    await opened.workbench.page.keyboard.press("Enter");
    await watches
      .getByRole("row")
      .filter({ hasText: /millions = 3/ })
      .waitFor();
    await runTo(opened, panel, "2,000,001");
    await panel.shows(/step 2,000,001 of 7,000,000/);
    await watches.getByRole("button", { name: "Previous change of millions" }).click();
    // counts has the odd steps, and reached 1,000,000 there.
    await panel.comes(panel.region("Now").filter({ hasText: /step 1,999,999 of 7,000,000/ }));
    await panel.comes(watches.getByRole("row").filter({ hasText: /millions = 1 was 0/ }));
    await watches.getByRole("button", { name: "Next change of millions" }).click();
    await panel.comes(panel.region("Now").filter({ hasText: /step 3,999,999 of 7,000,000/ }));
    await opened.workbench.page.keyboard.press("Escape");
    await panel.shows(/Step 7,000,000/);
  },
});
