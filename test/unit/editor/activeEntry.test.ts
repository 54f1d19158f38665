import assert from "node:assert/strict";
import { ActiveEntry } from "../../../src/editor/prompts/activeEntry";

describe("what Enter means in a list", () => {
  it("is the usual entry until the list is drawn, whatever is reported of the list before", () => {
    const active = new ActiveEntry<string>();
    active.given("typed");
    assert.equal(active.meant, "typed");
    active.reported(undefined);
    active.reported("called before");
    assert.equal(active.meant, "typed");
  });

  it("is what the user has moved to once the list is drawn", () => {
    const active = new ActiveEntry<string>();
    active.given("typed");
    active.reported("typed");
    active.reported("called before");
    assert.equal(active.meant, "called before");
    active.given("typed on");
    assert.equal(active.meant, "typed on");
  });

  it("is nothing in a list without entries", () => {
    const active = new ActiveEntry<string>();
    active.given("typed");
    active.given(undefined);
    active.reported(undefined);
    assert.equal(active.meant, undefined);
  });
});
