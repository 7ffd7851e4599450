import * as pulumi from "@pulumi/pulumi";
import { BarmanCloudPlugin } from "../operators/barman-cloud-plugin/barman-cloud-plugin";
import { CertManager } from "../operators/cert-manager/cert-manager";
import { ChaosMesh } from "../operators/chaos-mesh/chaos-mesh";
import { CloudNativePgOperator } from "../operators/cloudnative-pg/cloudnative-pg";
import type { Mirror } from "../operators/release/args";
import { PrometheusStack } from "../operators/prometheus-stack/prometheus-stack";
import { RookCephOperator } from "../operators/rook-ceph-operator/rook-ceph-operator";
import { SealedSecretsController } from "../operators/sealed-secrets-controller/sealed-secrets-controller";
import { Traefik } from "../operators/traefik/traefik";
import { RookCeph } from "../storage/rook-ceph/rook-ceph";
import type { PlatformArgs } from "./args";
import { platform } from "./values";

/**
 * All operators that a stack requires, in the order in which they need each other, with versions that are known to work
 * together: storage and cert-manager before the parts that use them.
 *
 * Make clusters depend on the platform: they are then created after and destroyed before every operator.
 *
 * @example
 * ```typescript
 * const platform = new Platform("platform", {
 *   kubernetesVersion: "1.35",
 *   certManager: {},
 *   barmanCloudPlugin: {},
 *   sealedSecrets: { deletionProtection: true },
 * });
 * const db = new PostgresCluster("orders", { namespace: "shop", storage }, { dependsOn: platform });
 * ```
 *
 * Each part is named after the platform and itself: `platform-cert-manager`, which is also its Helm release.
 *
 * @throws InputPropertiesError with everything that is wrong about the parts and their combination, before anything is
 * registered.
 */
export class Platform extends pulumi.ComponentResource {
  /** Namespace of CloudNativePG's operator. */
  public readonly operatorNamespace: pulumi.Output<string>;
  /** Certificate that SealedSecrets are sealed with; empty without `sealedSecrets`. */
  public readonly sealingCertificate: pulumi.Output<string>;
  /** StorageClass of Ceph's volumes for databases, known once Ceph works; empty without `rookCeph`. */
  public readonly storageClass: pulumi.Output<string>;
  /** Whether every part runs. */
  public readonly ready: pulumi.Output<boolean>;

  constructor(name: string, args: PlatformArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    args = platform.accept(name, args);
    super("ha-postgres:index:Platform", name, {}, opts);

    const { certManager, barmanCloudPlugin, sealedSecrets, chaosMesh, prometheusStack } = args;
    const { rookCephOperator, rookCeph, traefik, cloudNativePg = {} } = args;
    const mirrored = <Part extends { mirror?: Mirror }>(part: Part): Part => ({
      ...part,
      mirror: part.mirror ?? args.mirror,
    });
    const after = (...others: (pulumi.Resource | undefined)[]) => ({
      parent: this,
      dependsOn: others.filter((other) => other !== undefined),
    });

    const secrets =
      sealedSecrets &&
      new SealedSecretsController(`${name}-sealed-secrets`, mirrored(sealedSecrets), after());
    const certificates =
      certManager && new CertManager(`${name}-cert-manager`, mirrored(certManager), after());
    const rook =
      rookCephOperator &&
      new RookCephOperator(`${name}-rook-ceph`, mirrored(rookCephOperator), after());
    const storage = rookCeph && new RookCeph(`${name}-ceph`, mirrored(rookCeph), after(rook));
    const databases = new CloudNativePgOperator(
      `${name}-cloudnative-pg`,
      mirrored(cloudNativePg),
      after(),
    );
    const backups =
      barmanCloudPlugin &&
      new BarmanCloudPlugin(
        `${name}-barman-cloud`,
        mirrored({
          ...barmanCloudPlugin,
          namespace: barmanCloudPlugin.namespace ?? databases.namespace,
        }),
        after(databases, certificates),
      );
    const monitoring =
      prometheusStack &&
      // Its volumes may be Ceph's.
      new PrometheusStack(`${name}-prometheus`, mirrored(prometheusStack), after(storage));
    const chaos = chaosMesh && new ChaosMesh(`${name}-chaos-mesh`, mirrored(chaosMesh), after());
    const ingress = traefik && new Traefik(`${name}-traefik`, mirrored(traefik), after());

    const operators = [secrets, certificates, rook, databases, backups];
    const others = [monitoring, chaos, ingress];
    this.operatorNamespace = databases.namespace;
    this.sealingCertificate = secrets?.certificate ?? pulumi.output("");
    this.storageClass = storage?.databaseStorageClass ?? pulumi.output("");
    this.ready = pulumi
      .all([...operators, ...others].map((part) => part?.ready ?? true))
      .apply((all) => all.every(Boolean));
    this.registerOutputs({
      operatorNamespace: this.operatorNamespace,
      sealingCertificate: this.sealingCertificate,
      storageClass: this.storageClass,
      ready: this.ready,
    });
  }
}
