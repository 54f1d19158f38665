// The words about a search claim no more than what was tried.
import assert from "node:assert/strict";
import { claimOf, countText, numberText, type Tried } from "../../../../src/core/explore/claim";
import { noSizes } from "../../../../src/core/explore/estimate";
import { verdictOn } from "../../../../src/core/explore/verdict";

const all: Tried = {
  coverage: "all",
  isReduced: false,
  isDone: true,
  tried: 20,
  pruned: 0,
  cut: 0,
  limit: 1000,
  policy: "round-robin",
  sizes: noSizes,
  orders: [8, 12],
};

/** 100 probes that agree within a tenth. */
const settled = { runs: 100, mean: 184_756, variance: 1e10 };

function said(search: Partial<Tried>): string {
  return claimOf({ ...all, ...search }).sentences.join(" ");
}

describe("a claim", () => {
  it("is all orders when all were tried", () => {
    assert.equal(said({}), "All 20 orders.");
    assert.equal(said({ tried: 1 }), "The only order.");
    assert.equal(claimOf(all).kind, "all");
  });

  it("is all orders with few deviations", () => {
    const claim = claimOf({ ...all, coverage: "delays", bound: 2 });
    assert.equal(claim.sentences[0], "All 20 orders with at most 2 deviations from round-robin.");
    assert.deepEqual([claim.kind, claim.bound], ["delays", 2]);
    assert.equal(
      said({ coverage: "delays", bound: 1, tried: 1, policy: "fcfs" }),
      "The only order with at most 1 deviation from fcfs.",
    );
  });

  it("is all orders with few preemptions", () => {
    const claim = claimOf({ ...all, coverage: "preemptions", bound: 1 });
    assert.equal(claim.sentences[0], "All 20 orders with at most 1 preemption.");
    assert.deepEqual([claim.kind, claim.bound], ["preemptions", 1]);
    assert.equal(
      verdictOn("check", 0, claim).text,
      "Never breaks the check in orders with at most 1 preemption: proved for these tasks.",
    );
  });

  it("counts classes where orders that cannot differ are tried once", () => {
    assert.equal(
      said({ isReduced: true, tried: 6, pruned: 2 }),
      "All orders: 6 classes of orders that cannot differ. 2 runs given up on the way, since they could show nothing else.",
    );
    assert.equal(said({ isReduced: true, tried: 1 }), "All orders: 1 class of orders that cannot differ.");
  });

  it("says how many orders were not run to their ends, and why others may not have been merged", () => {
    assert.equal(
      said({ merges: true, merged: 12 }),
      "All 20 orders. 12 of them were not run to their ends: another order had come to the same state, from which all was tried.",
    );
    assert.equal(
      said({ merges: true, merged: 1 }),
      "All 20 orders. 1 of them was not run to its end: another order had come to the same state, from which all was tried.",
    );
    assert.equal(
      said({ merges: true, merged: 0, hidden: "the module random" }),
      "All 20 orders. Which orders come to the same state cannot be told where it is not seen: the module random.",
    );
  });

  it("is a part of about so many orders once the estimate has settled", () => {
    const part = { isDone: false, tried: 1200, sizes: settled };
    assert.equal(said(part), "1,200 orders of about 184,756 (± 10,050).");
    assert.equal(said({ ...part, sizes: { ...settled, runs: 9 } }), "1,200 orders.");
    assert.equal(said({ ...part, sizes: { runs: 100, mean: 1e150, variance: 0 } }), "1,200 orders of more than 1.0·10^150.");
    assert.equal(
      said({ ...part, coverage: "delays", bound: 2 }),
      "1,200 orders of about 184,756 (± 10,050), with at most 2 deviations from round-robin.",
    );
    assert.match(said({ ...part, isReduced: true }), /^1,200 classes of orders that cannot differ of about 184,756 orders/);
    assert.equal(claimOf({ ...all, ...part }).kind, "sample");
  });

  it("is no claim about all orders if one was cut", () => {
    const claim = claimOf({ ...all, cut: 3 });
    assert.equal(claim.kind, "sample");
    assert.equal(
      claim.sentences.join(" "),
      "All orders up to step 1,000: 20 orders. 3 of them were cut at the limit of 1,000 steps.",
    );
  });

  it("is void if the program is not deterministic, or takes real input", () => {
    const voided = claimOf({ ...all, differs: 3 });
    assert.equal(voided.kind, "void");
    assert.match(voided.sentences[0] ?? "", /^Not deterministic: step 3 differs when the same order is run again\./);
    assert.equal(claimOf({ ...all, outside: "Real input was read" }).kind, "void");
  });

  it("says of a random search how likely something new is", () => {
    const random = { coverage: "sample", isDone: false, tried: 400 } as const;
    assert.equal(
      said({ ...random, orders: [398, 1, 1] }),
      "400 random orders. The next order shows a new outcome with a probability of about 0.5 %.",
    );
    assert.equal(
      said({ ...random, orders: [300, 100] }),
      "400 random orders. What was not met comes up in fewer than 0.8 % of such orders (95 % confidence).",
    );
    // A strategy of random orders never has all of them, even if it should end.
    assert.equal(claimOf({ ...all, coverage: "sample" }).kind, "sample");
  });

  it("writes numbers so that they can be read", () => {
    assert.equal(numberText(137_846_528_820), "1.4·10^11");
    assert.equal(countText(1, "order"), "1 order");
    assert.equal(countText(20, "order"), "20 orders");
  });
});

