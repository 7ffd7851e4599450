import fc from "fast-check";
import { clusterRules } from "../../../../components/postgres/cluster/rules";
import { FIXED_PARAMETERS } from "../../../../components/postgres/cluster/rules/parameters/fixed";
import { hbaTlsOnly } from "../../../../components/postgres/cluster/rules/access/hba-tls-only";
import { imagePinned } from "../../../../components/postgres/cluster/rules/image-pinned";
import { parametersAllowed } from "../../../../components/postgres/cluster/rules/parameters/allowed";
import { primaryLeaseHolds } from "../../../../components/postgres/cluster/rules/primary-lease";
import { postgresCluster } from "../../../../components/postgres/cluster/values";
import { importedCluster } from "../../../../components/postgres/import/values";
import { importRules } from "../../../../components/postgres/import/rules";
import { recoveryCluster } from "../../../../components/postgres/recovery/values";
import { replicaCluster } from "../../../../components/postgres/replica/values";

const rules = [...clusterRules, ...importRules, primaryLeaseHolds];

/** Arguments whose parts may have any value. */
const malformed = fc.dictionary(
  fc.constantFrom(
    "clusterName",
    "instances",
    "nodes",
    "version",
    "image",
    "resources",
    "storage",
    "walStorage",
    "parameters",
    "synchronous",
    "placement",
    "database",
    "databases",
    "roles",
    "pgHba",
    "labels",
    "backup",
    "certificates",
    "monitoring",
    "source",
    "target",
    "server",
    "import",
  ),
  fc.oneof(
    fc.anything(),
    fc.array(fc.oneof(fc.string(), fc.dictionary(fc.constantFrom("name", "owner"), fc.string()))),
    fc.dictionary(
      fc.constantFrom("size", "memory", "method", "number", "name", "store", "alerts", "time"),
      fc.anything(),
    ),
  ),
);

