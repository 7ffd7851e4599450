import type { Violation } from "../../../../components/contract/violation";
import { specOf } from "../../../resources/cluster";
import type { Part } from "../../../engine/part";
import { at, resourceRule } from "../../../engine/rule";
import { texts } from "../../../engine/settings";
import { POOLER } from "../../../engine/types";

/** What the operator runs in the pods of a Pooler. */
const OWN = { containers: "pgbouncer", initContainers: "bootstrap-controller" } as const;

export const poolerPods = resourceRule({
  name: "pooler-pods",
  group: "security",
  description: "A Pooler's pods run PgBouncer alone, and as anybody.",
  why: "What else runs in them sees every query and every row, and a privileged one everything of its host.",
  remediation:
    "Remove further containers, hostNetwork, hostPath and privileged from spec.template.spec.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling#pod-templates",
  types: [POOLER],
  settings: { allowed: texts([], "Names of further containers, such as those of a service mesh") },
  *judge(pooler, { allowed }) {
    const pods = specOf(pooler).at("template", "spec");
    for (const kind of ["containers", "initContainers"] as const) {
      for (const container of pods.at(kind).items) {
        const name = container.at("name").text ?? "";
        if (name !== OWN[kind] && !allowed.includes(name)) {
          yield at(
            container.at("name"),
            "it sees every query and every row that passes through",
            "Remove the container, or allow its name in the configuration of this rule",
          );
        }
        yield* replaced(container, name === OWN[kind]);
        yield* privileged(container.at("securityContext"));
      }
    }
    yield* privileged(pods.at("securityContext"));
    for (const field of ["hostNetwork", "hostPID", "hostIPC"]) {
      if (pods.at(field).flag !== true) continue;
      yield at(pods.at(field), "the pods reach what only their host should", "Remove it");
    }
    for (const volume of pods.at("volumes").items) {
      if (!volume.at("hostPath").isSet) continue;
      yield at(volume.at("hostPath"), "the pods reach files of their host", "Remove the volume");
    }
  },
});

function* replaced(container: Part, isOwn: boolean): Generator<Violation> {
  if (!isOwn) return;
  for (const field of ["command", "args"]) {
    if (container.at(field).items.length === 0) continue;
    yield at(container.at(field), "something else runs in the place of PgBouncer", "Remove it");
  }
}

function* privileged(context: Part): Generator<Violation> {
  const reason = "whoever breaks into PgBouncer has its host";
  for (const field of ["privileged", "allowPrivilegeEscalation"]) {
    if (context.at(field).flag === true) yield at(context.at(field), reason, "Remove it");
  }
  if (context.at("runAsUser").number === 0) yield at(context.at("runAsUser"), reason, "Remove it");
  const added = context.at("capabilities", "add");
  if (added.items.length > 0) yield at(added, reason, "Remove it");
}
