/** A reason why the sandbox cannot run on this machine. */
export interface Obstacle {
  what: string;
  remedy: string;
}

export function throwIfAny(obstacles: readonly Obstacle[]): void {
  if (obstacles.length > 0) throw refusal(obstacles);
}

export function refusal(obstacles: readonly Obstacle[]): Error {
  const lines = obstacles.map(({ what, remedy }) => `  - ${what}. ${remedy}.`);
  return new Error(`the sandbox cannot run on this machine:\n${lines.join("\n")}`);
}
