/** Sessions of observed programs under virtual time. */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { rowsOf, viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll } from "../sessions";

/** In nanoseconds: a step takes a millisecond. */
const times = ["0", "1000000", "2000000", "3000000"];

for (const file of ["javascript/unrepeatable.cjs", "python/unrepeatable.py"]) {
  describe(`a session under virtual time of ${file}`, () => {
    afterEach(stopAll);

    it("runs the program again with the same trace, which it could not under real time", async () => {
      const virtualTime = { virtual: 1, seed: 0 };
      const session = await sessionOn(resolve("test/fixtures/observe", file), { observed: { arguments: [] }, virtualTime });
      await session.open();
      await session.go(4);
      const values = () => rowsOf(session, 1, 4).map(({ value }) => value.replace(/n$/, ""));
      assert.deepEqual(values(), times);
      session.select(2);
      await session.rebuild();
      assert.equal(session.rebuilding.state, undefined);
      assert.ok(viewOf(session).detail?.resumedBy?.length);
      await session.restart();
      await session.go(4);
      assert.deepEqual(values(), times);
    });
  });
}
