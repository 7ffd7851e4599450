import type * as pulumi from "@pulumi/pulumi";
import {
  CatalogKind,
  type ClusterCatalogArgs,
  type ClusterImageCatalogArgs,
  type ImageCatalogArgs,
} from "../../components";
import { nearestOf } from "../../components/contract/nearest";
import { propertyPath } from "../../components/contract/schema";
import { type Violation, under } from "../../components/contract/violation";
import { catalogImages, clusterImageCatalog } from "../../components/postgres/image-catalog/values";
import { compareMinors, minorOf } from "../../components/formats/versions";
import { databasesOf } from "../declared";
import type { ImageCatalogConfig, StackConfig } from "../schema";
import { withTaken } from "../sources/like-source";

/** A catalogue of the stack before it is registered: one of a namespace, or of all. */
export type DeclaredCatalog = { component: string } & (
  { args: ImageCatalogArgs } | { clusterWide: ClusterImageCatalogArgs }
);

/** Returns the catalogues that the program makes, those of a namespace in each of the databases' namespaces. */
export function declaredCatalogs(
  stack: StackConfig,
  placed: (namespace: string) => pulumi.Input<string>,
): DeclaredCatalog[] {
  return Object.entries(stack.imageCatalogs).flatMap(([name, config]): DeclaredCatalog[] => {
    const args = catalogArgs(stack, name, config);
    if (kindOf(config) === CatalogKind.ClusterWide) {
      return [{ component: `image-catalogs/${name}`, clusterWide: args }];
    }
    return Object.keys(stack.namespaces).map((namespace) => {
      // Neither name has a slash.
      const place = namespace === stack.namespace ? [] : [namespace];
      const component = ["image-catalogs", ...place, name].join("/");
      return { component, args: { ...args, namespace: placed(namespace) } };
    });
  });
}

/** Returns the catalogue of a database, with the image of its version if the stack declares the catalogue. */
export function catalogOf(
  stack: StackConfig,
  { imageCatalog, version = 18 }: { imageCatalog?: ClusterCatalogArgs; version?: number },
): ClusterCatalogArgs | undefined {
  const declared = declaredOf(stack, imageCatalog);
  if (!imageCatalog || !declared) return imageCatalog;
  const images = catalogImages({ ...declared, mirror: stack.mirror });
  const [known] = images.filter(({ major }) => major === version);
  const image = imageCatalog.image ?? known?.image;
  return { ...imageCatalog, ...(image !== undefined && { image }) };
}

/** Finds what is wrong with the catalogues, and with the arguments that name one. */
export function catalogViolations(stack: StackConfig): Violation[] {
  return [
    ...Object.entries(stack.imageCatalogs).flatMap(([name, config]) =>
      under(
        propertyPath(["imageCatalogs", name]),
        clusterImageCatalog.validate(name, catalogArgs(stack, name, config)).violations,
      ),
    ),
    ...databasesOf(stack).flatMap(({ kind, key, config }) => {
      const where = propertyPath([kind, key]);
      // Another's catalogue is looked at there, and its version is taken.
      const { imageCatalog } = config;
      const { version = 18 } = withTaken(stack, config);
      const declared = declaredOf(stack, imageCatalog);
      const images = catalogImages({ ...declared });
      if (!declared) return unknown(stack, where, imageCatalog);
      if (images.some(({ major }) => major === version)) return [];
      if ("source" in config && config.version === undefined) {
        return [
          {
            path: `${where}.imageCatalog.name`,
            value: nameIn(imageCatalog),
            reason: `has no image of ${version}, the version of the source`,
            remedy: "Add one there, or name another catalogue",
          },
        ];
      }
      return [
        {
          path: `${where}.version`,
          value: config.version,
          reason: `is ${version}, of which ${nameOf(imageCatalog)} has no image`,
          remedy: `Use ${images.map(({ major }) => major).join(", ")}, or add an image there`,
        },
      ];
    }),
    ...Object.entries(stack.poolers).flatMap(([key, { imageCatalog }]) => {
      const where = propertyPath(["poolers", key]);
      const declared = declaredOf(stack, imageCatalog);
      if (!declared) return unknown(stack, where, imageCatalog);
      const { componentImages = { pgbouncer: "" } } = declared;
      const { key: wanted = "pgbouncer" } = imageCatalog ?? {};
      if (Object.hasOwn(componentImages, wanted)) return [];
      return [
        {
          path: `${where}.imageCatalog.key`,
          value: imageCatalog?.key,
          reason: `is ${wanted}, which is not in componentImages of ${nameOf(imageCatalog)}`,
          remedy: "Add it there, or name another one",
        },
      ];
    }),
  ];
}

