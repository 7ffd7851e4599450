import type { Violation } from "../../../../components/contract/violation";
import { specOf } from "../../../resources/cluster";
import type { Part } from "../../../engine/part";
import { at, resourceRule } from "../../../engine/rule";
import { texts } from "../../../engine/settings";
import { POOLER } from "../../../engine/types";

/** The containers that the operator runs in the pods of a Pooler. */
const OWN = { containers: "pgbouncer", initContainers: "bootstrap-controller" } as const;

export const poolerPods = resourceRule({
  name: "pooler-pods",
  group: "security",
  description: "A Pooler's pods run only PgBouncer, without privileges.",
  why: "Other containers in them see every query and every row, and a privileged one everything on its host.",
  remediation:
    "Remove additional containers, hostNetwork, hostPath and privileged from spec.template.spec.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling#pod-templates",
  types: [POOLER],
  settings: {
    allowed: texts([], "Names of allowed additional containers, such as those of a service mesh"),
  },
  *check(pooler, { allowed }) {
    const pods = specOf(pooler).at("template", "spec");
    for (const kind of ["containers", "initContainers"] as const) {
      for (const container of pods.at(kind).items) {
        const name = container.at("name").text ?? "";
        if (name !== OWN[kind] && !allowed.includes(name)) {
          yield at(
            container.at("name"),
            "sees every query and every row that passes through",
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
      yield at(pods.at(field), "gives the pods access to resources of their host", "Remove it");
    }
    for (const volume of pods.at("volumes").items) {
      if (!volume.at("hostPath").isSet) continue;
      yield at(
        volume.at("hostPath"),
        "gives the pods access to files of their host",
        "Remove the volume",
      );
    }
  },
});

function* replaced(container: Part, isOwn: boolean): Generator<Violation> {
  if (!isOwn) return;
  for (const field of ["command", "args"]) {
    if (container.at(field).items.length === 0) continue;
    yield at(container.at(field), "runs something else instead of PgBouncer", "Remove it");
  }
}

function* privileged(context: Part): Generator<Violation> {
  const reason = "an attacker in PgBouncer would control its host";
  for (const field of ["privileged", "allowPrivilegeEscalation"]) {
    if (context.at(field).flag === true) yield at(context.at(field), reason, "Remove it");
  }
  if (context.at("runAsUser").number === 0) yield at(context.at("runAsUser"), reason, "Remove it");
  const added = context.at("capabilities", "add");
  if (added.items.length > 0) yield at(added, reason, "Remove it");
}
