import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSqlJob, sqlJobName } from "../../../../../components/postgres/sql-job/sql-job";
import { sqlJobLabels, sqlJobSpec } from "../../../../../components/postgres/sql-job/spec";
import { asKubernetesReads } from "../../../support/expansion";
import { registrations } from "../../../support/registrations";

const target = {
  host: "orders-rw.shop.svc",
  database: "app",
  loginSecret: "orders-app",
  caSecret: "orders-ca",
};
const pod = {
  clusterName: "orders",
  labels: { team: "sales" },
  image: "postgresql:18",
  placement: { nodeSelector: { pool: "database" }, priorityClassName: "database" },
  imagePullSecrets: ["registry"],
};

test("a Job is named by its content, stays, and is replaced once it has failed", async () => {
  const [job] = await registrations(() =>
    createSqlJob(
      undefined as never,
      "orders-grants",
      {
        purpose: "grants",
        sql: "SELECT 1;",
        target,
        pod,
        metadata: { namespace: "shop", labels: {} },
      },
      [],
    ),
  );
  expect(job?.inputs["metadata"]).toEqual({
    name: sqlJobName("orders", "grants", ["orders-grants", "SELECT 1;"]),
    namespace: "shop",
    labels: {},
    annotations: { "pulumi.com/replaceUnready": "true" },
  });
  expect(job?.inputs["spec"]).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 300 });
  expect(job?.inputs["spec"]).not.toHaveProperty("ttlSecondsAfterFinished");
});

test("the name is one of a label, whatever the cluster's is, and another one for another content", () => {
  const name = sqlJobName(`${"a".repeat(44)}-b`, "grants", ["x"]);
  expect(name).toMatch(/^a{44}-grants-[0-9a-f]{10}$/);
  expect(sqlJobName("orders", "grants", ["x"])).not.toBe(sqlJobName("orders", "grants", ["y"]));
});

test("the pod is admitted by the strictest namespace, and has no key but that of the database", () => {
  const { template } = sqlJobSpec("SELECT 1;", target, pod) as unknown as {
    template: { spec: Record<string, unknown> };
  };
  expect(template.spec).toMatchObject({
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    nodeSelector: { pool: "database" },
    priorityClassName: "database",
    imagePullSecrets: [{ name: "registry" }],
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 26,
      runAsGroup: 26,
      fsGroup: 26,
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumes: [{ secret: { secretName: "orders-ca", items: [{ key: "ca.crt", path: "ca.crt" }] } }],
    containers: [
      {
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        terminationMessagePolicy: "FallbackToLogsOnError",
      },
    ],
  });
  expect(JSON.stringify(template)).not.toContain("ca.key");
});

test("it ends where a service mesh puts a proxy into pods", () => {
  const { template } = sqlJobSpec("SELECT 1;", target, pod) as unknown as {
    template: { metadata: Record<string, unknown> };
  };
  expect(template.metadata).toEqual({
    labels: { team: "sales", ...sqlJobLabels("orders") },
    annotations: { "sidecar.istio.io/inject": "false", "linkerd.io/inject": "disabled" },
  });
});

test("it runs as the user of the cluster, by number, whoever the image names", () => {
  const spec = { postgresUID: 999, postgresGID: 998 };
  expect(sqlJobSpec("SELECT 1;", target, { ...pod, spec })).toMatchObject({
    template: { spec: { securityContext: { runAsUser: 999, runAsGroup: 998, fsGroup: 998 } } },
  });
});

interface Container {
  command: string[];
  env: { name: string; value?: string }[];
}

function container(sql: string, database = target.database): Container {
  const { template } = sqlJobSpec(sql, { ...target, database }, pod) as unknown as {
    template: { spec: { containers: Container[] } };
  };
  const [only] = template.spec.containers;
  if (!only) throw new Error("there is no container");
  return only;
}

test("dollars reach psql as they are", () => {
  const sql = "DO $$ BEGIN END $$; SELECT '$(PGHOST)';";
  const { env } = container(sql, "a$$b");
  const read = new Map(env.map(({ name, value = "" }) => [name, asKubernetesReads(value)]));
  expect(read.get("SQL")).toBe(sql);
  expect(read.get("PGDATABASE")).toBe("a$$b");
});

describe("the script", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ha-postgres-sql-job-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs it with a psql that is this. */
  function run(psql: string): string {
    const program = join(folder, "psql");
    writeFileSync(program, `#!/bin/bash\ncd ${folder}\n${psql}\n`);
    chmodSync(program, 0o755);
    const [command = "", ...args] = container("").command;
    try {
      return execFileSync(command, args, {
        env: { PATH: `${folder}:${process.env["PATH"] ?? ""}`, SQL: "SELECT 1;" },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return `${status}: ${stdout}`;
    }
  }

  test("hands on the SQL, and says what psql says", () => {
    expect(run("cat")).toBe("SELECT 1;\n");
  });

  test("ends at once with SQL that fails", () => {
    expect(run("echo x >> tries; echo ERROR >&2; wc -l < tries; exit 3")).toBe("3: ERROR\n1\n");
  });

  test("tries again without a connection", () => {
    const lost =
      "echo x >> tries; if [ $(wc -l < tries) -lt 2 ]; then echo lost; exit 2; fi; echo done";
    expect(run(lost)).toBe("done\n");
  });
});
