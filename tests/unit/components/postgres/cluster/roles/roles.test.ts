import { RolePassword, TableAccess } from "../../../../../../components";
import {
  CLUSTER,
  COMPONENT,
  DATABASE,
  DATABASE_ROLE,
  declared,
  JOB,
  LABELS,
  MINIMAL,
  NETWORK_POLICY,
  PASSWORD,
  SECRET,
} from "../../../../support/cluster-fixtures";
import { crdErrors } from "../../../../support/crd-schema";
import { only, type Registration } from "../../../../support/registrations";

const reader = { name: "report_reader", login: true, password: RolePassword.Generated };

const inPlain = (one: Registration) =>
  (one.inputs["stringData"] as { secret: Record<string, string> }).secret;

describe("A role with a generated password", () => {
  const all = () => declared({ ...MINIMAL, poolers: ["orders-pooler"], roles: [reader] });

  test("is a DatabaseRole that gets the verifier of it", async () => {
    const role = only(await all(), DATABASE_ROLE);
    expect(role).toMatchObject({
      name: "orders-role-report-reader",
      parent: COMPONENT,
      dependsOn: [`${SECRET}::orders-role-report-reader-verifier`, `${CLUSTER}::orders-cluster`],
      customTimeouts: { create: "2m", update: "2m", delete: "2m" },
    });
    expect(role.inputs).toEqual({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "DatabaseRole",
      metadata: {
        name: "orders-report-reader",
        namespace: "shop",
        labels: LABELS,
        annotations: {
          "pulumi.com/waitFor":
            '["condition=PasswordSecretChange","jsonpath={.status.applied}=true"]',
        },
      },
      spec: {
        cluster: { name: "orders" },
        name: "report_reader",
        ensure: "present",
        databaseRoleReclaimPolicy: "retain",
        inherit: true,
        connectionLimit: -1,
        login: true,
        passwordSecret: { name: "orders-report-reader-verifier" },
      },
    });
    expect(crdErrors("DatabaseRole", role.inputs)).toEqual([]);
    const verifier = only(await all(), SECRET, "orders-role-report-reader-verifier");
    expect(verifier.inputs).toMatchObject({
      metadata: { name: "orders-report-reader-verifier", labels: { "cnpg.io/reload": "true" } },
      type: "kubernetes.io/basic-auth",
    });
    const { username, password } = inPlain(verifier);
    expect(username).toBe("report_reader");
    expect(password).toMatch(/^SCRAM-SHA-256\$4096:/);
  });

  test("has a Secret for applications, and one for each pooler, once it applies", async () => {
    const direct = only(await all(), SECRET, "orders-role-report-reader-login");
    const pooled = only(await all(), SECRET, "orders-role-report-reader-login-orders-pooler");
    expect(direct.inputs["metadata"]).toEqual({
      name: "orders-report-reader",
      namespace: "shop",
      labels: LABELS,
    });
    expect(inPlain(direct)).toMatchObject({
      username: "report_reader",
      password: "generated",
      host: "orders-rw.shop.svc",
      dbname: "app",
      uri: "postgresql://report_reader:generated@orders-rw.shop.svc:5432/app?sslmode=require",
    });
    expect(pooled.inputs["metadata"]).toMatchObject({ name: "orders-pooler-report-reader" });
    expect(inPlain(pooled)).toMatchObject({
      uri: "postgresql://report_reader:generated@orders-pooler.shop.svc:5432/app?sslmode=require",
    });
    expect(Object.keys(inPlain(pooled))).toEqual(Object.keys(inPlain(direct)));
    for (const { dependsOn } of [direct, pooled]) {
      expect(dependsOn).toContain(`${DATABASE_ROLE}::orders-role-report-reader`);
    }
  });

  test("connects to the database that it names", async () => {
    const args = { ...MINIMAL, databases: [{ name: "audit" }] };
    const registered = await declared({ ...args, roles: [{ ...reader, database: "audit" }] });
    const login = only(registered, SECRET, "orders-role-report-reader-login");
    expect(inPlain(login)).toMatchObject({ dbname: "audit" });
  });
});

test("a role without a password loses one that it has", async () => {
  const roles = [{ name: "bare", login: true, password: RolePassword.None }];
  const all = await declared({ ...MINIMAL, roles });
  expect(only(all, DATABASE_ROLE).inputs).toMatchObject({
    metadata: { annotations: { "pulumi.com/waitFor": "jsonpath={.status.applied}=true" } },
    spec: { disablePassword: true },
  });
  expect(all.filter(({ type }) => type === PASSWORD).map(({ name }) => name)).toEqual([
    "orders-owner-password",
  ]);
});

