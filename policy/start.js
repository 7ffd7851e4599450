// What the engine runs. The pack is compiled here and not by who starts it: a gate that lags behind its sources would
// judge by rules that nobody reads any more, and everybody who starts it would have to remember.
//
// Plain JavaScript, since nothing is compiled yet. Where the sources are not, as in a published pack, `dist` is complete.
const { existsSync, mkdirSync, renameSync, writeFileSync } = require("node:fs");
const { flushCompileCache } = require("node:module");
const { dirname, join } = require("node:path");

const project = join(__dirname, "tsconfig.build.json");

if (existsSync(join(__dirname, "index.ts"))) compile();
require("./dist/policy/index.js");
// Where NODE_COMPILE_CACHE is set, the next start takes half as long. Node would write it at its end, which the engine
// does not wait for.
flushCompileCache?.();

/** Compiles what is newer than what was compiled before; a few hundredths of a second when nothing is. */
function compile() {
  // The engine's runner has loaded it already, for packs that are not compiled at all.
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
