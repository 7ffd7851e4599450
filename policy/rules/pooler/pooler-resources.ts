import { specOf } from "../../resources/cluster";
import { missingResources, unequalResources } from "../../resources/pods/requests";
import { at, resourceRule } from "../../engine/rule";
import { POOLER } from "../../engine/types";

export const poolerResources = resourceRule({
  name: "pooler-resources",
  group: "pooler",
  description: "A Pooler's container pgbouncer has requests that equal its limits.",
  why: "PgBouncer has one thread: without reserved CPU every client waits when the host is busy.",
  remediation:
    "Set spec.template.spec.containers: [{ name: pgbouncer, resources: { requests, limits } }].",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling#pod-templates",
  types: [POOLER],
  *check(pooler) {
    const containers = specOf(pooler).at("template", "spec", "containers");
    const container = containers.items.find((one) => one.at("name").text === "pgbouncer");
    if (container) {
      yield* missingResources(container.at("resources"));
      yield* unequalResources(container.at("resources"));
      return;
    }
    yield at(
      containers,
      "must have a container pgbouncer with requests and limits",
      "Add { name: pgbouncer, resources: { requests, limits } }",
    );
  },
});