test("a role that logs in by certificate gets one of the operator, unless the authority is another", async () => {
  const args = { ...MINIMAL, roles: [{ name: "robot", login: true }], certificateUsers: ["robot"] };
  const own = only(await declared(args), DATABASE_ROLE).inputs;
  expect(own["spec"]).toMatchObject({ clientCertificate: { enabled: true } });
  expect(crdErrors("DatabaseRole", own)).toEqual([]);
  const certificates = { clientCaSecret: "ca", replicationTlsSecret: "replication" };
  const other = only(await declared({ ...args, certificates }), DATABASE_ROLE).inputs;
  expect(other["spec"]).not.toHaveProperty("clientCertificate");
});

describe("Grants", () => {
  const grants = [{ access: TableAccess.ReadOnly }];
  const databases = [{ name: "audit", owner: "auditor" }, { name: "scratch" }];
  const auditor = { ...reader, name: "auditor" };

  test("are a Job for each database, of its owner, once roles and databases are there", async () => {
    const roles = [auditor, { ...reader, grants }];
    const all = await declared({ ...MINIMAL, databases, roles });
    const jobs = all.filter(({ type }) => type === JOB);
    const env = ({ inputs }: Registration) => {
      const { template } = inputs["spec"] as {
        template: { spec: { containers: { env: Record<string, unknown>[] }[] } };
      };
      return Object.fromEntries(
        template.spec.containers[0]?.env.map(({ name, value, valueFrom }) => [
          name,
          value ?? valueFrom,
        ]) ?? [],
      ) as Record<string, unknown>;
    };
    expect(jobs.map((job) => [job.name, env(job)["PGDATABASE"], env(job)["PGPASSWORD"]])).toEqual([
      ["orders-grants", "app", { secretKeyRef: { name: "orders-app", key: "password" } }],
      [
        "orders-grants-audit",
        "audit",
        { secretKeyRef: { name: "orders-auditor", key: "password" } },
      ],
      [
        "orders-grants-scratch",
        "scratch",
        { secretKeyRef: { name: "orders-app", key: "password" } },
      ],
    ]);
    const [first, second] = jobs;
    expect(first?.dependsOn).toEqual(
      expect.arrayContaining([
        `${CLUSTER}::orders-cluster`,
        `${DATABASE_ROLE}::orders-role-report-reader`,
        `${DATABASE}::orders-database-audit`,
      ]),
    );
    const ofOwner = { PGUSER: { secretKeyRef: { name: "orders-app", key: "username" } } };
    expect(first && env(first)).toMatchObject({
      ...ofOwner,
      PGHOST: "orders-rw.shop.svc",
      PGSSLMODE: "verify-full",
    });
    expect(first && env(first)["SQL"]).toContain(
      'GRANT USAGE ON SCHEMA "public" TO "report_reader";',
    );
    // A database without a grant may have had some.
    expect(second && env(second)["SQL"]).toContain("REVOKE ALL ON %s %I.%I FROM %I");
    expect(second && env(second)["SQL"]).not.toContain("GRANT USAGE");
  });

  test("without any declared, not even none, there is no Job", async () => {
    const without = await declared({ ...MINIMAL, databases, roles: [auditor, reader] });
    expect(without.filter(({ type }) => type === JOB)).toEqual([]);
    const none = await declared({ ...MINIMAL, roles: [{ ...reader, grants: [] }] });
    expect(none.filter(({ type }) => type === JOB)).toHaveLength(1);
  });

  test("come through a policy that names its clients", async () => {
    const networkPolicy = { clients: [] };
    const all = await declared({ ...MINIMAL, networkPolicy, roles: [{ ...reader, grants }] });
    const { spec } = only(all, NETWORK_POLICY).inputs as { spec: { ingress: unknown[] } };
    const { spec: job } = only(all, JOB).inputs as {
      spec: { template: { metadata: { labels: Record<string, string> } } };
    };
    expect(spec.ingress).toContainEqual({
      from: [{ podSelector: { matchLabels: job.template.metadata.labels } }],
      ports: [{ protocol: "TCP", port: 5432 }],
    });
    const other = only(
      await declared({ ...MINIMAL, networkPolicy, roles: [reader] }),
      NETWORK_POLICY,
    );
    expect(other.inputs["spec"]).toMatchObject({ ingress: { length: spec.ingress.length - 1 } });
  });
});