describe("a claim about orders that go round in a loop", () => {
  it("says that some were left out, where all others were tried", () => {
    assert.equal(
      said({ returned: true }),
      "All 20 orders. Orders that go round in a loop more often than makes a difference were left out.",
    );
    assert.equal(
      said({ returned: true, coverage: "delays", bound: 1 }),
      "All 20 orders with at most 1 deviation from round-robin.",
    );
  });

  it("says what of the state is not seen, where orders were cut", () => {
    assert.match(
      said({ cut: 2, hidden: "the name Date in line 3" }),
      /Whether they go round in a loop cannot be told, since it is not seen: the name Date in line 3\.$/,
    );
    assert.equal(said({ hidden: "the name Date in line 3" }), "All 20 orders.");
  });
});

describe("a verdict", () => {
  it("is a proof only if all orders were tried", () => {
    assert.equal(verdictOn("deadlock", 0, claimOf(all)).text, "Free of deadlocks: proved for these tasks.");
    assert.equal(
      verdictOn("check", 0, claimOf({ ...all, coverage: "delays", bound: 2 })).text,
      "Never breaks the check in orders with at most 2 deviations from round-robin: proved for these tasks.",
    );
    assert.equal(verdictOn("livelock", 0, claimOf(all)).text, "Free of livelocks: proved for these tasks.");
    assert.equal(
      verdictOn("starvation", 0, claimOf({ ...all, coverage: "delays", bound: 0, policy: "lifo" })).text,
      "Starves no task in orders with at most 0 deviations from lifo: proved for these tasks.",
    );
    assert.equal(verdictOn("livelock", 0, claimOf({ ...all, cut: 1 })).text, "No livelock found in 20 orders.");
    assert.equal(verdictOn("invariant", 0, claimOf({ ...all, isDone: false })).text, "No broken invariant found in 20 orders.");
    assert.equal(verdictOn("deadlock", 0, claimOf({ ...all, differs: 2 })).state, "not found");
    assert.equal(verdictOn("deadlock", 0, claimOf({ ...all, cut: 1 })).state, "not found");
  });

  it("says how often what was found happened", () => {
    assert.equal(verdictOn("check", 12, claimOf(all)).text, "Breaks the check in 12 of 20 orders.");
    assert.equal(
      verdictOn("exception", 1, claimOf({ ...all, isReduced: true, tried: 6 })).text,
      "Throws in 1 of 6 classes of orders.",
    );
  });
});
