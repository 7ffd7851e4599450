import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { POOLER } from "../../engine/types";

export const poolerMode = resourceRule({
  name: "pooler-mode",
  group: "pooler",
  description: "A Pooler sets its pool mode.",
  why: "With the default, session, the pooler saves no connections while clients stay connected.",
  remediation: "Set spec.pgbouncer.poolMode: transaction (or session).",
  severity: "medium",
  level: "advisory",
  link: "https://www.pgbouncer.org/config.html#pool_mode",
  types: [POOLER],
  *check(pooler) {
    const mode = specOf(pooler).at("pgbouncer", "poolMode");
    if (mode.text !== undefined) return;
    yield at(
      mode,
      "defaults to session, which saves no connections while clients stay connected",
      "Set it to transaction or session",
    );
  },
});
