import {
  protectedComponents,
  protectionNotice,
  type ExportedState,
} from "../../../ops/protected.ts";

const COMMANDS = {
  stack: "prod",
  npm: (command: string) => `npm run ${command} -- --context shop --stack prod`,
  kubectl: "kubectl --context=shop",
};

function urn(types: string, name: string): string {
  const components = types
    .split("$")
    .map((type) => (type.includes(":") ? type : `ha-postgres:index:${type}`));
  return `urn:pulumi:prod::ha-postgres::${components.join("$")}::${name}`;
}

function resource(types: string, name: string, inputs = {}, protect = true) {
  return { urn: urn(types, name), type: types.split("$").at(-1) ?? "", protect, inputs };
}

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";

function cluster(component: string, name: string, bootstrap: object, archives: boolean) {
  return resource(`${component}$${CLUSTER}`, `${name}-cluster`, {
    metadata: { name, namespace: "databases" },
    spec: { bootstrap, ...(archives && { plugins: [{ isWALArchiver: true }] }) },
  });
}

const STATE: ExportedState = {
  deployment: {
    resources: [
      resource("kubernetes:core/v1:Namespace", "databases"),
      resource("PostgresCluster$random:index/randomPassword:RandomPassword", "main-owner-password"),
      resource("PostgresCluster$kubernetes:core/v1:Secret", "main-owner"),
      cluster("PostgresCluster", "main", { initdb: { database: "app" } }, true),
      cluster("RecoveryCluster", "restored", { recovery: { database: "shop" } }, false),
      resource("BackupBucket$aws:s3/bucket:Bucket", "backups-bucket"),
      resource("CertificateAuthority$tls:index/privateKey:PrivateKey", "databases-ca-root-key"),
      resource(
        "Platform$SealedSecretsController$kubernetes:core/v1:Secret",
        "platform-sealed-secrets-sealing-key",
      ),
      resource("kubernetes:core/v1:Secret", "somebody-else"),
    ],
  },
};

test("lists each protected component once", () => {
  expect(protectedComponents(STATE)).toEqual([
    {
      argument: "clusters.main",
      what: "a database",
      cluster: { name: "main", namespace: "databases", database: "app", archives: true },
    },
    {
      argument: "recoveries.restored",
      what: "a database",
      cluster: { name: "restored", namespace: "databases", database: "shop", archives: false },
    },
    { argument: "backups.awsS3", what: "the bucket with all backups" },
    { argument: "certificates.authority", what: "the key of the certificate authority" },
    { argument: "platform.sealedSecrets", what: "the key that opens all sealed secrets" },
    { what: "somebody-else" },
  ]);
});

test("lists nothing for a state without protected resources", () => {
  expect(protectedComponents({})).toEqual([]);
  expect(
    protectedComponents({
      deployment: {
        resources: [resource("PostgresCluster$random:index/randomId:RandomId", "x", {}, false)],
      },
    }),
  ).toEqual([]);
});

test("the message has the commands for a last copy, and for all further steps", () => {
  expect(protectionNotice(protectedComponents(STATE), COMMANDS).split("\n")).toEqual([
    "nothing was destroyed, since the stack prod protects:",
    "  a database, clusters.main",
    "  a database, recoveries.restored",
    "  the bucket with all backups, backups.awsS3",
    "  the key of the certificate authority, certificates.authority",
    "  the key that opens all sealed secrets, platform.sealedSecrets",
    "  somebody-else, declared by another program",
    "A database is deleted with its volumes, and data outside of an archive are lost. To destroy it nevertheless:",
    "  1. take a last backup of main, which remains in its store:",
    `     echo '{"apiVersion":"postgresql.cnpg.io/v1","kind":"Backup","metadata":{"name":"main-last"},"spec":{"cluster":{"name":"main"},` +
      `"method":"plugin","pluginConfiguration":{"name":"barman-cloud.cloudnative-pg.io"},"target":"primary"}}' | ` +
      "kubectl --context=shop --namespace=databases create --filename=-",
    "     kubectl --context=shop --namespace=databases wait backup.postgresql.cnpg.io/main-last " +
      "--for=jsonpath='{.status.phase}'=completed --timeout=2h",
    "  2. restored is not backed up. Dump it:",
    "     kubectl --context=shop --namespace=databases exec service/restored-rw --container=postgres -- " +
      "pg_dump --format=custom shop > restored.dump",
    "  3. set deletionProtection: false in Pulumi.prod.yaml for what is to be deleted: clusters.main, recoveries.restored, backups.awsS3, " +
      "certificates.authority, platform.sealedSecrets",
    "  4. npm run up -- --context shop --stack prod",
    "  5. npm run down -- --context shop --stack prod",
    "To destroy the rest and keep what is protected, such as a bucket with the last backup:",
    "  npm run pulumi -- --context shop --stack prod destroy --yes --exclude-protected",
  ]);
});
