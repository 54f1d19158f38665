import assert from "node:assert/strict";
import { UserCodeError, UserError } from "../../../../src/session/common/errors";

describe("an error for the user", () => {
  it("has complete sentences, even if the runtime's own message does not", () => {
    const code = new UserCodeError({ code: "call", message: "ReferenceError: sort is not defined" });
    assert.equal(code.advice, "ReferenceError: sort is not defined. Correct the code and run it again.");
    assert.equal(new UserError("The session is over.", "Restart it.").advice, "The session is over. Restart it.");
  });
});
