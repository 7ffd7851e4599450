import type { Case } from "./rules";

const of = "pooler";
const PARAMETERS = "spec.pgbouncer.parameters";
const HBA = "spec.pgbouncer.pg_hba";
const PODS = "spec.template.spec";
const own = { name: "pgbouncer" };

const hba = (value: string[], ...says: string[]): Case => ({
  rule: "pooler-authentication",
  of,
  path: HBA,
  value,
  says,
});

const parameter = (name: string, value: string, says: string): Case => ({
  rule: "pooler-encrypted",
  of,
  path: `${PARAMETERS}.${name}`,
  value,
  says: [`${PARAMETERS}.${name} = ${JSON.stringify(value)}: ${says}`],
});

const AUTH =
  'allows clients without a password, or accepts it in the clear. Use "hba", CloudNativePG\'s default, or "scram-sha-256".';
const SERVER =
  'PgBouncer would pass its clients\' logins on to a server that it does not verify. Use "verify-ca" or "verify-full".';
const CLIENT =
  'clients would send passwords and data in the clear. Use "require", or "prefer" while some client cannot speak TLS.';
const STRONG = "Use scram-sha-256, or cert for clients with a certificate.";
const SEES =
  "sees every query and every row that passes through. Remove the container, or allow its name in the configuration of this rule.";
const HOST = "an attacker in PgBouncer would control its host. Remove it.";

const pods = (path: string, value: unknown, ...says: string[]): Case => ({
  rule: "pooler-pods",
  of,
  path: `${PODS}.${path}`,
  value,
  says,
});

export const poolerSecurityCases: readonly Case[] = [
  hba(
    ["host all all 0.0.0.0/0 trust"],
    `${HBA}[0] = "host all all 0.0.0.0/0 trust": \`trust\` allows any client to log in as any role. ${STRONG}`,
  ),
  hba(
    ["hostssl all all all scram-sha-256", "local pgbouncer all trust"],
    `${HBA}[1] = "local pgbouncer all trust": \`trust\` allows any client to log in as any role. ${STRONG}`,
  ),
  hba(
    ["host all all all TRUST"],
    `${HBA}[0] = "host all all all TRUST": is not a valid line of pg_hba.conf: \`TRUST\` is not a method of it, so it is unclear which clients it allows. Write \`hostssl <database> <user> <address> scram-sha-256\`.`,
  ),
  hba(
    ["hostssl all all all ldap ldapbasedn=a ldaptls=1 ldapbindpasswd=hunter2"],
    `${HBA}[0] = "[not shown]": contains a password, which anyone who may read the Cluster could see. Use a method that needs no password here, such as scram-sha-256, cert, or ldap with ldapprefix and ldapsuffix.`,
  ),
  hba(["hostssl all all all md5", "hostssl all all 10.0.0.0/8 cert", "host all all all reject"]),
  ...["any", "trust", "plain", "TRUST", " trust", "Any "].map((value) =>
    parameter("auth_type", value, AUTH),
  ),
  parameter(
    "auth_type",
    "banana",
    'is not a valid value, and PgBouncer would not start. Use "hba", CloudNativePG\'s default, or "scram-sha-256".',
  ),
  parameter("server_tls_sslmode", "disable", SERVER),
  parameter("server_tls_sslmode", " Prefer", SERVER),
  parameter("client_tls_sslmode", "DISABLE", CLIENT),
  parameter("client_tls_sslmode", "prefer", "clients may connect without TLS. Set it to require."),
  parameter(
    "client_tls_ciphers",
    "aNULL:eNULL",
    "allows connections that are not encrypted, or not authenticated. Remove it; PgBouncer's default is secure.",
  ),
  parameter(
    "ignore_startup_parameters",
    "a\nauth_type = any",
    "a line break would end the setting in pgbouncer.ini and begin another. Write the value in one line.",
  ),
  {
    rule: "pooler-encrypted",
    of,
    path: `${PARAMETERS}.client_tls_sslmode`,
    says: [
      `${PARAMETERS}.client_tls_sslmode = (not set): clients may connect without TLS. Set it to require.`,
    ],
  },
  {
    rule: "pooler-encrypted",
    of,
    path: `${PARAMETERS}.client_tls_sslmode`,
    value: "Verify-Full",
    says: [],
  },
  {
    rule: "pooler-image",
    of,
    path: `${PODS}.containers.0.image`,
    value: "docker.io/evil/pgbouncer:1",
    says: [
      `${PODS}.containers[0].image = "docker.io/evil/pgbouncer:1": does not come from a trusted registry. Use an image from ghcr.io/cloudnative-pg.`,
    ],
  },
  {
    rule: "pooler-image",
    of,
    path: "spec.pgbouncer",
    value: {
      imageCatalogRef: {
        apiGroup: "postgresql.cnpg.io",
        kind: "ImageCatalog",
        name: "a",
        key: "pgbouncer",
      },
    },
    says: [],
  },
  pods("containers", [own, { name: "shell" }], `${PODS}.containers[1].name = "shell": ${SEES}`),
  pods("initContainers", [{ name: "x" }], `${PODS}.initContainers[0].name = "x": ${SEES}`),
  pods("initContainers", [{ name: "bootstrap-controller" }]),
  pods(
    "containers",
    [{ ...own, command: ["sh"] }],
    `${PODS}.containers[0].command = ["sh"]: runs something else instead of PgBouncer. Remove it.`,
  ),
  pods(
    "containers",
    [{ ...own, securityContext: { privileged: true, capabilities: { add: ["SYS_ADMIN"] } } }],
    `${PODS}.containers[0].securityContext.privileged = true: ${HOST}`,
    `${PODS}.containers[0].securityContext.capabilities.add = ["SYS_ADMIN"]: ${HOST}`,
  ),
  pods("securityContext", { runAsUser: 0 }, `${PODS}.securityContext.runAsUser = 0: ${HOST}`),
  pods(
    "hostNetwork",
    true,
    `${PODS}.hostNetwork = true: gives the pods access to resources of their host. Remove it.`,
  ),
  pods(
    "volumes",
    [{ name: "a", hostPath: { path: "/" } }],
    `${PODS}.volumes[0].hostPath = {"path":"/"}: gives the pods access to files of their host. Remove the volume.`,
  ),
  {
    rule: "pooler-network-policy",
    of: "poolerPolicy",
    says: [
      'metadata.name = "pooler": no NetworkPolicy of the stack selects its pods in databases. Declare one with podSelector.matchLabels cnpg.io/poolerName and this name.',
    ],
  },
  {
    rule: "pooler-administrator",
    of: "main",
    path: "spec.managed.roles.0.name",
    value: "pgbouncer",
    says: [
      'spec.managed.roles[0].name = "pgbouncer": is the name of PgBouncer\'s administrator and console. Use another name.',
    ],
  },
  {
    rule: "pooler-administrator",
    of: "main",
    path: "spec.bootstrap.initdb.owner",
    value: "pgbouncer",
    says: [
      'spec.bootstrap.initdb.owner = "pgbouncer": is the name of PgBouncer\'s administrator and console. Use another name.',
    ],
  },
];
