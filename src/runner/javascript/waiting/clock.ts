/** The time by which tasks sleep. */

export interface Clock {
  /** Milliseconds since the run began. @param real what the runner's own clock shows at this moment */
  at(real: number): number;
}

/** Passes as the runner's own clock does. @param began what that showed when the run began */
export function realClock(began: number): Clock {
  return { at: (real) => real - began };
}
