import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { encodeSection } from "../../../../src/session/recording/format";
import { SectionWriter } from "../../../../src/session/recording/sectionWriter";

type Way = "append" | "begin";

/** Some are longer than what a file system accepts in one write. */
const contents = fc.array(fc.tuple(fc.constantFrom<Way>("append", "begin"), fc.constantFrom(0, 1, 300, 3_000_000)), {
  maxLength: 6,
});

describe("sections of a file", () => {
  let folder: string;
  let files = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "yieldpoint-sections-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** The final content of a file, and the reported places. */
  async function written(sections: readonly (readonly [Way, number])[]) {
    files += 1;
    const path = join(folder, `${files}`);
    const descriptor = openSync(path, "wx+");
    const writer = new SectionWriter(descriptor);
    const places = sections.map(([way, length], index) =>
      writer[way]([encodeSection("output", [new Uint8Array(length).fill(index + 1)])]),
    );
    writer.finish();
    await new Promise<void>((resolve) => writer.whenIdle(resolve));
    closeSync(descriptor);
    return { bytes: readFileSync(path), places };
  }

  it("are the same whether written at once or in pieces", async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (sections) => {
        const atOnce = sections.map(([, length]) => ["append", length] as const);
        assert.deepEqual(await written(sections), await written(atOnce));
      }),
      { numRuns: 25 },
    );
  });

  it("report a failed write with the next one, however often it is tried", function () {
    if (process.platform !== "linux") this.skip();
    const descriptor = openSync("/dev/full", "w");
    const writer = new SectionWriter(descriptor);
    const section = encodeSection("output", [new Uint8Array(10)]);
    writer.begin([section]);
    for (const way of ["append", "begin", "append"] as const) assert.throws(() => writer[way]([section]), /ENOSPC/);
    assert.equal(writer.isSettled, false);
    writer.whenIdle(() => closeSync(descriptor));
  });

  it("keep their file open while something is being written", async () => {
    const descriptor = openSync(join(folder, "open"), "wx+");
    const writer = new SectionWriter(descriptor);
    writer.begin([encodeSection("output", [new Uint8Array(3_000_000)])]);
    writer.settle();
    let isIdle = false;
    const idle = new Promise<void>((resolve) => writer.whenIdle(resolve)).then(() => {
      isIdle = true;
    });
    await Promise.resolve();
    assert.equal(isIdle, false);
    await idle;
    closeSync(descriptor);
  });
});
