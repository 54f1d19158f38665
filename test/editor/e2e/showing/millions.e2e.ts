import { describeMillions } from "./millions";

describeMillions({
  language: "JavaScript",
  file: "millions.ts",
  text: "let rounds = 0;\n\nexport function* counts() {\n  for (let n = 1; ; n += 1) {\n    if (n % 300_000 === 0) rounds += 1;\n    yield n;\n  }\n}\n\nexport function* idles() {\n  while (true) {\n    yield;\n  }\n}\n",
  marks: ["yield n; | ● counts: 500001", "yield; | ▶ idles: undefined"],

  /** Starts from the head, so that the whole run is searched. */
  async replays({ workbench }, panel) {
    const watches = panel.region("Watches");
    await watches.getByLabel("Expression to watch").fill("rounds");
    await workbench.page.keyboard.press("Enter");
    await watches
      .getByRole("row")
      .filter({ hasText: /rounds = 3/ })
      .waitFor();
    await watches.getByRole("button", { name: "Previous change of rounds" }).click();
    // counts has the odd steps, and reached 900,000 there.
    await panel.comes(panel.region("Now").filter({ hasText: /Step 1,799,999 of 2,000,000/ }));
    await panel.comes(watches.getByRole("row").filter({ hasText: /rounds = 3 was 2/ }));
    await watches.getByRole("button", { name: "Next change of rounds" }).click();
    await panel.comes(watches.getByRole("status").filter({ hasText: "It did not change after this step." }));
    await workbench.page.keyboard.press("Escape");
    await panel.shows(/Step 2,000,000/);
  },
});
