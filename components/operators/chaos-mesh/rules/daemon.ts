import { rule } from "../../../contract/rule";
import type { ChaosMeshArgs } from "../args";

/** What only the daemon reads. */
const DAEMON_SETTINGS = ["daemonResources", "containerRuntime", "runtimeSocket"] as const;

export const chaosMeshDaemon = rule({
  name: "chaos-mesh-daemon",
  why: "Settings of a daemon that does not run would do nothing, without a word.",
  *check(args: Pick<ChaosMeshArgs, "daemon" | (typeof DAEMON_SETTINGS)[number]>) {
    if (args.daemon !== false) return;
    yield* DAEMON_SETTINGS.filter((name) => args[name] !== undefined).map((name) => ({
      path: name,
      value: args[name],
      reason: "with `daemon: false` there is no daemon that it could be for",
      remedy: "Remove it, or let the daemon run",
    }));
  },
});
