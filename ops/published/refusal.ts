import type { Violation } from "../../components/contract/violation.ts";

/** Refuses a command with all violations at once, before anything is created. */
export class Refused extends Error {
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[], what = "the drill") {
    super(
      `${what} is refused:\n${violations.map((violation) => `  - ${line(violation)}`).join("\n")}`,
    );
    this.violations = violations;
  }
}

/** @throws Refused if there is any violation. */
export function refuseAny(violations: readonly Violation[], what?: string): void {
  if (violations.length > 0) throw new Refused(violations, what);
}

function line({ path, value, reason, remedy }: Violation): string {
  const shown = value === undefined ? "(not set)" : JSON.stringify(value);
  return `${path} = ${shown}: ${reason}. ${remedy}.`;
}
