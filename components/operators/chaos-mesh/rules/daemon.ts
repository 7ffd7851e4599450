import { rule } from "../../../contract/rule";
import type { ChaosMeshArgs } from "../args";

/** Arguments that only the daemon reads. */
const DAEMON_SETTINGS = ["daemonResources", "containerRuntime", "runtimeSocket"] as const;

export const chaosMeshDaemon = rule({
  name: "chaos-mesh-daemon",
  why: "Settings of a daemon that does not run would silently have no effect.",
  *check(args: Pick<ChaosMeshArgs, "daemon" | (typeof DAEMON_SETTINGS)[number]>) {
    if (args.daemon !== false) return;
    yield* DAEMON_SETTINGS.filter((name) => args[name] !== undefined).map((name) => ({
      path: name,
      value: args[name],
      reason: "has no effect: with `daemon: false` no daemon runs",
      remedy: "Remove it, or let the daemon run",
    }));
  },
});
