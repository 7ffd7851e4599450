import { objectIn } from "../../engine/object-in";
import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const superuserAccess = resourceRule({
  name: "superuser-access",
  group: "security",
  description: "No client can log in as postgres over the network.",
  why: "A superuser reads every file and runs every program of the pod, and its password is in a Secret.",
  remediation: "Remove spec.enableSuperuserAccess.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/security#postgresql",
  types: [CLUSTER],
  *check(cluster) {
    const enabled = specOf(cluster).at("enableSuperuserAccess");
    if (enabled.flag !== true) return;
    yield at(
      enabled,
      "anyone with the password of postgres controls the database and the pod",
      "Remove it, and declare the roles that are needed in spec.managed.roles",
    );
  },
  remediate(properties) {
    objectIn(properties, "spec")["enableSuperuserAccess"] = false;
  },
});