describe.each(rules.map((rule) => [rule.name, rule] as const))("rule %s", (_, rule) => {
  test("explains itself in a sentence", () => {
    expect(rule.why).toMatch(/^[A-Z`].+\.$/);
  });
});

describe.each([
  ["PostgresCluster", postgresCluster],
  ["RecoveryCluster", recoveryCluster],
  ["ReplicaCluster", replicaCluster],
  ["ImportedCluster", importedCluster],
] as const)("%s", (_, { validate }) => {
  const violationsOf = (args: unknown) => validate("orders", args as never).violations;

  test("accepts any value and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), malformed), (args) => {
        for (const violation of violationsOf(args)) {
          expect(violation.reason.length * violation.remedy.length).toBeGreaterThan(0);
          // `describe` adds the full stops.
          expect(violation.reason + violation.remedy).not.toMatch(/[^.]\.$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("rules have different names", () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("malformed values are reported once, and not by a rule as well", () => {
  const args = { namespace: "shop", storage: { size: "10Gi" }, nodes: 3 };
  const paths = (more: object) =>
    postgresCluster.validate("orders", { ...args, ...more }).violations.map(({ path }) => path);
  expect(paths({ instances: 4 })).toEqual(["instances"]);
  expect(paths({ instances: "4" })).toEqual(["instances"]);
  expect(paths({ roles: [{ name: 5, inRoles: ["nobody"] }] })).toEqual(["roles[0].name"]);
});

describe("hba-tls-only accepts", () => {
  test.each([
    "hostssl all all all scram-sha-256",
    "hostssl  app  app  10.0.0.0/8  scram-sha-256",
    "hostssl app app 10.0.0.0 255.0.0.0 cert clientcert=verify-full",
    "hostssl app app 2001:db8::/32 cert",
    'hostssl "my db" "some one" samenet scram-sha-256',
    "hostssl all all db.example.com ldap ldapserver=ldap.example.com ldapprefix=cn= ldaptls=1",
    "hostssl all all all ldap ldapurl=ldaps://ldap.example.com/dc=example",
    "hostnossl all all all reject",
    "host all bad all reject",
    "local all all peer map=local",
    "# a comment",
    "",
  ])("%s", (line) => {
    expect(hbaTlsOnly.check({ pgHba: [line] })).toEqual([]);
  });
});

describe("hba-tls-only refuses", () => {
  test.each([
    ["hostgssenc all all all gss", "connections without TLS"],
    ["hostssl all all all ident", "trusts the user name that the client's host reports"],
    ["local all all trust", "allows any client to log in as any role"],
    ["hostssl all all ${podselector:apps} scram-sha-256", "pod selector"],
    ["hostssl all all all scram-sha-256\nhost all all all trust", "must be a single line"],
    ["include other.conf", "not a type of connection"],
    ["hostssl all all all kerberos", "not a valid line of pg_hba.conf: `kerberos`"],
    ["hostssl all all all scram-sha-256 \\", "joins the next line to it"],
    ["hostssl all all all peer", "is only a method of `local` lines"],
    ["hostssl all all 10.0.0.0/40 scram-sha-256", "not a valid network"],
    ["hostssl all all all ldap ldapserver=a ldapprefix=cn=", "to the LDAP server in the clear"],
    [
      "hostssl all all all ldap ldapbasedn=a ldaptls=1 ldapbindpasswd=hunter2",
      "contains a password",
    ],
    ["hostssl all all all radius radiusservers=a radiussecrets=hunter2", "contains a password"],
    ["hostssl all all all LDAP ldapbindpasswd=hunter2", "is not a method of it"],
  ])("%s", (line, reason) => {
    expect(hbaTlsOnly.check({ pgHba: [line] })).toEqual([
      expect.objectContaining({
        path: "pgHba[0]",
        reason: expect.stringContaining(reason) as string,
      }),
    ]);
  });
});

describe("image-pinned accepts", () => {
  test.each([
    ["ghcr.io/cloudnative-pg/postgresql:18.1-standard-trixie", 18],
    ["localhost:5000/pg:18@sha256:0", 18],
    ["pg:14.24-202608310817-minimal", 14],
  ])("%s", (image, version) => {
    expect(imagePinned.check({ image, version })).toEqual([]);
  });
});

describe("parameters-allowed", () => {
  test.each([...FIXED_PARAMETERS])("leaves %s to the operator", (parameter) => {
    expect(parametersAllowed.check({ parameters: { [parameter]: "x" } })).toHaveLength(1);
  });

  test("reads names and switches as PostgreSQL does", () => {
    const parameters = { FSYNC: "OFF", Full_Page_Writes: "f", Port: "5433" };
    expect(parametersAllowed.check({ parameters }).map(({ path }) => path)).toEqual([
      "parameters.FSYNC",
      "parameters.Full_Page_Writes",
      "parameters.Port",
    ]);
  });

  test.each([
    "aNULL:eNULL",
    "NULL",
    "HIGH:aNULL",
    "ALL",
    "ADH-AES128-SHA",
    "ECDHE-RSA-NULL-SHA",
    "HIGH:!aNULL:NULL-SHA256",
    "HIGH @SECLEVEL=0",
    "EXPORT",
    "RC4-SHA",
    "DES-CBC3-SHA",
    "TLS_AES_256_GCM_SHA384:TLS_SHA256_SHA256",
    "kEDH+aNULL",
  ])("refuses the ciphers %s", (ssl_ciphers) => {
    expect(parametersAllowed.check({ parameters: { ssl_ciphers } })).toHaveLength(1);
    expect(
      parametersAllowed.check({ parameters: { SSL_TLS13_CIPHERS: ssl_ciphers } }),
    ).toHaveLength(1);
  });

  test.each([
    "HIGH:MEDIUM:+3DES:!aNULL",
    "ALL:!aNULL:!eNULL:!LOW",
    "DEFAULT:!DES:-RC4",
    "HIGH",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "TLS_AES_256_GCM_SHA384",
  ])("accepts the ciphers %s", (ssl_ciphers) => {
    expect(parametersAllowed.check({ parameters: { ssl_ciphers } })).toEqual([]);
  });

  test("accepts safe parameters", () => {
    const parameters = {
      fsync: "on",
      synchronous_commit: "remote_apply",
      wal_level: "replica",
      ssl_min_protocol_version: "TLSv1.2",
      "pg_stat_statements.max": "10000",
    };
    expect(parametersAllowed.check({ parameters })).toEqual([]);
  });
});

describe("primary-lease", () => {
  test.each([
    [{ leaseDurationSeconds: 10 }, "primaryLease.leaseDurationSeconds"],
    [{ renewDeadlineSeconds: 15 }, "primaryLease.leaseDurationSeconds"],
    [{ retryPeriodSeconds: 9 }, "primaryLease.renewDeadlineSeconds"],
  ])("refuses %p with the operator's defaults", (primaryLease, path) => {
    expect(primaryLeaseHolds.check({ primaryLease }).map((violation) => violation.path)).toEqual([
      path,
    ]);
  });
});
