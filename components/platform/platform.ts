import * as pulumi from "@pulumi/pulumi";
import { BarmanCloudPlugin } from "../operators/barman-cloud-plugin";
import { CertManager } from "../operators/cert-manager";
import { ChaosMesh } from "../operators/chaos-mesh";
import { CloudNativePgOperator } from "../operators/cloudnative-pg";
import { IngressNginx } from "../operators/ingress-nginx";
import type { Mirror } from "../operators/mirror";
import { PrometheusStack } from "../operators/prometheus-stack";
import { RookCephOperator } from "../operators/rook-ceph-operator";
import { SealedSecretsController } from "../operators/sealed-secrets-controller";
import { Traefik } from "../operators/traefik";
import { dropUndefined } from "../rules/drop-undefined";
import { refuse } from "../rules/violation";
import { RookCeph } from "../storage/rook-ceph";
import type { PlatformArgs } from "./platform-args";
import { platformViolations } from "./platform-values";

/**
 * All operators that a stack wants, in the order in which they need each other, with versions that are known to work
 * together: storage before what stores, cert-manager before what has its certificates.
 *
 * Let clusters depend on the platform: they are then created after and destroyed before every operator.
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
 * Each part is a component of the platform's name and its own: `platform-cert-manager`, which is its Helm release, too.
 *
 * @throws InputPropertiesError with everything that is wrong with the parts and with their being together, before
 * anything is registered.
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
    args = dropUndefined(args);
    // Before super(), which registers the component: what is refused leaves nothing behind.
    refuse(`Platform "${name}"`, platformViolations(args));
    super("ha-postgres:index:Platform", name, {}, opts);

    const { certManager, barmanCloudPlugin, sealedSecrets, chaosMesh, prometheusStack } = args;
    const { rookCephOperator, rookCeph, traefik, ingressNginx, cloudNativePg = {} } = args;
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
    const issuing =
      certManager && new CertManager(`${name}-cert-manager`, mirrored(certManager), after());
    const storing =
      rookCephOperator &&
      new RookCephOperator(`${name}-rook-ceph`, mirrored(rookCephOperator), after());
    const storage = rookCeph && new RookCeph(`${name}-ceph`, mirrored(rookCeph), after(storing));
    const databases = new CloudNativePgOperator(
      `${name}-cloudnative-pg`,
      mirrored(cloudNativePg),
      after(),
    );
    const archiving =
      barmanCloudPlugin &&
      new BarmanCloudPlugin(
        `${name}-barman-cloud`,
        mirrored({
          ...barmanCloudPlugin,
          namespace: barmanCloudPlugin.namespace ?? databases.namespace,
        }),
        after(databases, issuing),
      );
    const monitoring =
      prometheusStack &&
      // Its volumes may be Ceph's.
      new PrometheusStack(`${name}-prometheus`, mirrored(prometheusStack), after(storage));
    const breaking = chaosMesh && new ChaosMesh(`${name}-chaos-mesh`, mirrored(chaosMesh), after());
    const entrance = traefik && new Traefik(`${name}-traefik`, mirrored(traefik), after());
    const oldEntrance =
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- Its own argument says that it is known to be retired.
      ingressNginx && new IngressNginx(`${name}-ingress-nginx`, mirrored(ingressNginx), after());

    const operators = [secrets, issuing, storing, databases, archiving];
    const others = [monitoring, breaking, entrance, oldEntrance];
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
