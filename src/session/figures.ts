/**
 * What is counted over whole runs or looked for in them, and how a comparison of them reads: wanted seldom, so it is a bundle
 * that is loaded then.
 */
export { Search } from "../core/search";
export { markdownOf } from "./comparisonText";
export { measured, notRun } from "./policyOutcome";
export { figuresOf } from "./statistics";
