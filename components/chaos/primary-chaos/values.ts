import { contract } from "../../contract/contract";
import { PrimaryFault, type PrimaryChaosArgs } from "./args";
import { primaryChaosRules } from "./rules";
import { primaryChaosSchema } from "./schema";

/** A PrimaryChaos with every default; `duration` and `delay` stay unset where the fault has none. */
export type PrimaryChaosValues = ReturnType<typeof primaryChaosValues>;

/** The contract of PrimaryChaos. */
export const primaryChaos = contract<PrimaryChaosArgs, PrimaryChaosValues>({
  component: "PrimaryChaos",
  schema: primaryChaosSchema,
  rules: primaryChaosRules,
  fill: (args, name) => primaryChaosValues(name, args),
});

function primaryChaosValues(name: string, args: PrimaryChaosArgs) {
  const { fault = PrimaryFault.Kill, every = "5m" } = args;
  return {
    ...args,
    chaosName: args.chaosName ?? name,
    fault,
    every,
    duration: args.duration ?? (fault === PrimaryFault.Kill ? undefined : "30s"),
    paused: args.paused ?? false,
  };
}
