import { z } from "zod";
import { maybe, rule } from "./rule";

/** What only the daemon reads. */
const DAEMON_SETTINGS = ["daemonResources", "containerRuntime", "runtimeSocket"];

export const chaosMeshDaemon = rule({
  name: "chaos-mesh-daemon",
  why: "Settings of a daemon that does not run would do nothing, without a word.",
  subject: z.looseObject({ daemon: maybe(z.unknown()) }),
  judge: (args) =>
    args.daemon === false
      ? DAEMON_SETTINGS.filter((name) => args[name] !== undefined).map((name) => ({
          path: name,
          value: args[name],
          reason: "with `daemon: false` there is no daemon that it could be for",
          remedy: "Remove it, or let the daemon run",
        }))
      : [],
});
