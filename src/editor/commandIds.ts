/**
 * The commands, by their ids: the manifest, the lenses and the panel all mean these.
 */
export const commandIds = {
  runTask: "yieldpoint.runTask",
  addTask: "yieldpoint.addTask",
  showPanel: "yieldpoint.showPanel",
  step: "yieldpoint.step",
  stepBack: "yieldpoint.stepBack",
  run: "yieldpoint.run",
  pause: "yieldpoint.pause",
  toHead: "yieldpoint.toHead",
  restart: "yieldpoint.restart",
  stop: "yieldpoint.stop",
  interrupt: "yieldpoint.interrupt",
  showSource: "yieldpoint.showSource",
} as const;

export type CommandName = keyof typeof commandIds;
