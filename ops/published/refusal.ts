/** One thing that keeps a drill from being started, told so that it can be mended. */
export interface Mistake {
  /** Where: an option of the command, or a field of an object as `kubectl explain` calls it. */
  path: string;
  value: unknown;
  /** Why the drill cannot start with it. */
  reason: string;
  /** What to do about it. */
  remedy: string;
}

/** All that keeps a drill from being started, at once. Nothing has been created by then. */
export class Refused extends Error {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super(`the drill is refused:\n${mistakes.map((mistake) => `  - ${line(mistake)}`).join("\n")}`);
    this.mistakes = mistakes;
  }
}

/** @throws Refused when there is any mistake. */
export function refuseAny(mistakes: readonly Mistake[]): void {
  if (mistakes.length > 0) throw new Refused(mistakes);
}

function line({ path, value, reason, remedy }: Mistake): string {
  const shown = value === undefined ? "(not set)" : JSON.stringify(value);
  return `${path} = ${shown}: ${reason}. ${remedy}.`;
}
