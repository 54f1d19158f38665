// Which searches have a graph of states, and what is said of the others.
import assert from "node:assert/strict";
import { type Claim, claimOf, type Tried } from "../../../../src/core/explore/claim";
import { noSizes } from "../../../../src/core/explore/estimate";
import { whyNoGraph } from "../../../../src/session/explore/graphRun";

function whyNot(changes: Partial<Tried>): string | undefined {
  const tried: Tried = {
    coverage: "all",
    isReduced: false,
    isDone: true,
    tried: 20,
    pruned: 0,
    cut: 0,
    limit: 1000,
    policy: "round-robin",
    sizes: noSizes,
    orders: [12, 8],
    ...changes,
  };
  const claim: Claim = claimOf(tried);
  return whyNoGraph({ claim, countsClasses: tried.isReduced, tried: tried.tried, cut: tried.cut });
}

describe("whether there is a graph of states", () => {
  it("is so if all orders were tried, up to 20,000", () => {
    assert.equal(whyNot({}), undefined);
    assert.equal(whyNot({ tried: 20_000 }), undefined);
    assert.match(whyNot({ tried: 20_001 }) ?? "", /made of up to 20,000 orders, and there are more\.$/);
  });

  it("is not so if some orders are missing", () => {
    const some = /it needs all orders, and only some were tried\.$/;
    assert.match(whyNot({ isDone: false }) ?? "", some);
    assert.match(whyNot({ coverage: "sample" }) ?? "", some);
    assert.match(whyNot({ coverage: "delays", bound: 2 }) ?? "", some);
    assert.match(whyNot({ cut: 3 }) ?? "", /some were cut at the limit of steps\.$/);
    assert.match(whyNot({ isReduced: true }) ?? "", /of those that cannot differ only one was tried\.$/);
  });

  it("is not so if the order alone does not determine what happens", () => {
    const notDeterministic = /the order alone does not determine what happens\.$/;
    assert.match(whyNot({ differs: 3 }) ?? "", notDeterministic);
    assert.match(whyNot({ outside: "input()" }) ?? "", notDeterministic);
  });
});
