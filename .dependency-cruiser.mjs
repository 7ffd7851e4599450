// Who may import whom: CONTRIBUTING.md says it in words. Types count as well, since an arrow of a type is a wall in the
// wrong place just the same.

/** What components, policy, ops and sandbox all may read. */
const leaves = "^components/(contract|formats|upstream|kubernetes|crds)/";
/** What a component's arguments are held to, which policy holds others' objects to as well. */
const rules = "^components/.*/rules/";
const args = ["^components/.*/args\\.ts$", "^components/.*/args/[^/]+\\.ts$"];
const versions = "^components/operators/versions\\.ts$";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    { name: "no circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "components stand on nothing of the project",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(index\\.ts|stack/|policy/|ops/|sandbox/|bench/|tests/)" },
    },
    {
      name: "leaves import leaves",
      severity: "error",
      from: { path: "^components/(contract|formats|upstream)/" },
      to: { path: "^components/", pathNot: "^components/(contract|formats|upstream)/" },
    },
    {
      name: "the contract knows no format",
      severity: "error",
      from: { path: "^components/contract/" },
      to: { path: "^components/", pathNot: "^components/contract/" },
    },
    {
      name: "rules import leaves, and other rules",
      severity: "error",
      from: { path: rules },
      to: { path: "^components/", pathNot: [leaves, rules, versions, ...args] },
    },
    {
      name: "arguments are leaves",
      severity: "error",
      from: { path: args },
      to: { path: "^components/", pathNot: [leaves, ...args] },
    },
    {
      name: "the public API is for others",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^components/index\\.ts$" },
    },
    {
      name: "a stack is made of components",
      severity: "error",
      from: { path: "^(index\\.ts|stack/)" },
      to: { path: "^(policy|ops|sandbox|bench|tests)/" },
    },
    {
      name: "policy shares rules and leaves",
      severity: "error",
      from: { path: "^policy/" },
      to: {
        path: "^(components|index\\.ts|stack|ops|sandbox|bench|tests)",
        pathNot: [leaves, rules],
      },
    },
    {
      name: "commands import no component",
      severity: "error",
      from: { path: "^ops/" },
      to: {
        path: "^(components|index\\.ts|stack|policy|bench|tests)",
        pathNot: [leaves, versions],
      },
    },
    {
      name: "what is published needs no checkout",
      severity: "error",
      from: { path: "^ops/published/" },
      to: { path: "^(ops|sandbox)/", pathNot: "^ops/published/" },
    },
    {
      name: "the sandbox knows neither commands nor components",
      severity: "error",
      from: { path: "^sandbox/" },
      to: {
        path: "^(components|index\\.ts|stack|policy|ops|bench|tests)",
        pathNot: [leaves, versions],
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".mjs", ".js", ".json"] },
  },
};
