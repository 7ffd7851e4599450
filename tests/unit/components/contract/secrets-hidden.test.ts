import { generateKeyPairSync, randomBytes } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { z } from "zod";
import * as components from "../../../../components";
import { backupBucketSchema } from "../../../../components/backup/bucket/schema";
import { certificateAuthoritySchema } from "../../../../components/security/certificate-authority/schema";
import { clusterCertificatesSchema } from "../../../../components/security/cluster-certificates/schema";
import { postgresClusterSchema } from "../../../../components/postgres/cluster/schema";
import { leafCertificateSchema } from "../../../../components/security/leaf-certificate/schema";
import { cloudNativePgOperatorSchema } from "../../../../components/operators/cloudnative-pg/schema";
import { clusterMonitoringSchema } from "../../../../components/monitoring/schema";
import { onDemandBackupSchema } from "../../../../components/backup/on-demand-backup/schema";
import { postgresPoolerSchema } from "../../../../components/postgres/pooler/schema";
import { prometheusStackSchema } from "../../../../components/operators/prometheus-stack/schema";
import { importedClusterSchema } from "../../../../components/postgres/import/schema";
import { recoveryClusterSchema } from "../../../../components/postgres/recovery/schema";
import { replicaClusterSchema } from "../../../../components/postgres/replica/schema";
import { rookCephSchema } from "../../../../components/storage/rook-ceph/schema";
import { s3CompatibleStoreSchema } from "../../../../components/backup/s3-compatible-store/schema";
import { sealedSecretSchema } from "../../../../components/security/sealed-secret/schema";
import { sealedSecretsControllerSchema } from "../../../../components/operators/sealed-secrets-controller/schema";
import { describe as told } from "../../../../components/contract/violation";
import { certificateFixture } from "../../support/certificate-fixtures";
import { registrations } from "../../support/registrations";

jest.mock("../../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../../support/small-definitions"),
);

/** A text with a secret in it, and the part that must not be shown. */
interface Secret {
  text: string;
  secret: string;
}

const whole = (text: string): Secret => ({ text, secret: text });

/** PEM without its markers, which are public. */
const pem = (text: string): Secret => ({
  text,
  secret: text.replace(/-----[^-]+-----|\\n|\n/g, ""),
});

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const password = "hunter2hunter2";

const SECRETS: readonly Secret[] = [
  pem(pkcs8),
  pem(JSON.stringify(pkcs8).slice(1, -1)),
  pem(privateKey.export({ type: "sec1", format: "pem" }).toString()),
  pem(rsa.export({ type: "pkcs1", format: "pem" }).toString()),
  pem(
    rsa
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: password })
      .toString(),
  ),
  whole(Buffer.from(pkcs8).toString("base64")),
  whole(privateKey.export({ type: "pkcs8", format: "der" }).toString("base64")),
  whole(privateKey.export({ type: "pkcs8", format: "der" }).toString("hex")),
  whole(`aA1${randomBytes(30).toString("base64url")}`),
  whole(`xY7!@#$%&*()-_=+[]{}<>:?${randomBytes(9).toString("base64")}`),
  whole(randomBytes(32).toString("hex")),
  { text: `postgresql://app:${password}@main-rw:5432/app`, secret: password },
  { text: `host=main-rw user=app password=${password}`, secret: password },
  { text: `{"password": "${password}"}`, secret: password },
  { text: `ALTER ROLE app PASSWORD '${password}'`, secret: password },
  { text: `hostssl all all all ldap ldapserver=a ldapbindpasswd=${password}`, secret: password },
  { text: `hostssl all all all radius radiussecrets="${password}"`, secret: password },
];

/** Places of a secret: in a field, in a list or an object in it, or as the name of a field below it. */
const PLACEMENTS: readonly ((text: string) => unknown)[] = [
  (text) => text,
  (text) => [text],
  (text) => ({ value: text }),
  (text) => ({ [text]: "value" }),
  (text) => [{ name: text }],
];

const store = { destinationPath: "s3://bucket", endpointUrl: "https://s3.example.com" };
const keys = { accessKeyId: { name: "a", key: "a" }, secretAccessKey: { name: "a", key: "b" } };
const least = { namespace: "shop", storage: { size: "10Gi" } };
const origin = {
  ...least,
  source: { store: { ...store, ...keys }, serverName: "main-1" },
  database: { name: "app", owner: "app" },
};

type Component = new (name: string, args: never) => unknown;

