// The entry point that the engine runs. It compiles the pack, so that the rules are those of the sources even if the
// caller did not compile it.
//
// Plain JavaScript, since nothing is compiled yet. A published pack has no sources, and its `dist` is complete.
const { existsSync, mkdirSync, renameSync, writeFileSync } = require("node:fs");
const { flushCompileCache } = require("node:module");
const { dirname, join } = require("node:path");

const project = join(__dirname, "tsconfig.build.json");

if (existsSync(join(__dirname, "index.ts"))) compile();
require("./dist/policy/index.js");
// With NODE_COMPILE_CACHE the next start takes half as long. Node would write the cache when it ends, but the engine
// does not wait for that.
flushCompileCache?.();

/** Compiles the sources that changed; takes a few hundredths of a second if none did. */
function compile() {
  // The engine's runner has loaded it already, for packs in TypeScript.
  const ts = require("typescript");
  const mistakes = [];
  const note = ({ messageText }) =>
    mistakes.push(ts.flattenDiagnosticMessageText(messageText, "\n"));
  // In one step, so that another engine that starts at the same time never reads half a file.
  const writeFile = (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, text);
    renameSync(`${path}.${process.pid}`, path);
  };
  const host = ts.createSolutionBuilderHost(
    { ...ts.sys, writeFile },
    undefined,
    note,
    () => undefined,
  );
  if (ts.createSolutionBuilder(host, [project], {}).build() === ts.ExitStatus.Success) return;
  throw new Error(`the policy pack does not compile:\n${mistakes.join("\n")}`);
}
