import { freemem } from "node:os";

const GiB = 2 ** 30;

/** Where a compiler or linker begins to collect its garbage. Few packages come near it. */
export const bytesPerProcess = 1.75 * GiB;

/** How many compilers a build of a part runs at once. Each has threads of its own for a large package. */
export const processesPerPart = 2;

/** How many parts are built at once: two where they have memory enough, and so never more than 8 GiB. */
export function partsAtOnce(): number {
  const bytesPerPart = processesPerPart * bytesPerProcess;
  return freemem() >= 2 * bytesPerPart ? 2 : 1;
}
