import type { Artefacts } from "../sandbox/build/build.ts";
import { imagePrefix, imageReference } from "../sandbox/build/image.ts";
import { chartArchive } from "../sandbox/chart-parts.ts";
import { images, type PartSet } from "../sandbox/parts.ts";
import { mapping, type StackDocument } from "./stack-file.ts";

type Values = Record<string, unknown>;

/** An operator of the platform that can run in the sandbox. */
interface LocalOperator {
  /** The set of parts that it needs. */
  set: PartSet;
  /** Name of its chart, and of the part that contains it. */
  chart: string;
  /** Arguments that differ in the sandbox, since not everything can be built. */
  settings: Values;
}

const localOperators: Readonly<Record<string, LocalOperator>> = {
  certManager: {
    set: "certificates",
    chart: "cert-manager",
    settings: { startupApiCheck: false },
  },
  barmanCloudPlugin: { set: "backup", chart: "plugin-barman-cloud", settings: {} },
  sealedSecrets: { set: "platform", chart: "sealed-secrets", settings: {} },
  chaosMesh: {
    set: "platform",
    chart: "chaos-mesh",
    settings: {
      daemon: false,
      values: {
        controllerManager: {
          image: { tag: images.chaosMesh.tag },
          podChaos: { podFailure: { pauseImage: imageReference(images.base) } },
        },
      },
    },
  },
  prometheusStack: {
    set: "platform",
    chart: "kube-prometheus-stack",
    settings: { grafana: { enabled: false }, nodeExporter: false, kubeStateMetrics: false },
  },
};

/**
 * Finds the sets of parts that a stack needs in the sandbox.
 *
 * @throws Error if it contains an operator that cannot run there.
 */
export function setsOf(stack: StackDocument): PartSet[] {
  const further = operatorsOf(stack).map(({ part, local }) => {
    if (!local) {
      throw new Error(
        `platform.${part} cannot run in the sandbox: its images cannot be built here. ` +
          "Remove it from the stack, or deploy to your own cluster with `npm run up -- --context NAME`",
      );
    }
    return local.set;
  });
  const majors: PartSet[] = databasesOf(stack).some(isOfMajors) ? ["majors"] : [];
  const watch: PartSet[] = stack.config["ha-postgres:watch"] === undefined ? [] : ["watch"];
  return [
    ...new Set<PartSet>(["kubernetes", "postgres", "pulumi", ...further, ...watch, ...majors]),
  ];
}

const DATABASES = ["clusters", "recoveries", "replicas", "imports"].map(
  (kind) => `ha-postgres:${kind}`,
);

function databasesOf({ config }: StackDocument): Values[] {
  return DATABASES.flatMap((key) => Object.values(mapping(config[key])).map(mapping));
}

/** Whether a database names one of the two majors that the sandbox has to upgrade between. */
function isOfMajors({ image }: Values): boolean {
  return [images.olderMajor, images.newerMajor].some((one) => imageReference(one) === image);
}

/** Changes a stack to use charts and images that were built here, since none can be pulled. */
export function withLocalImages(stack: StackDocument, artefacts: Artefacts): StackDocument {
  const [repository = "", tag = ""] = imageReference(images.operator).split(/:(?=[^:]*$)/);
  const postgresql = imageReference(images.postgresql);
  const version = Number(images.postgresql.tag);
  const config = { ...stack.config };
  const platform = mapping(config["ha-postgres:platform"]);
  const operators = operatorsOf(stack).map(({ part, local }) => [
    part,
    {
      ...mapping(platform[part]),
      ...local?.settings,
      chart: { chart: chartArchive(artefacts, local?.chart ?? part) },
    },
  ]);
  const { imagePullSecrets } = mapping(config["ha-postgres:mirror"]);
  config["ha-postgres:mirror"] = { images: imagePrefix, imagePullSecrets };
  config["ha-postgres:platform"] = {
    ...platform,
    ...(Object.fromEntries(operators) as Values),
    cloudNativePg: {
      ...mapping(platform["cloudNativePg"]),
      chart: { chart: chartArchive(artefacts, "cloudnative-pg") },
      image: { repository, tag },
      imagePullPolicy: "Never",
    },
  };
  const image = ({ imageCatalog }: Values) => (imageCatalog ? {} : { image: postgresql });
  for (const key of DATABASES) {
    config[key] = eachOf(config[key], (database) =>
      isOfMajors(database) ? database : { ...database, version, ...image(database) },
    );
  }
  config["ha-postgres:poolers"] = eachOf(config["ha-postgres:poolers"], (pooler) => ({
    ...pooler,
    ...image(pooler),
  }));
  const catalogs = config["ha-postgres:imageCatalogs"];
  if (catalogs !== undefined) {
    config["ha-postgres:imageCatalogs"] = eachOf(catalogs, (catalog) => ({
      ...catalog,
      images: [{ major: version, image: postgresql }],
      componentImages: eachKey(catalog["componentImages"] ?? { pgbouncer: "" }, postgresql),
    }));
  }
  const watch = config["ha-postgres:watch"];
  if (watch !== undefined) {
    config["ha-postgres:watch"] = { ...mapping(watch), image: imageReference(images.node) };
  }
  return { ...stack, config };
}

/** The operators of a stack except CloudNativePG. */
function operatorsOf({ config }: StackDocument) {
  return Object.entries(mapping(config["ha-postgres:platform"]))
    .filter(([part, args]) => part !== "cloudNativePg" && typeof args === "object")
    .filter(([, args]) => mapping(args)["install"] !== false)
    .map(([part]) => ({ part, local: localOperators[part] }));
}

function eachOf(map: unknown, change: (value: Values) => Values): Values {
  return Object.fromEntries(
    Object.entries(mapping(map)).map(([name, value]) => [name, change(mapping(value))]),
  );
}

function eachKey(map: unknown, value: string): Values {
  return Object.fromEntries(Object.keys(mapping(map)).map((key) => [key, value]));
}
