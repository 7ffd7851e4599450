/**
 * Helm silently accepts a misspelt or removed key of a chart's values, and the setting has no effect. So the keys that the
 * components set are compared with the keys of the charts, recorded in `chart-values/` for exactly the pinned versions.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  BarmanCloudPlugin,
  CertManager,
  ChaosMesh,
  CloudNativePgOperator,
  PrometheusStack,
  RookCephOperator,
  SealedSecretsController,
  Traefik,
} from "../../../../components";
import type { PinnedChart } from "../../../../components/operators/release/chart";
import * as versions from "../../../../components/operators/versions";
import { registrations, type Registration } from "../../support/registrations";

/** The keys of one version of a chart. */
interface ChartValues {
  chart: string;
  version: string;
  /** Address of the values of exactly this version. */
  source: string;
  /** The day on which they were read. */
  read: string;
  /** From what they were read, where that was not values.yaml of this version. */
  note?: string;
  /** Paths of the keys with a value, an empty object or a list; sorted. */
  keys: string[];
}

const FOLDER = join(__dirname, "chart-values");
const recorded = readdirSync(FOLDER)
  .sort()
  .map((file) => ({
    file,
    ...(JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as ChartValues),
  }));

const pinned = Object.values(versions).filter(
  (value): value is typeof value & PinnedChart =>
    typeof value === "object" && "chart" in value && "version" in value,
);

const priorityClassName = "infrastructure";
const ingress = {
  priorityClassName,
  loadBalancerSourceRanges: ["203.0.113.0/24"],
  serviceAnnotations: { "example.com/load-balancer": "internal" },
};
const rook = () =>
  new RookCephOperator("x", {
    priorityClassName,
    monitoring: true,
    topologyLabels: ["topology.kubernetes.io/zone"],
    kubeletDirectory: "/var/data/kubelet",
  });

/** Every operator with all settings that become values of its chart. Add a line here for a new operator. */
const INSTALLATIONS: Record<string, () => unknown> = {
  "ceph-csi-drivers": rook,
  "cert-manager": () => new CertManager("x", { priorityClassName }),
  "chaos-mesh": () =>
    new ChaosMesh("x", {
      priorityClassName,
      dashboard: true,
      dnsServer: true,
      runtimeSocket: "/run/x",
    }),
  "cloudnative-pg": () =>
    new CloudNativePgOperator("x", {
      priorityClassName,
      watchedNamespaces: ["shop"],
      image: { digest: `sha256:${"a".repeat(64)}` },
    }),
  "kube-prometheus-stack": () =>
    new PrometheusStack("x", {
      priorityClassName,
      prometheus: { storage: { size: "10Gi", storageClass: "fast" } },
      alertmanager: { storage: { size: "1Gi", storageClass: "fast" } },
      grafana: { adminSecret: { name: "grafana-admin" } },
    }),
  "plugin-barman-cloud": () => new BarmanCloudPlugin("x", { priorityClassName }),
  "rook-ceph": rook,
  "sealed-secrets": () =>
    new SealedSecretsController("x", { priorityClassName, keyRenewPeriod: "720h" }),
  traefik: () => new Traefik("x", { ...ingress, gatewayApi: true }),
};

describe("the recorded keys", () => {
  test("exist for every pinned chart, and for no other", () => {
    const charts = (all: readonly { chart: string }[]) => all.map(({ chart }) => chart).sort();
    expect(charts(recorded)).toEqual(charts(pinned));
    expect(recorded.map(({ file }) => file)).toEqual(recorded.map(({ chart }) => `${chart}.json`));
  });

  test.each(recorded)("of $chart are of the pinned version", ({ chart, version }) => {
    expect(version).toBe(pinned.find((one) => one.chart === chart)?.version);
  });

  test.each(recorded)("of $chart record their source and date", ({ source, read, keys }) => {
    expect(source).toMatch(/^https:\/\/\S+\/values\.(yaml|schema\.json)$/);
    expect(read).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(keys).toEqual([...new Set(keys)].sort());
  });
});

describe("the components set", () => {
  test.each(recorded)("only keys that $chart has", async ({ chart, keys }) => {
    const install = INSTALLATIONS[chart];
    if (!install) throw new Error(`No installation of ${chart} is tested: add one in this test.`);
    // As a preview, in which a value that another resource produces still has its key.
    const all = await registrations(install, { preview: true });
    const releases = all.filter((one) => chartOf(one) === chart);
    expect(releases.length).toBe(1);
    const set = releases.flatMap(({ inputs }) => leaves(inputs["values"] as object));
    expect(set.length).toBeGreaterThan(0);
    expect(set.filter((path) => !isKnown(path, keys))).toEqual([]);
  });
});

describe("the comparison", () => {
  test("finds a key that does not exist, above or next to one that does", () => {
    const keys = ["image.tag", "nodeSelector", "webhook.resources.requests.cpu"];
    const values = {
      image: { tag: "1", digest: "sha256:" },
      images: {},
      nodeSelector: { os: "linux" },
      resources: { limits: { cpu: "1" } },
      webhook: { resources: { limits: { cpu: "1" } } },
    };
    expect(leaves(values).filter((path) => !isKnown(path, keys))).toEqual([
      "image.digest",
      "images",
      "resources.limits.cpu",
    ]);
    expect(leaves({ image: "whole" }).filter((path) => !isKnown(path, keys))).toEqual(["image"]);
  });
});

/** The chart of a release: a name in a repository or an address in a registry. */
function chartOf({ type, inputs }: Registration): string | undefined {
  return type === "kubernetes:helm.sh/v3:Release"
    ? String(inputs["chart"]).split("/").at(-1)
    : undefined;
}

/** The paths of all values that are not objects with keys. */
function leaves(values: object, path = ""): string[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const deeper =
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.keys(value).length > 0;
    return deeper ? leaves(value, at) : [at];
  });
}

/**
 * Whether a path is a key of the chart, or below one: an empty object there accepts any keys. Keys below `resources` belong
 * to Kubernetes and not to the chart, even if the chart sets some of them.
 */
function isKnown(path: string, keys: readonly string[]): boolean {
  const resources = /^(.*\.)?resources(?=\.)/.exec(path)?.[0];
  return keys.some(
    (key) =>
      path === key ||
      path.startsWith(`${key}.`) ||
      (resources !== undefined && key.startsWith(`${resources}.`)),
  );
}
