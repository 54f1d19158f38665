/**
 * What is shown when there is no session.
 */
import type { View } from "../../protocol/panel";

export const emptyView: View = {
  status: "empty",
  run: 0,
  file: "",
  runtime: "",
  executable: "",
  head: 0,
  cursor: 0,
  tasks: [],
  until: "first",
};
