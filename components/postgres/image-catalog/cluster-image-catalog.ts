import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { CatalogKind, type ClusterImageCatalogArgs } from "./args";
import { imageCatalogSpec } from "./spec";
import { clusterImageCatalog } from "./values";

/**
 * An ImageCatalog for all namespaces of the Kubernetes cluster, such as a platform team has for all databases.
 *
 * It requires the CloudNativePG operator (CloudNativePgOperator installs it).
 *
 * @example
 * ```typescript
 * const images = new ClusterImageCatalog("postgresql", {
 *   images: [{ major: 18, image: "registry.example/postgresql:18.6@sha256:..." }],
 * });
 * new PostgresCluster("orders", {
 *   namespace: "shop",
 *   storage: { size: "100Gi" },
 *   imageCatalog: { kind: CatalogKind.ClusterWide, name: images.name },
 * });
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/docs/1.30/image_catalog
 */
export class ClusterImageCatalog extends pulumi.ComponentResource {
  /** Name of the catalogue, for `imageCatalog` of clusters and poolers. */
  public readonly name!: pulumi.Output<string>;

  constructor(
    name: string,
    args: ClusterImageCatalogArgs = {},
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const values = clusterImageCatalog.accept(name, args);
    super("ha-postgres:index:ClusterImageCatalog", name, {}, opts);

    const { catalogName, labels } = values;
    const object = new k8s.apiextensions.CustomResource(
      `${name}-catalog`,
      {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: CatalogKind.ClusterWide,
        metadata: {
          name: catalogName,
          labels: { ...labels, ...recommendedLabels("image-catalog", catalogName, "images") },
        },
        spec: imageCatalogSpec(values),
      },
      { parent: this },
    );

    const outputs = { name: object.metadata.name };
    Object.assign(this, outputs);
    this.registerOutputs(outputs);
  }
}