const CASES: readonly [string, z.ZodObject, object][] = [
  ["PostgresCluster", postgresClusterSchema, least],
  ["RecoveryCluster", recoveryClusterSchema, origin],
  ["ReplicaCluster", replicaClusterSchema, origin],
  [
    "ImportedCluster",
    importedClusterSchema,
    {
      ...least,
      server: { host: "db", user: "app", passwordSecret: { name: "a", key: "b" } },
      database: { name: "app", owner: "app" },
    },
  ],
  [
    "PostgresPooler",
    postgresPoolerSchema,
    { namespace: "shop", cluster: "main", poolMode: "session", maxConnections: 100 },
  ],
  [
    "CertificateAuthority",
    certificateAuthoritySchema,
    { existing: { certificate: "a", privateKey: "b", parents: "c" } },
  ],
  [
    "LeafCertificate",
    leafCertificateSchema,
    { namespace: "shop", commonName: "a", ca: { certificate: "a", privateKey: "b" } },
  ],
  [
    "ClusterCertificates",
    clusterCertificatesSchema,
    { namespace: "shop", cluster: "main", ca: { certificate: "a", privateKey: "b" } },
  ],
  [
    "S3CompatibleStore",
    s3CompatibleStoreSchema,
    { endpointUrl: "https://s3.example.com", bucketName: "abc", credentialsSecret: { name: "a" } },
  ],
  ["BackupBucket", backupBucketSchema, { retentionDays: 30 }],
  ["OnDemandBackup", onDemandBackupSchema, { namespace: "shop", cluster: "main" }],
  ["ClusterMonitoring", clusterMonitoringSchema, { namespace: "shop", cluster: "main" }],
  ["SealedSecret", sealedSecretSchema, { namespace: "shop", data: { a: "b" }, certificate: "c" }],
  ["SealedSecretsController", sealedSecretsControllerSchema, {}],
  ["CloudNativePgOperator", cloudNativePgOperatorSchema, {}],
  ["PrometheusStack", prometheusStackSchema, {}],
  ["RookCeph", rookCephSchema, {}],
];

describe.each(CASES)("%s", (name, shape, args) => {
  const paths = pathsOf(shape);

  test("shows nothing of a secret, wherever it is", async () => {
    const Component = (components as unknown as Record<string, Component>)[name];
    if (!Component) throw new Error(`There is no ${name}.`);
    await registrations(() => {
      fc.assert(
        fc.property(
          fc.constantFrom(...paths),
          fc.constantFrom(...SECRETS),
          fc.constantFrom(...PLACEMENTS),
          (path, { text, secret }, place) => {
            // Always refused, so that nothing is registered.
            const wrong = { ...withValue(args, path, place(text)), misspelt: text };
            expect(
              partsShown(
                secret,
                refusal(() => new Component("main", wrong as never)),
              ),
            ).toEqual([]);
          },
        ),
        { numRuns: 60 },
      );
    });
  });
});

/** All texts of an error, for users and for the engine. */
function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return `${error.message}\n${JSON.stringify(error.errors)}`;
  }
  throw new Error("The arguments were expected to be refused, but were accepted.");
}

test("swapped certificate and key are not shown", async () => {
  const { certificate, privateKey: key } = await certificateFixture({
    commonName: "A",
    days: 30,
    ca: true,
  });
  const { CertificateAuthority } = components;
  await registrations(() => {
    const existing = { certificate: key, privateKey: certificate };
    const shown = refusal(() => new CertificateAuthority("ca", { existing }));
    expect(partsShown(pem(key).secret, shown)).toEqual([]);
    expect(shown).toContain(
      'existing.certificate = "[not shown]": must be exactly one certificate.',
    );
  });
});

describe("a violation", () => {
  const say = { reason: "is wrong", remedy: "Correct it" };

  test.each([
    ["ghcr.io/cloudnative-pg/postgresql:18.6@sha256:" + "0123456789abcdef".repeat(4)],
    ["arn:aws:iam::123456789012:role/BackupWriter1"],
    ["hostssl all all 10.0.0.0/8 scram-sha-256"],
    ["2026-11-21T08:00:39Z"],
    ["https://s3.example.com:9000/path"],
    [{ limits: { memory: "2Gi" } }],
    [["shared_buffers", 3, null]],
  ])("shows %j as it is", (value) => {
    expect(told({ path: "a.b", value, ...say })).toBe(
      `a.b = ${JSON.stringify(value)}: is wrong. Correct it.`,
    );
  });

  test.each([
    ["roles[0].passwordSecret", "short one"],
    ["credentials.accessKeyId", 42],
    ["a", { nested: [{ token: "x" }] }],
  ])("hides the value at %s", (path, value) => {
    expect(told({ path, value, ...say })).not.toMatch(/short one|42|"x"/);
  });

  test("hides secrets that its reason cites", () => {
    const { text, secret } = pem(pkcs8);
    const reason = `cannot be read: ENOENT: no such file, open '${text}'`;
    expect(partsShown(secret, told({ path: "a", value: 1, reason, remedy: "Correct it" }))).toEqual(
      [],
    );
  });
});

/** The paths of all fields of a schema. Of a list the first element, of a record some key. */
function pathsOf(schema: unknown, path: readonly string[] = []): string[][] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return pathsOf(schema.unwrap(), path);
  const own = path.length > 0 ? [[...path]] : [];
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape);
    return [...own, ...fields.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
  }
  if (schema instanceof z.ZodArray) return [...own, ...pathsOf(schema.element, [...path, "0"])];
  if (schema instanceof z.ZodRecord)
    return [...own, ...pathsOf(schema.valueType, [...path, "key"])];
  return own;
}

function withValue(root: unknown, [key = "", ...rest]: readonly string[], value: unknown): object {
  const fields = (typeof root === "object" ? root : {}) as Record<string, unknown>;
  const part = rest.length === 0 ? value : withValue(fields[key], rest, value);
  return key === "0" ? [part] : { ...fields, [key]: part };
}

/** The parts of a secret that are in a text, in pieces of eight characters. */
function partsShown(secret: string, text: string): string[] {
  const pieces = Array.from({ length: Math.max(1, secret.length - 7) }, (_, at) =>
    secret.slice(at, at + 8),
  );
  return pieces.filter(
    (piece) => text.includes(piece) || text.includes(JSON.stringify(piece).slice(1, -1)),
  );
}
