import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { AccessSubjectArgs } from "./args";

type PolicyRule = k8s.types.input.rbac.v1.PolicyRule;

const CNPG = "postgresql.cnpg.io";
const BARMAN = "barmancloud.cnpg.io";

/** The kinds of CloudNativePG that belong to a namespace. ClusterImageCatalog does not. */
const CNPG_RESOURCES = [
  "clusters",
  "poolers",
  "backups",
  "scheduledbackups",
  "databases",
  "databaseroles",
  "publications",
  "subscriptions",
  "imagecatalogs",
  "failoverquorums",
];

const READ = ["get", "list", "watch"];
const WRITE = ["create", "update", "patch", "delete", "deletecollection"];

/**
 * To see the state of databases. Not their logs, in which statements are, nor their pods' own answers: who may ask a pod
 * through the API server may ask every pod of the namespace, past every NetworkPolicy.
 */
export const VIEWER_RULES: PolicyRule[] = [
  { apiGroups: [CNPG], resources: CNPG_RESOURCES, verbs: READ },
  { apiGroups: [BARMAN], resources: ["objectstores"], verbs: READ },
  {
    apiGroups: [""],
    resources: ["pods", "services", "persistentvolumeclaims", "events"],
    verbs: READ,
  },
  { apiGroups: ["batch"], resources: ["jobs"], verbs: READ },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: READ },
];

/**
 * To keep them running, with what the commands of `kubectl cnpg` need: `status` (pods/proxy), `logs` (pods/log), `promote`
 * and the restart of a primary (clusters/status), the restart of a replica (its pod is deleted), `restart`, `reload`,
 * `fencing`, `hibernate` and `maintenance` (annotations and fields of clusters), `backup`. Not pods/exec, with which one is
 * superuser: `status` shows no size of the data without it.
 *
 * @see internal/cmd/plugin of https://github.com/cloudnative-pg/cloudnative-pg/tree/v1.30.1
 */
export const OPERATOR_RULES: PolicyRule[] = [
  ...VIEWER_RULES,
  { apiGroups: [""], resources: ["pods/log", "pods/proxy"], verbs: ["get"] },
  { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
  { apiGroups: [CNPG], resources: ["clusters", "clusters/status"], verbs: ["patch"] },
  { apiGroups: [CNPG], resources: ["backups"], verbs: ["create"] },
];

/** Everything with the objects of the operator and of the plugin, and the Secrets that are named. */
export function adminRules(secrets: pulumi.Input<string>[]): PolicyRule[] {
  return [
    ...OPERATOR_RULES,
    { apiGroups: [CNPG], resources: CNPG_RESOURCES, verbs: WRITE },
    {
      apiGroups: [CNPG],
      resources: ["clusters/scale", "poolers/scale"],
      verbs: ["get", "update", "patch"],
    },
    { apiGroups: [BARMAN], resources: ["objectstores"], verbs: WRITE },
    // Without names it would be every Secret.
    ...(secrets.length === 0
      ? []
      : [{ apiGroups: [""], resources: ["secrets"], resourceNames: secrets, verbs: ["get"] }]),
  ];
}

/** The subject as a RoleBinding has it. */
export function subjectOf({
  kind,
  name,
  namespace,
}: AccessSubjectArgs): k8s.types.input.rbac.v1.Subject {
  return namespace === undefined
    ? { kind, name, apiGroup: "rbac.authorization.k8s.io" }
    : { kind, name, namespace };
}
