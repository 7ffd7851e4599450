/** Stands for what only a deployment tells: no rule reads a value that is still to come. */
export const UNKNOWN = new Promise<never>(() => undefined);
