import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { PROMOTE_WITHOUT_TOKEN } from "../../kubernetes/promotions";
import { recommendedLabels } from "../../kubernetes/labels";

/**
 * Whether an update lets a cluster alone that was demoted, or promotes it with a token, or without one on purpose. A replica that
 * has never been a primary has no token in its status, and its promotion is nobody's mistake.
 *
 * CloudNativePG removes the token of the status with the promotion. Until the token is there, a demotion is in progress, or the
 * cluster was created empty, and can follow another one only because it was demoted.
 *
 * @see internal/controller/cluster_status.go and pkg/reconciler/replicaclusterswitch of
 * https://github.com/cloudnative-pg/cloudnative-pg/tree/v1.30.1
 */
const VARIABLES = {
  follows:
    "has(object.spec.replica) && has(object.spec.replica.enabled) && object.spec.replica.enabled",
  followed:
    "has(oldObject.spec.replica) && has(oldObject.spec.replica.enabled) && oldObject.spec.replica.enabled",
  wasPrimary:
    "(has(oldObject.spec.bootstrap) && has(oldObject.spec.bootstrap.initdb)) || (has(oldObject.status) && " +
    '((has(oldObject.status.demotionToken) && oldObject.status.demotionToken != "") || ' +
    "(has(oldObject.status.switchReplicaClusterStatus) && has(oldObject.status.switchReplicaClusterStatus.inProgress) && " +
    "oldObject.status.switchReplicaClusterStatus.inProgress)))",
  hasToken:
    'has(object.spec.replica) && has(object.spec.replica.promotionToken) && object.spec.replica.promotionToken != ""',
  isWanted:
    `has(object.metadata.annotations) && "${PROMOTE_WITHOUT_TOKEN}" in object.metadata.annotations && ` +
    `object.metadata.annotations["${PROMOTE_WITHOUT_TOKEN}"] == "true"`,
};

const EXPRESSION =
  "!variables.followed || variables.follows || !variables.wasPrimary || variables.hasToken || variables.isWanted";

const MESSAGE =
  "This cluster has been demoted, and the change would promote it without a token: what the other cluster has written since and " +
  "has not arrived here would be lost, and both would be written. Demote the other one first, and set promotionToken to its " +
  "status.demotionToken. If the other one is lost, set promoteWithoutToken: true " +
  `(the annotation ${PROMOTE_WITHOUT_TOKEN}).`;

/**
 * Has the API server refuse to promote a cluster that was demoted without the token of the other one, whoever asks. A program
 * cannot know it: undoing a switchover in a file looks like the state before it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function createPromotionPolicy(
  parent: pulumi.Resource,
  name: string,
  namespace: pulumi.Input<string>,
): void {
  // A cluster may have several operators, each in a namespace of its own.
  const policyName = pulumi.interpolate`${namespace}-promotions`;
  const metadata = {
    name: policyName,
    labels: recommendedLabels("cloudnative-pg", name, "operator"),
  };
  new k8s.admissionregistration.v1.ValidatingAdmissionPolicy(
    `${name}-promotions`,
    {
      metadata,
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ["postgresql.cnpg.io"],
              apiVersions: ["v1"],
              operations: ["UPDATE"],
              resources: ["clusters"],
            },
          ],
        },
        variables: Object.entries(VARIABLES).map(([variable, expression]) => ({
          name: variable,
          expression,
        })),
        validations: [{ expression: EXPRESSION, message: MESSAGE }],
      },
    },
    { parent },
  );
  new k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
    `${name}-promotions`,
    { metadata, spec: { policyName, validationActions: ["Deny"] } },
    { parent },
  );
}