/** The first Kubernetes with volumes of images; until 1.35 it has them only by its feature gate. */
const IMAGE_VOLUMES = "1.33";

/** Finds images of extensions in a Kubernetes that is said to be too old for them. */
export function extensionImageViolations(stack: StackConfig): Violation[] {
  const { kubernetesVersion } = stack.platform;
  const minor = minorOf(kubernetesVersion ?? "");
  if (minor === undefined || compareMinors(minor, IMAGE_VOLUMES) >= 0) return [];
  return databasesOf(stack).flatMap(({ kind, key, config: { extensionImages = [] } }) =>
    extensionImages.length === 0
      ? []
      : [
          {
            path: propertyPath([kind, key, "extensionImages"]),
            value: extensionImages.map((image: { name?: string } | undefined) => image?.name),
            reason: `are volumes of images, which Kubernetes has since ${IMAGE_VOLUMES}, and platform.kubernetesVersion is ${String(kubernetesVersion)}`,
            remedy: "Use an image of PostgreSQL that contains them, or upgrade Kubernetes to 1.35",
          },
        ],
  );
}

type Reference = { name: pulumi.Input<string>; kind?: CatalogKind } | undefined;

function declaredOf(stack: StackConfig, reference: Reference): ImageCatalogConfig | undefined {
  const declared = stack.imageCatalogs[nameIn(reference)];
  return declared && kindOf(declared) === (reference?.kind ?? CatalogKind.Namespaced)
    ? declared
    : undefined;
}

/** A catalogue of another name may exist. */
function unknown(stack: StackConfig, where: string, reference: Reference): Violation[] {
  const name = nameIn(reference);
  const other = stack.imageCatalogs[name];
  if (other) {
    return [
      {
        path: `${where}.imageCatalog.kind`,
        value: reference?.kind,
        reason: `is not that of ${nameOf(reference)}, which is a ${kindOf(other)}`,
        remedy: `Set kind: ${kindOf(other)}`,
      },
    ];
  }
  const nearest = nearestOf(name, Object.keys(stack.imageCatalogs));
  if (name === "" || nearest === undefined) return [];
  return [
    {
      path: `${where}.imageCatalog.name`,
      value: name,
      reason: "is not one of imageCatalogs, and differs little from one of them",
      remedy: `Did you mean \`${nearest}\`? If not, give the catalogue another name`,
    },
  ];
}

function nameIn(reference: Reference): string {
  return typeof reference?.name === "string" ? reference.name : "";
}

function nameOf(reference: Reference): string {
  return propertyPath(["imageCatalogs", nameIn(reference)]);
}

function kindOf({ kind = CatalogKind.Namespaced }: ImageCatalogConfig): CatalogKind {
  return kind;
}

function catalogArgs(
  { mirror }: StackConfig,
  name: string,
  { images, componentImages, labels }: ImageCatalogConfig,
): ClusterImageCatalogArgs {
  return {
    catalogName: name,
    ...(images && { images }),
    ...(componentImages && { componentImages }),
    ...(labels && { labels }),
    ...(mirror && { mirror }),
  };
}
