/** Stands for values that are known only during a deployment: no rule reads them. */
export const UNKNOWN = new Promise<never>(() => undefined);
