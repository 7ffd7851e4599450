/**
 * Helm takes a misspelt or vanished key of a chart's values without a word, and the setting does nothing. So what the
 * components set is held against the keys that the charts really have, recorded in `chart-values/` for just the versions
 * that are pinned.
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
  /** Where the values of just this version are. */
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

/** Every operator with everything set that becomes a value of its chart. A new operator joins with a line here. */
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
  test("are there for every chart that is pinned, and for no other", () => {
    const charts = (all: readonly { chart: string }[]) => all.map(({ chart }) => chart).sort();
    expect(charts(recorded)).toEqual(charts(pinned));
    expect(recorded.map(({ file }) => file)).toEqual(recorded.map(({ chart }) => `${chart}.json`));
  });

  test.each(recorded)("of $chart are of the version that is pinned", ({ chart, version }) => {
    expect(version).toBe(pinned.find((one) => one.chart === chart)?.version);
  });

  test.each(recorded)("of $chart say where and when they were read", ({ source, read, keys }) => {
    expect(source).toMatch(/^https:\/\/\S+\/values\.(yaml|schema\.json)$/);
    expect(read).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(keys).toEqual([...new Set(keys)].sort());
  });
});

describe("the components set", () => {
  test.each(recorded)("only keys that $chart has", async ({ chart, keys }) => {
    const install = INSTALLATIONS[chart];
    if (!install) throw new Error(`No installation of ${chart} is tried: add one in this test.`);
    // As a preview: a value that another resource produces still has its key.
    const all = await registrations(install, { preview: true });
    const releases = all.filter((one) => chartOf(one) === chart);
    expect(releases.length).toBe(1);
    const set = releases.flatMap(({ inputs }) => leaves(inputs["values"] as object));
    expect(set.length).toBeGreaterThan(0);
    expect(set.filter((path) => !isKnown(path, keys))).toEqual([]);
  });
});

describe("the comparison", () => {
  test("finds a key that is not there, above or beside one that is", () => {
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

/** The chart of a release, be it a name in a repository or an address in a registry. */
function chartOf({ type, inputs }: Registration): string | undefined {
  return type === "kubernetes:helm.sh/v3:Release"
    ? String(inputs["chart"]).split("/").at(-1)
    : undefined;
}

/** The paths of everything that is no object with keys of its own. */
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
 * Whether it is a key of the chart's, or below one: what is an empty object there takes any keys. What is below
 * `resources` is Kubernetes' and not the chart's, even where the chart sets some of it.
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
