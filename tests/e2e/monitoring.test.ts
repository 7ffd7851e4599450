import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cluster } from "./alerts/cluster";
import { variants } from "./alerts/variants";
import { eventually, npmRunOk } from "./support/commands";
import { asSuperuser, primaryPod } from "./support/database";
import { declaredRules, loadedRules, metricsOf, prometheus, promtool } from "./support/prometheus";
import { databaseSize, operatorSize, prometheusSize } from "./support/sizes";
import { onStack } from "./support/stack";

const minute = 60_000;

jest.setTimeout(15 * minute);

const folder = mkdtempSync(join(tmpdir(), "ha-postgres-monitoring-"));

const config = {
  "ha-postgres:platform": {
    cloudNativePg: operatorSize,
    prometheusStack: prometheusSize,
  },
  "ha-postgres:clusters": { main: databaseSize },
  "ha-postgres:poolers": {
    pooler: { poolMode: "transaction", instances: 1, resources: { cpu: "50m", memory: "64Mi" } },
  },
};

describe("Monitoring", () => {
  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await onStack("monitoring", "up", config);
  }, 60 * minute);

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await npmRunOk("sandbox", "stop");
  });

  test("Prometheus scrapes every instance and every pooler through our monitors", async () => {
    const pods = async () =>
      (await prometheus('up{job=~"databases/.*"} == 1')).map(
        ({ metric }) => `${metric["job"] ?? ""} ${metric["pod"] ?? ""}`,
      );
    const found = await eventually(pods, (up) => up.length === 4, 3 * minute);
    expect(found.sort()).toEqual([
      ...["databases/main main-1", "databases/main main-2", "databases/main main-3"],
      expect.stringMatching(/^databases\/main-pooler main-pooler-/),
    ]);
  });

  test.each(["main", "main-pooler"])(
    "Prometheus evaluates every alert about %s, and knows every metric in it",
    async (name) => {
      const declared = await declaredRules(name);
      const loaded = async () =>
        (await loadedRules()).filter(({ labels }) =>
          [labels["cnpg_cluster"], labels["cnpg_pooler"]].includes(name),
        );
      const rules = await eventually(
        loaded,
        (all) => all.length === declared.length && all.every(({ health }) => health !== "unknown"),
        3 * minute,
      );
      expect(rules.filter(({ health }) => health !== "ok")).toEqual([]);
      expect(rules.map((rule) => rule.name).sort()).toEqual(
        declared.map(({ alert }) => alert).sort(),
      );
      for (const metric of metricsOf(declared)) {
        const series = () => prometheus(`count by (job) (${metric}{job="databases/${name}"})`);
        await eventually(series, (found) => found.length === 1, 2 * minute);
      }
    },
  );

  test("nothing is wrong with what was just created", async () => {
    const alerts = () => prometheus('ALERTS{namespace="databases"}');
    expect(await eventually(alerts, (found) => found.length === 0, 3 * minute)).toEqual([]);
  });

  test("an alert fires: a transaction that is open for longer than 60 seconds", async () => {
    const primary = await primaryPod("main");
    const transaction = asSuperuser(primary, "SELECT pg_sleep(600)").catch(() => "ended");
    const firing = () => prometheus('ALERTS{namespace="databases",alertstate="firing"}');
    const alerts = await eventually(firing, (found) => found.length > 0, 5 * minute);
    expect(alerts.map(({ metric }) => metric)).toEqual([
      {
        __name__: "ALERTS",
        ...{ alertname: "PostgresLongTransaction", alertstate: "firing", severity: "warning" },
        ...{ namespace: "databases", cnpg_cluster: "main" },
        ...{ pod: primary, datname: "postgres", usename: "postgres" },
      },
    ]);
    await asSuperuser(
      primary,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'",
    );
    expect(await transaction).toBe("ended");
    await eventually(firing, (found) => found.length === 0, 3 * minute);
  });

  test.each(Object.entries({ cluster, ...variants }))(
    "the alerts find what they are for and nothing else: %s",
    async (name, suite) => {
      const { code, all } = await promtool(folder, name, suite);
      expect([code, all]).toEqual([0, expect.stringContaining("SUCCESS")]);
    },
  );
});
