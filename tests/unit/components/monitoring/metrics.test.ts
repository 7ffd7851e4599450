/**
 * Prometheus silently accepts an alert over a metric that does not exist, and it never fires. So the alerts are compared
 * with the metrics that the pinned versions really have, recorded in `metrics/`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BackupMethod, DataDurability } from "../../../../components";
import {
  BARMAN_CLOUD_IMAGES,
  CLOUDNATIVE_PG_IMAGE,
  PROMETHEUS_STACK_IMAGES,
} from "../../../../components/operators/versions";
import { clusterRules, logicalBackupRules, poolerRules } from "../../support/monitoring-fixtures";

/** The metrics of a version, read from its source, each with its labels. */
interface Metrics {
  of: "instances" | "poolers" | "nodes" | "objects";
  version: string;
  source: string[];
  read: string;
  metrics: Record<string, string[]>;
}

const FOLDER = join(__dirname, "metrics");
const recorded = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [
    file.replace(/\.json$/, ""),
    JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Metrics,
  ]),
);

function recordOf(name: string): Metrics {
  const found = Object.values(recorded).find(({ metrics }) => name in metrics);
  if (!found) throw new Error(`no exporter has the metric ${name}`);
  return found;
}

/** The labels that Prometheus adds, through our monitor. */
const OF_TARGET = ["job", "namespace", "pod"];

describe("Metrics", () => {
  test("are recorded for exactly the pinned versions", () => {
    expect(
      Object.fromEntries(Object.entries(recorded).map(([name, { version }]) => [name, version])),
    ).toEqual({
      "cloudnative-pg": CLOUDNATIVE_PG_IMAGE.tag,
      pgbouncer: CLOUDNATIVE_PG_IMAGE.tag,
      "plugin-barman-cloud": BARMAN_CLOUD_IMAGES.plugin.tag,
      // The newest that the operator supports, and what the sandbox runs.
      kubelet: "1.36.3",
      "kube-state-metrics": PROMETHEUS_STACK_IMAGES.kubeStateMetrics.tag,
    });
  });

  const snapshots = { schedule: "@daily", method: BackupMethod.VolumeSnapshot };
  const all: [string, string][] = [
    ...clusterRules(),
    ...clusterRules({ replica: {} }),
    ...clusterRules({ backup: snapshots, dataDurability: DataDurability.Preferred }),
    ...poolerRules(),
    ...logicalBackupRules(),
  ].map(({ alert, expr }) => [alert, expr]);

  test.each(all)("of %s exist, with the labels that it uses: %s", (_, expr) => {
    const found = [...expr.matchAll(/([a-z]\w+)\{([^}]*)\}/g)];
    expect(found.length).toBeGreaterThan(0);
    for (const [, name = "", matchers = ""] of found) {
      const { of, metrics } = recordOf(name);
      const labels = [...matchers.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, label]) => label);
      expect([
        ...(of === "nodes" || of === "objects" ? [] : OF_TARGET),
        ...(metrics[name] ?? []),
      ]).toEqual(expect.arrayContaining(labels));
    }
  });

  test("of instances and poolers are read only from our monitor", () => {
    for (const [, expr] of all) {
      for (const [, name = "", matchers = ""] of expr.matchAll(/([a-z]\w+)\{([^}]*)\}/g)) {
        expect(matchers).toContain(
          /^kube(let|_cronjob)_/.test(name) ? 'namespace="shop"' : 'job="shop/',
        );
      }
    }
  });
});
