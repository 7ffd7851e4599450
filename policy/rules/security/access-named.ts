import { EVERYBODY } from "../../../components/access/database-access/rules/subjects";
import { checkEach } from "../../engine/check-each";
import { at, stackRule } from "../../engine/rule";
import { namespaceOf } from "../../engine/stack";
import { CLUSTER, ROLE_BINDING } from "../../engine/types";

export const accessNamed = stackRule({
  name: "access-named",
  group: "security",
  description: "Rights in the namespace of a database are for those whom they name.",
  why: "A group that everybody is in gets every right that anybody adds to its Role later.",
  remediation: "Name the groups, users and service accounts in subjects.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects",
  type: CLUSTER,
  *checkStack(stack) {
    const namespaces = new Set(stack.ofType(CLUSTER).map((cluster) => namespaceOf(cluster)));
    yield* checkEach(stack.ofType(ROLE_BINDING), function* (resource) {
      if (!namespaces.has(namespaceOf(resource))) return;
      for (const subject of resource.object.at("subjects").items) {
        const name = subject.at("name");
        if (!EVERYBODY.includes(name.text ?? "")) continue;
        yield {
          resource,
          ...at(
            name,
            "is anybody who reaches the API server, or every program in the Kubernetes cluster",
            "Name the groups, users and service accounts that it is for",
          ),
        };
      }
    });
  },
});
