/** A reason why a drill cannot start, in the form of every violation of this project. */
export interface Violation {
  /** An option of the command, or a field of an object in the notation of `kubectl explain`. */
  path: string;
  value: unknown;
  /** Why the drill cannot start with it. */
  reason: string;
  /** The action that resolves it. */
  remedy: string;
}

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
