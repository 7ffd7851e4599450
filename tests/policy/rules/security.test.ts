import { exposureCases } from "../support/exposure-cases";
import { hbaCases } from "../support/hba-cases";
import { networkPolicyCases } from "../support/network-policy-cases";
import { poolerSecurityCases } from "../support/pooler-security-cases";
import { testCases } from "../support/rules";

/** Rights of a subject in a namespace. */
const binding = (namespace: string, name: string) => ({
  type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  name: "binding",
  object: {
    metadata: { name: "readers", namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "readers" },
    subjects: [
      { kind: "Group", name: "dba", apiGroup: "rbac.authorization.k8s.io" },
      { kind: "Group", name, apiGroup: "rbac.authorization.k8s.io" },
    ],
  },
});

testCases("security", [
  {
    rule: "access-named",
    of: "none",
    beside: binding("databases", "system:authenticated"),
    says: [
      'subjects[1].name = "system:authenticated": is anybody who reaches the API server, or every program in the Kubernetes cluster. Name the groups, users and service accounts that it is for.',
    ],
  },
  { rule: "access-named", of: "none", beside: binding("databases", "on-call"), says: [] },
  {
    rule: "access-named",
    of: "none",
    beside: binding("web", "system:authenticated"),
    says: [],
  },
  {
    rule: "privileged-roles",
    of: "role",
    path: "spec.superuser",
    value: true,
    says: [
      "spec.superuser = true: reporting can read every row, regardless of grants. Remove it, and grant what the role needs.",
    ],
  },
  ...exposureCases,
  ...hbaCases,
  ...networkPolicyCases,
  ...poolerSecurityCases,
  {
    rule: "superuser-access",
    of: "main",
    path: "spec.enableSuperuserAccess",
    value: true,
    says: [
      "spec.enableSuperuserAccess = true: anyone with the password of postgres controls the database and the pod. Remove it, and declare the roles that are needed in spec.managed.roles.",
    ],
  },
  {
    rule: "privileged-roles",
    of: "main",
    path: "spec.managed.roles.0.superuser",
    value: true,
    says: [
      "spec.managed.roles[0].superuser = true: app can read every row, regardless of grants. Remove it, and grant what the role needs.",
    ],
  },
  {
    rule: "parameters-allowed",
    of: "main",
    path: "spec.postgresql.parameters",
    value: { Work_Mem: "64MB", work_mem: "32MB", FSYNC: "off" },
    says: [
      'spec.postgresql.parameters.Work_Mem = "64MB": must be in lower case: PostgreSQL ignores case, so this and `work_mem` would override each other. Write it as `work_mem`.',
      'spec.postgresql.parameters.FSYNC = "off": after a crash of the host the data directory could be damaged beyond recovery. Remove it; to load data fast, use COPY and UNLOGGED tables.',
    ],
  },
  {
    rule: "parameters-allowed",
    of: "main",
    path: "spec.postgresql.parameters.fsync",
    value: "off",
    says: [
      'spec.postgresql.parameters.fsync = "off": after a crash of the host the data directory could be damaged beyond recovery. Remove it; to load data fast, use COPY and UNLOGGED tables.',
    ],
  },
  {
    rule: "parameters-allowed",
    of: "main",
    path: "spec.postgresql.parameters.archive_command",
    value: "/bin/true",
    says: [
      'spec.postgresql.parameters.archive_command = "/bin/true": is set by the operator, which refuses any other value. Remove it; archiving and recovery are configured through the backup of the cluster.',
    ],
  },
  {
    rule: "validation-enabled",
    of: "main",
    path: "metadata.annotations.cnpg\\.io/validation",
    value: "disabled",
    says: [
      'metadata.annotations["cnpg.io/validation"] = "disabled": the operator accepts declarations that it knows to be destructive. Remove it.',
    ],
  },
  {
    rule: "pgadmin-login",
    of: "operator",
    path: "chart",
    value: "pgadmin4",
    says: [
      "values.existingSecret = (not set): the chart's default password is public. Set it to the name of a Secret with the key password.",
    ],
  },
  {
    rule: "release-passwords",
    of: "operator",
    path: "values.auth",
    value: {
      adminPassword: "secret",
    },
    says: [
      'values.auth.adminPassword = "[not shown]": is stored with the release, for every revision. Make it a Secret and name that in the chart\'s existingSecret.',
    ],
  },
  {
    rule: "cluster-passwords",
    of: "main",
    path: "spec.bootstrap.initdb.postInitSQL",
    value: ["CREATE ROLE a PASSWORD 'secret'"],
    says: [
      'spec.bootstrap.initdb.postInitSQL[0] = "[not shown]": contains a password, which anyone who may read the object can read. Move it to a Secret and name that.',
    ],
  },
  {
    rule: "cluster-passwords",
    of: "main",
    path: "spec.externalClusters",
    value: [
      {
        name: "a",
        connectionParameters: {
          password: "secret",
        },
      },
    ],
    says: [
      'spec.externalClusters[0].connectionParameters.password = "[not shown]": contains a password, which anyone who may read the object can read. Move it to a Secret and name that.',
    ],
  },
  {
    rule: "cluster-passwords",
    of: "main",
    path: "spec.externalClusters",
    value: [{ name: "a", connectionParameters: { sslpassword: "hunter2" } }],
    says: [
      'spec.externalClusters[0].connectionParameters.sslpassword = "[not shown]": contains a password, which anyone who may read the object can read. Move it to a Secret and name that.',
    ],
  },
  ...["disable", "allow", "prefer"].map((sslmode) => ({
    rule: "external-cluster-encrypted",
    of: "main",
    path: "spec.externalClusters",
    value: [{ name: "a", connectionParameters: { host: "a", sslmode } }],
    says: [
      `spec.externalClusters[0].connectionParameters.sslmode = "${sslmode}": allows a connection without TLS. Set it to verify-full, with sslRootCert.`,
    ],
  })),
  {
    rule: "external-cluster-encrypted",
    of: "main",
    path: "spec.externalClusters",
    value: [
      { name: "a", connectionParameters: { host: "a", sslmode: "verify-full" } },
      { name: "b", connectionParameters: { hostaddr: "10.0.0.1" } },
    ],
    says: [
      "spec.externalClusters[1].connectionParameters.sslmode = (not set): defaults to prefer, which allows a connection without TLS. Set it to verify-full, with sslRootCert.",
    ],
  },
  {
    rule: "secret-encrypted",
    of: "login",
    path: "$additionalSecretOutputs",
    value: ["data"],
    says: [
      'stringData = "[not shown]": is stored in the stack\'s state as plain text. Add additionalSecretOutputs: ["data", "stringData"] to its options.',
    ],
  },
  {
    rule: "weak-passwords",
    of: "login",
    path: "stringData.password",
    value: "postgres",
    says: [
      'stringData.password = "[not shown]": is short enough to be guessed. Use 16 characters or more, of a RandomPassword.',
    ],
  },
]);
