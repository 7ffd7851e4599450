/** The conditions of the alerts are tested by Prometheus itself, with the sandbox: tests/e2e/alerts. */
import fc from "fast-check";
import {
  AlertSeverity,
  BackupMethod,
  ClusterAlert,
  DataDurability,
  PoolerAlert,
  WatchAlert,
} from "../../../../components";
import {
  clusterRules,
  poolerRules,
  ruleOf,
  type Rule,
  watchRules,
} from "../../support/monitoring-fixtures";

const names = (rules: Rule[]) => rules.map(({ alert }) => alert);

/** The alerts that are missing from a list. */
const without = (rules: Rule[]) =>
  Object.values(ClusterAlert).filter((name) => !names(rules).includes(name));

const BACKUPS = [
  ClusterAlert.WalArchivingFailing,
  ClusterAlert.WalArchivingBehind,
  ClusterAlert.BackupFailed,
  ClusterAlert.BackupTooOld,
  ClusterAlert.BackupNotRestorable,
  ClusterAlert.NotRecoverable,
];

describe("The alerts", () => {
  test("exist once each for a cluster, a pooler and a watch with everything", () => {
    expect(names(clusterRules()).sort()).toEqual(Object.values(ClusterAlert).sort());
    expect(names(poolerRules()).sort()).toEqual(Object.values(PoolerAlert).sort());
    expect(names(watchRules()).sort()).toEqual(Object.values(WatchAlert).sort());
  });

  test.each([
    ["without backups", { backup: undefined }, BACKUPS],
    [
      "with snapshots, whose failures and WAL are not reported",
      { backup: { schedule: "@daily", method: BackupMethod.VolumeSnapshot } },
      [ClusterAlert.BackupFailed, ClusterAlert.BackupNotRestorable],
    ],
    [
      "without synchronous replicas",
      { synchronousReplicas: 0 },
      [ClusterAlert.SynchronousReplicasMissing],
    ],
    [
      "of two, where a missing one leaves the last instance",
      { instances: 2 },
      [ClusterAlert.InstancesMissing],
    ],
    [
      "of one",
      { instances: 1, synchronousReplicas: 0 },
      [
        ClusterAlert.SeveralPrimaries,
        ClusterAlert.InstancesMissing,
        ClusterAlert.LastInstance,
        ClusterAlert.StandbyNotStreaming,
        ClusterAlert.ReplicationLag,
        ClusterAlert.SynchronousReplicasMissing,
      ],
    ],
    [
      "that follows another one",
      { replica: {} },
      [
        ClusterAlert.NoPrimary,
        ClusterAlert.SeveralPrimaries,
        ClusterAlert.SynchronousReplicasMissing,
      ],
    ],
    [
      "of one that follows another one through its archive",
      { replica: {}, instances: 1 },
      [
        ClusterAlert.NoPrimary,
        ClusterAlert.SeveralPrimaries,
        ClusterAlert.LastInstance,
        ClusterAlert.StandbyNotStreaming,
        ClusterAlert.ReplicationLag,
        ClusterAlert.SynchronousReplicasMissing,
      ],
    ],
    [
      "of one that streams from another one",
      { replica: { streaming: true }, instances: 1 },
      [
        ClusterAlert.NoPrimary,
        ClusterAlert.SeveralPrimaries,
        ClusterAlert.LastInstance,
        ClusterAlert.SynchronousReplicasMissing,
      ],
    ],
  ])("of a cluster %s leave out missing parts", (_, args, missing) => {
    expect(without(clusterRules(args))).toEqual(missing);
  });

  test("of a pooler of one pod do not count it twice", () => {
    expect(names(poolerRules({}, 1))).not.toContain(PoolerAlert.InstancesMissing);
  });

  test("have the declared severity, or are off", () => {
    const severities = {
      [ClusterAlert.Deadlocks]: AlertSeverity.Off,
      [ClusterAlert.ReplicationLag]: AlertSeverity.Critical,
    };
    const rules = clusterRules({ alerts: { severities } });
    expect(without(rules)).toEqual([ClusterAlert.Deadlocks]);
    expect(ruleOf(rules, ClusterAlert.ReplicationLag)?.labels).toEqual({
      namespace: "shop",
      cnpg_cluster: "orders",
      severity: "critical",
    });
  });

  test("about commits are only warnings if commits continue", () => {
    const severity = (dataDurability: DataDurability) =>
      ruleOf(clusterRules({ dataDurability }), ClusterAlert.SynchronousReplicasMissing)?.labels[
        "severity"
      ];
    expect(severity(DataDurability.Required)).toBe("critical");
    expect(severity(DataDurability.Preferred)).toBe("warning");
  });

  test.each(
    [...clusterRules(), ...poolerRules(), ...watchRules()].map(
      (rule) => [rule.alert, rule] as const,
    ),
  )("%s describes the fault and what to do first", (_, { annotations }) => {
    expect(annotations.summary).toMatch(/^(\{\{|[A-Z]).{15,}\.$/);
    expect(annotations.description).toMatch(/^[A-Z`].{60,}\.$/);
    expect(annotations.summary.length).toBeLessThan(140);
  });
});

describe("Thresholds", () => {
  test("are the declared ones", () => {
    const rules = clusterRules({
      alerts: {
        replicationLagSeconds: 7,
        archiveDelaySeconds: 77,
        backupAgeHours: 30,
        transactionSeconds: 777,
        volumeUsage: { warning: 57, critical: 58 },
        connectionUsage: { warning: 29 },
      },
    });
    const ends = (name: string) =>
      ruleOf(rules, name)
        ?.expr.match(/[<>] [\d.]+/g)
        ?.at(-1);
    expect(ruleOf(rules, ClusterAlert.ReplicationLag)?.expr).toContain("} > 7 and");
    expect(ruleOf(rules, ClusterAlert.WalArchivingBehind)?.expr).toContain("} > 77 or");
    expect(ends(ClusterAlert.BackupTooOld)).toBe("> 108000");
    expect(ends(ClusterAlert.LongTransaction)).toBe("> 777");
    expect(ends(ClusterAlert.VolumeFillingUp)).toBe("> 0.57");
    expect(ends(ClusterAlert.VolumeNearlyFull)).toBe("> 0.58");
    expect(ends(ClusterAlert.ConnectionsHigh)).toBe("> 0.29");
    expect(ends(ClusterAlert.ConnectionsNearlyExhausted)).toBe("> 0.95");
  });

  test("of a replica that is behind on purpose include its delay", () => {
    const rules = clusterRules({ replica: { streaming: true, applyDelaySeconds: 3600 } });
    expect(ruleOf(rules, ClusterAlert.ReplicationLag)?.expr).toContain("} > 3660 and");
  });

  test.each([
    ["0 0 2 * * *", true, "> 93600", "6h"],
    ["0 0 2 * * *", false, "> 93600", "26h"],
    ["@every 12h", true, "> 46800", "6h"],
    ["0 0 3 * * SUN", false, "> 655200", "182h"],
  ])("of backups depend on the schedule %s, immediate %s", (schedule, immediate, age, first) => {
    const rules = clusterRules({ backup: { schedule, immediate } });
    expect(ruleOf(rules, ClusterAlert.BackupTooOld)?.expr.endsWith(age)).toBe(true);
    expect(ruleOf(rules, ClusterAlert.NotRecoverable)?.for).toBe(first);
  });

  test("of a pooler depend on its sizes", () => {
    const full = (parameters: Record<string, string>) =>
      ruleOf(poolerRules(parameters), PoolerAlert.ServerConnectionsExhausted)?.expr;
    expect(full({})).toMatch(/ >= 50$/);
    expect(full({ max_db_connections: "30" })).toMatch(/ >= 30$/);
    expect(full({ max_db_connections: "0" })).toMatch(/ >= 50$/);
    expect(
      ruleOf(poolerRules({ max_client_conn: "5001" }), PoolerAlert.ClientsNearLimit)?.expr,
    ).toMatch(/ > 4000$/);
  });

  test("are numbers and durations that Prometheus accepts, for all arguments", () => {
    const usage = fc
      .tuple(fc.integer({ min: 1, max: 98 }), fc.integer({ min: 1, max: 99 }))
      .filter(([warning, critical]) => warning < critical)
      .map(([warning, critical]) => ({ warning, critical }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.record({
          replicationLagSeconds: fc.integer({ min: 1, max: 86_400 }),
          backupAgeHours: fc.integer({ min: 1, max: 8784 }),
          volumeUsage: usage,
          connectionUsage: usage,
        }),
        fc.boolean(),
        (instances, alerts, immediate) => {
          const backup = { schedule: "@hourly", immediate };
          for (const rule of clusterRules({ instances, alerts, backup })) {
            expect(rule.for).toMatch(/^[1-9]\d*[mh]$/);
            // 0.29 and not 0.28999999999999998.
            expect(rule.expr).not.toMatch(/NaN|undefined|Infinity|\d\.\d{3,}|e[-+]/);
          }
        },
      ),
    );
  });
});
