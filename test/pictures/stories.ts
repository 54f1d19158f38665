/** What the pictures show: each story opens the examples in a window of its own, does what a user does, and takes pictures on its way. */
import type { Locator } from "playwright-core";
import type { Opened } from "../editor/e2e/opened";
import type { PanelPage } from "../editor/e2e/panelPage";
import type { Camera } from "./camera";

export interface Story {
  readonly size: { readonly width: number; readonly height: number };
  tell(opened: Opened, camera: Camera): Promise<void>;
}

const size = { width: 1200, height: 720 };
/** Small enough for the package, and readable. */
const walkthrough = { quality: 0.25 };
const least = { width: 500, height: 290 };
const together = "Run these tasks";
const example = "lost-update.ts";

const editorOf = ({ workbench }: Opened): Locator => workbench.groups().first();
const panelOf = ({ workbench }: Opened): Locator => workbench.groups().nth(1);

export const stories: Readonly<Record<string, Story>> = {
  /** From the lens to the lost update, which is also what the walkthrough shows. */
  first: {
    size,
    async tell(opened, camera) {
      const { workbench } = opened;
      const page = (name: string, of: Locator) =>
        camera.still(`media/walkthrough/${name}`, { motif: { of: [of], most: least }, ...walkthrough });
      await workbench.openFile(example);
      await workbench.lens(together).waitFor();
      await page("examples", editorOf(opened));
      await camera.film("Generators of your own code: two deposits of 1", 3_000);
      await page("lens", workbench.editor());
      const panel = await opened.begin(example, together);
      await camera.film("A click on the lens makes them tasks, paused before step 1", 3_000);
      await step(panel, 1);
      await camera.film("F10 resumes one task until its next yield", 2_500);
      await step(panel, 2);
      await camera.film("Both have read 0: the next write loses an update", 3_000);
      await page("step", panelOf(opened));
      await camera.still("docs/pictures/step");
      await panel.button("Step back").click();
      await panel.shows(/Step 1 of 2/);
      await camera.film("Every step is kept: step back, and all is as it was", 3_000);
      await page("back", panelOf(opened));
      await panel.button("Step").click();
      await page("order", panel.region("Tasks"));
      await panel.region("Orders").getByRole("button", { name: "Orders", exact: true }).click();
      const orders = panel.region("Orders");
      await orders.getByRole("textbox", { name: "Check at the end" }).fill("account === 2");
      await camera.film("Does it always go wrong? Ask for all orders", 3_000);
      await orders.getByRole("button", { name: "Explore", exact: true }).click();
      await orders.getByText("All 20 orders.", { exact: true }).waitFor();
      await orders
        .getByText(/^The outcome turns on whether step \d+ comes/)
        .first()
        .waitFor();
      await orders.scrollIntoViewIfNeeded();
      await camera.film("12 of 20 orders lose a deposit, and it says what decides", 4_000);
      await page("lost", orders);
      await camera.still("docs/pictures/orders");
      await orders.getByRole("button", { name: /^fails: / }).click();
      await panel.showsStep(6, "finished");
      await camera.film("A click opens such an order, beside the nearest good one", 4_000);
      await camera.saveFilm("docs/pictures/first-minutes");
    },
  },
  deadlock: {
    size: { width: 1200, height: 900 },
    async tell(opened, camera) {
      const panel = await opened.begin("waiting/two-locks.ts", together);
      await panel.button("Run").click();
      await panel.notice(/Deadlock/);
      await camera.still("docs/pictures/deadlock");
    },
  },
  observing: {
    size: { width: 1200, height: 1000 },
    async tell(opened, camera) {
      const file = "observing/round-robin.ts";
      const panel = await opened.begin(file, "Step this program's context switches");
      for (let each = 1; each <= 3; each += 1) await step(panel, each);
      await camera.still("media/walkthrough/own", { motif: { of: [panelOf(opened)], most: least }, ...walkthrough });
      await camera.still("docs/pictures/observing");
    },
  },
  ways: {
    size: { width: 1500, height: 900 },
    async tell(opened, camera) {
      const { workbench } = opened;
      const lens = "Compare ways of working (10 setups)";
      await workbench.openFile("ways/serving-requests.ts");
      await workbench.lens(lens).first().waitFor();
      await workbench.clickLens(lens);
      const panel = await opened.panel();
      const section = panel.region("Compare runs");
      await section.getByText(/^10 compared$/).waitFor();
      const locked = section.locator("tbody tr").filter({ hasText: "wait: threads with a mutex" });
      await locked.getByRole("cell", { name: /^0 of \d+$/ }).waitFor();
      await section.getByRole("table", { name: "Side by side" }).scrollIntoViewIfNeeded();
      await camera.still("docs/pictures/ways");
    },
  },
};

async function step(panel: PanelPage, number: number): Promise<void> {
  await panel.button("Step").click();
  await panel.showsStep(number, "paused");
}
