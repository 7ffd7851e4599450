import type { Violation } from "../../components/contract/violation.ts";

/** Refuses a drill with all violations at once, before anything is created. */
export class Refused extends Error {
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super(
      `the drill is refused:\n${violations.map((violation) => `  - ${line(violation)}`).join("\n")}`,
    );
    this.violations = violations;
  }
}

/** @throws Refused if there is any violation. */
export function refuseAny(violations: readonly Violation[]): void {
  if (violations.length > 0) throw new Refused(violations);
}

function line({ path, value, reason, remedy }: Violation): string {
  const shown = value === undefined ? "(not set)" : JSON.stringify(value);
  return `${path} = ${shown}: ${reason}. ${remedy}.`;
}
