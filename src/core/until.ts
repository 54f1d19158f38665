/** When a run pauses by itself: at the first return and at every throw, or once every task has ended. */
export type Until = (typeof untils)[number];

export const untils = ["first", "all"] as const;
