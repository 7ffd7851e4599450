import { freemem } from "node:os";

const GiB = 2 ** 30;

/** Memory limit at which a compiler or linker starts to collect garbage. Few packages reach it. */
export const bytesPerProcess = 1.75 * GiB;

/** Number of compilers in the build of one part. Each uses several threads for a large package. */
export const processesPerPart = 2;

/** Number of parts built at once: two if there is enough memory, which limits a build to 8 GiB. */
export function partsAtOnce(): number {
  const bytesPerPart = processesPerPart * bytesPerProcess;
  return freemem() >= 2 * bytesPerPart ? 2 : 1;
}
