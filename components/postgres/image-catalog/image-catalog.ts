import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { CatalogKind, type ImageCatalogArgs } from "./args";
import { imageCatalogSpec } from "./spec";
import { imageCatalog } from "./values";

/**
 * Images of PostgreSQL by major version, and of PgBouncer, for the clusters and poolers of a namespace: they change in one
 * place, and every cluster that names the catalogue follows, its instances one by one.
 *
 * It requires the CloudNativePG operator (CloudNativePgOperator installs it).
 *
 * @example
 * ```typescript
 * const images = new ImageCatalog("images", {
 *   namespace: "shop",
 *   images: [{ major: 18, image: "registry.example/postgresql:18.6@sha256:..." }],
 * });
 * new PostgresCluster("orders", {
 *   namespace: "shop",
 *   storage: { size: "100Gi" },
 *   imageCatalog: { name: images.name },
 * });
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/docs/1.30/image_catalog
 */
export class ImageCatalog extends pulumi.ComponentResource {
  /** Name of the catalogue, for `imageCatalog` of clusters and poolers. */
  public readonly name!: pulumi.Output<string>;

  constructor(name: string, args: ImageCatalogArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = imageCatalog.accept(name, args);
    super("ha-postgres:index:ImageCatalog", name, {}, opts);

    const { catalogName, namespace, labels } = values;
    const object = new k8s.apiextensions.CustomResource(
      `${name}-catalog`,
      {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: CatalogKind.Namespaced,
        metadata: {
          name: catalogName,
          namespace,
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
