import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { POOLER } from "../../engine/types";

export const poolerMode = resourceRule({
  name: "pooler-mode",
  group: "pooler",
  description: "A Pooler says how it pools.",
  why: "The default, session, saves no connection while clients stay connected, which is what a pooler is for.",
  remediation: "Set spec.pgbouncer.poolMode: transaction (or session).",
  severity: "medium",
  level: "advisory",
  link: "https://www.pgbouncer.org/config.html#pool_mode",
  types: [POOLER],
  *judge(pooler) {
    const mode = specOf(pooler).at("pgbouncer", "poolMode");
    if (mode.text !== undefined) return;
    yield at(mode, "it is session, which nobody has decided", "Set it to transaction or session");
  },
});
