import { settingsOfTheFault } from "./effect";
import { chaosName } from "./name";
import { chaosEnds, faultBounded, recoversBetween } from "./times";

/** The rules for every PrimaryChaos. */
export const primaryChaosRules = [
  chaosName,
  settingsOfTheFault,
  faultBounded,
  recoversBetween,
  chaosEnds,
];
