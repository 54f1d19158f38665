/** When a run pauses by itself: at the first return and at whatever is thrown, or once every task is over. */
export type Until = (typeof untils)[number];

export const untils = ["first", "all"] as const;
