/** The names in the code of threads. */

/** What the code of a module is passed, by what it does. */
export const threadNames = {
  drive: "yieldpoint$driveThread",
  named: "yieldpoint$named",
  resumed: "yieldpoint$resumed",
  switchAt: "yieldpoint$switchAt",
  first: "yieldpoint$first",
  called: "yieldpoint$called",
  taken: "yieldpoint$taken",
  delegateCall: "yieldpoint$delegateCall",
  delegate: "yieldpoint$delegateThread",
  numeric: "yieldpoint$numeric",
  stepped: "yieldpoint$stepped",
} as const;

/** Whether the running resumption is one by the thread itself, which can be switched. A variable of every generator. */
export const aware = "yieldpoint$aware";
/** The beginning of the names of temporary variables. */
export const temporary = "yieldpoint$t";
/** The beginning of the names of generator functions that are declared beside functions. */
export const hoisted = "yieldpoint$code";
