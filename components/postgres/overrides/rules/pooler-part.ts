import { rule } from "../../../contract/rule";
import { partViolations, type Owned } from "./owned";

/** What arguments set in a Pooler. A test compares it with what they set. */
export const OWNED_BY_POOLER: Owned = {
  cluster: "cluster",
  deploymentStrategy: "",
  instances: "instances",
  "monitoring.enablePodMonitor": "monitoring",
  "pgbouncer.authQuery": "certificates.serverTlsSecret",
  "pgbouncer.authQuerySecret": "certificates.serverTlsSecret",
  "pgbouncer.clientCASecret": "certificates.clientCaSecret",
  "pgbouncer.clientTLSSecret": "certificates.clientTlsSecret",
  "pgbouncer.image": "image",
  "pgbouncer.imageCatalogRef": "imageCatalog",
  "pgbouncer.parameters": "parameters",
  "pgbouncer.poolMode": "poolMode",
  "pgbouncer.serverCASecret": "certificates.serverCaSecret",
  "pgbouncer.serverTLSSecret": "certificates.serverTlsSecret",
  "template.metadata.annotations": "annotations",
  "template.metadata.labels": "labels",
  "template.spec.containers": "resources",
  "template.spec.imagePullSecrets": "imagePullSecrets",
  "template.spec.initContainers": "resources",
  "template.spec.nodeSelector": "placement.nodeSelector",
  "template.spec.priorityClassName": "placement.priorityClassName",
  "template.spec.tolerations": "placement.tolerations",
  "template.spec.topologySpreadConstraints": "placement",
  type: "type",
};

export const poolerPart = rule({
  name: "pooler-part",
  why: "What is set twice is right in one place and wrong in the other, and rules judge the arguments.",
  *check({ spec }: { spec?: Record<string, unknown> }) {
    yield* partViolations(spec, OWNED_BY_POOLER);
  },
});
