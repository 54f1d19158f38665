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
  runSlowly: "yieldpoint.runSlowly",
  runSteps: "yieldpoint.runSteps",
  runTo: "yieldpoint.runTo",
  pause: "yieldpoint.pause",
  toHead: "yieldpoint.toHead",
  firstOfTask: "yieldpoint.firstOfTask",
  previousOfTask: "yieldpoint.previousOfTask",
  nextOfTask: "yieldpoint.nextOfTask",
  lastOfTask: "yieldpoint.lastOfTask",
  addBreakpoint: "yieldpoint.addBreakpoint",
  addWatch: "yieldpoint.addWatch",
  rebuild: "yieldpoint.rebuild",
  restart: "yieldpoint.restart",
  stop: "yieldpoint.stop",
  interrupt: "yieldpoint.interrupt",
  showSource: "yieldpoint.showSource",
  saveTrace: "yieldpoint.saveTrace",
  exportTrace: "yieldpoint.exportTrace",
} as const;

export type CommandName = keyof typeof commandIds;
