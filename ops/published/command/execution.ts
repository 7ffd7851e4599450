import { existsSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Access, type AccessTo, kubectlOn, type Place } from "../access.ts";
import { abortOnInterrupt } from "../interruption.ts";
import type { Kubectl } from "../kubectl.ts";
import { type Progress, progressOn } from "../progress.ts";
import { Refused } from "../refusal.ts";
import type { Tools } from "../tools.ts";
import type { Violation } from "../../../components/contract/violation.ts";

export const PASSED = 0;
export const FAILED = 1;
export const NOT_STARTED = 2;

/** Where the report goes, beside the place that is examined. */
export interface ReportOptions extends Place {
  json?: boolean;
  output?: string;
}

/** A command that accepts a request or refuses it, does something, and reports. */
export interface Execution<Found, Report> {
  /** What is refused, in the words of the refusal. */
  what: string;
  /** What is wrong with the options alone. */
  violations: readonly Violation[];
  /** @throws Refused with all violations, including those given. */
  accept: (
    tools: { kubectl: Kubectl; access: Access; progress: Progress },
    violations: readonly Violation[],
  ) => Promise<Found>;
  /** What happens on Ctrl-C, after the name of the signal. */
  onInterrupt: string;
  execute: (tools: Tools, found: Found) => Promise<Report>;
  text: (report: Report) => string;
  json: (report: Report) => string;
  pollMs: number;
}

/** Runs a command to its exit code: 0 if all passed, 1 if something failed, 2 if it could not be started. */
export async function execute<Found, Report extends { outcome: "passed" | "failed" }>(
  options: ReportOptions,
  accessTo: AccessTo,
  { what, violations, ...command }: Execution<Found, Report>,
): Promise<void> {
  const progress = progressOn(process.stderr);
  process.exitCode = NOT_STARTED;
  try {
    const access = accessTo(options);
    const known = [...violations, ...outputViolations(options)];
    if ("path" in access) throw new Refused([...known, access], what);
    const kubectl = kubectlOn(access);
    const found = await command.accept({ kubectl, access, progress }, known);
    const signal = abortOnInterrupt((name) => {
      progress.note(`${name}: ${command.onInterrupt}, please wait`);
    });
    process.exitCode = FAILED;
    const { pollMs } = command;
    const report = await command.execute({ kubectl, progress, signal, pollMs }, found);
    progress.end();
    process.stdout.write(options.json === true ? command.json(report) : command.text(report));
    if (options.output !== undefined) writeFileSync(options.output, command.json(report));
    if (report.outcome === "passed") process.exitCode = PASSED;
  } catch (error) {
    progress.end();
    if (error instanceof Refused) process.exitCode = NOT_STARTED;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function outputViolations({ output }: ReportOptions): Violation[] {
  if (output === undefined || existsSync(dirname(resolve(output)))) return [];
  return [
    {
      path: "--output",
      value: output,
      reason: "must be in an existing folder",
      remedy: "Create the folder first",
    },
  ];
}
