import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { watchRuleSpec } from "../../monitoring/alerts/watch";
import { createMonitor, createRule } from "../../monitoring/objects";
import { watchMonitoringValues } from "../../monitoring/values";
import type { PrimaryWatchArgs } from "./args";
import { watchProgram } from "./program";
import { deploymentSpec, OWN_RULES, WATCHED_RULES, watchPodLabels } from "./spec";
import { primaryWatch, type PrimaryWatchValues } from "./values";

/**
 * Notices within seconds that a primary is gone or hangs, for which the control plane takes most of a minute and
 * CloudNativePG, if PostgreSQL hangs, for ever. Three small pods on different hosts look at each instance every second: does
 * PostgreSQL answer the first packet of its protocol? When those on two hosts other than the primary's agree for
 * `afterSeconds` that it does not, one of them deletes the primary's pod, and the operator promotes a replica.
 *
 * It decides nothing else. Who is promoted is up to the operator, its lease, the failover quorum and synchronous replication:
 * a false alarm costs one failover and never a commit. It never acts during a switchover, a rollout, a maintenance window,
 * fencing or hibernation, without a ready replica on another node, more than once in ten minutes for a cluster, or while the
 * API server does not answer. Each decision is an Event of the cluster.
 *
 * Clusters with a NetworkPolicy must admit it: `networkPolicy: { watchNamespace: watch.namespace }`. It is needed with
 * CloudNativePG before 1.31, and leaves instances of later versions alone, which stop by themselves when they have lost their
 * lease.
 *
 * @example
 * ```typescript
 * const watch = new PrimaryWatch("primary-watch", { namespaces: ["shop"] });
 * const db = new PostgresCluster("orders", {
 *   namespace: "shop",
 *   storage: { size: "100Gi" },
 *   networkPolicy: { watchNamespace: watch.namespace },
 * });
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://github.com/cloudnative-pg/cloudnative-pg/issues/6154
 */
export class PrimaryWatch extends pulumi.ComponentResource {
  /** Namespace of the watchers. */
  public readonly namespace: pulumi.Output<string>;
  /** Whether the watchers run: known once all of them do. */
  public readonly ready: pulumi.Output<boolean>;

  constructor(name: string, args: PrimaryWatchArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = primaryWatch.accept(name, args);
    super("ha-postgres:index:PrimaryWatch", name, {}, opts);

    const namespace = createNamespace(this, name, values);
    const home = namespace.metadata.name;
    const account = createAccount(this, name, values, home);
    const deployment = createDeployment(this, name, values, home, [account]);
    createBudget(this, name, values, home);
    createMonitoring(this, name, values, home, deployment);

    this.namespace = home;
    this.ready = deployment.status.availableReplicas.apply((count) => count >= values.replicas);
    this.registerOutputs({ namespace: this.namespace, ready: this.ready });
  }
}

function metadata({ watchName }: PrimaryWatchValues, namespace: pulumi.Input<string>) {
  return {
    name: watchName,
    namespace,
    labels: recommendedLabels("primary-watch", watchName, "watch"),
  };
}

function createNamespace(
  parent: PrimaryWatch,
  name: string,
  values: PrimaryWatchValues,
): k8s.core.v1.Namespace {
  const { watchName, namespace } = values;
  return new k8s.core.v1.Namespace(
    `${name}-namespace`,
    {
      metadata: {
        name: namespace,
        labels: {
          ...recommendedLabels("primary-watch", watchName, "watch"),
          "pod-security.kubernetes.io/enforce": "restricted",
        },
      },
    },
    { parent },
  );
}

/** The ServiceAccount of the watchers, and what it may do in each namespace. */
function createAccount(
  parent: PrimaryWatch,
  name: string,
  values: PrimaryWatchValues,
  home: pulumi.Output<string>,
): pulumi.Resource {
  const account = new k8s.core.v1.ServiceAccount(
    `${name}-account`,
    { metadata: metadata(values, home) },
    { parent },
  );
  const grant = (
    of: string,
    namespace: pulumi.Input<string>,
    rules: k8s.types.input.rbac.v1.PolicyRule[],
  ) => {
    const role = new k8s.rbac.v1.Role(
      `${name}-${of}`,
      { metadata: metadata(values, namespace), rules },
      { parent },
    );
    new k8s.rbac.v1.RoleBinding(
      `${name}-${of}`,
      {
        metadata: metadata(values, namespace),
        roleRef: {
          apiGroup: "rbac.authorization.k8s.io",
          kind: "Role",
          name: role.metadata.name,
        },
        subjects: [{ kind: "ServiceAccount", name: account.metadata.name, namespace: home }],
      },
      { parent },
    );
  };
  grant("own", home, OWN_RULES);
  values.namespaces.forEach((namespace, index) => {
    // By its name where that is known, so that its Role stays when others come and go before it.
    const of = typeof namespace === "string" ? namespace : String(index);
    grant(`watched-${of}`, namespace, WATCHED_RULES);
  });
  return account;
}

function createDeployment(
  parent: PrimaryWatch,
  name: string,
  values: PrimaryWatchValues,
  home: pulumi.Output<string>,
  dependsOn: pulumi.Resource[],
): k8s.apps.v1.Deployment {
  const program = watchProgram();
  const config = new k8s.core.v1.ConfigMap(
    `${name}-program`,
    { metadata: metadata(values, home), data: program },
    { parent },
  );
  return new k8s.apps.v1.Deployment(
    `${name}-deployment`,
    { metadata: metadata(values, home), spec: deploymentSpec(values, program) },
    { parent, dependsOn: [...dependsOn, config] },
  );
}

function createBudget(
  parent: PrimaryWatch,
  name: string,
  values: PrimaryWatchValues,
  home: pulumi.Output<string>,
): void {
  new k8s.policy.v1.PodDisruptionBudget(
    `${name}-pdb`,
    {
      metadata: metadata(values, home),
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: watchPodLabels(values.watchName) },
      },
    },
    { parent },
  );
}

function createMonitoring(
  parent: PrimaryWatch,
  name: string,
  values: PrimaryWatchValues,
  home: pulumi.Output<string>,
  deployment: pulumi.Resource,
): void {
  if (!values.monitoring) return;
  const { watchName } = values;
  const { interval, labels, alerts } = watchMonitoringValues(values.monitoring);
  const common = metadata(values, home);
  const labelled = { ...common, labels: { ...labels, ...common.labels } };
  const opts = { parent, dependsOn: [deployment] };
  createMonitor(name, labelled, watchPodLabels(watchName), interval, opts);
  if (!alerts.enabled) return;
  createRule(name, labelled, (known) => watchRuleSpec({ watchName, alerts }, known), opts);
}
