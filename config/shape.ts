import { z } from "zod";
import { backupBucketShape } from "../components/rules/backup-bucket-shape";
import { backupShape } from "../components/rules/backup-shape";
import { backupStoreShape } from "../components/rules/backup-store-shape";
import { certificateAuthorityShape } from "../components/rules/certificate-authority-shape";
import { clusterCertificatesShape } from "../components/rules/cluster-certificates-shape";
import { clusterShape } from "../components/rules/cluster-shape";
import { namespaceName, objectName } from "../components/rules/formats";
import { mirrorShape } from "../components/rules/operator-args-shape";
import { platformShape } from "../components/rules/platform-shape";
import { poolerShape } from "../components/rules/pooler-shape";
import { recoveryClusterShape, sourceShape } from "../components/rules/recovery-shape";
import { replicaClusterShape } from "../components/rules/replica-shape";
import { s3CompatibleStoreShape } from "../components/rules/s3-compatible-store-shape";

/** What the program gives to every database. */
const given = { namespace: true, poolers: true, mirror: true } as const;

const issued = clusterCertificatesShape.shape;

/** What every database can have otherwise than the stack. */
const fromStack = {
  backup: backupShape.extend({ store: backupStoreShape.optional() }).optional(),
  certificates: clusterShape.shape.certificates
    .unwrap()
    .extend({ externalNames: issued.externalNames, additionalServices: issued.additionalServices })
    .optional(),
};

const fromArchive = {
  ...fromStack,
  storage: clusterShape.shape.storage.optional(),
  source: sourceShape.extend({
    cluster: z.string().optional(),
    serverName: sourceShape.shape.serverName.optional(),
    store: backupStoreShape.optional(),
  }),
  database: recoveryClusterShape.shape.database.partial().optional(),
};

/** What may hold a secret is left to the component, which knows what of it must not be shown. */
const judgedByComponent = z.unknown().optional();

const awsS3 = backupBucketShape.extend({
  retentionDays: backupBucketShape.shape.retentionDays.optional(),
  // Of whom, the program knows.
  role: z
    .strictObject({ oidcProviderArn: backupBucketShape.shape.role.unwrap().shape.oidcProviderArn })
    .optional(),
  user: z.strictObject({ secretName: objectName.optional() }).optional(),
});

const s3Compatible = s3CompatibleStoreShape.omit({ namespace: true }).extend({
  secretName: objectName.optional(),
  endpointUrl: judgedByComponent,
  credentials: judgedByComponent,
});

const authority = certificateAuthorityShape.extend({
  secretName: objectName.optional(),
  existing: judgedByComponent,
  certManager: certificateAuthorityShape.shape.certManager
    .unwrap()
    .extend({ issuerName: objectName.optional() })
    .optional(),
});

/** The shape of StackConfig, less what is switched off. */
export const stackShape = z.strictObject({
  namespace: namespaceName.optional(),
  mirror: mirrorShape.optional(),
  platform: platformShape.omit({ mirror: true, postgresMajors: true }).optional(),
  backups: z
    .strictObject({ awsS3: awsS3.optional(), s3Compatible: s3Compatible.optional() })
    .optional(),
  certificates: z
    .strictObject({
      authority: authority.optional(),
      issuer: issued.issuer,
      validityDays: issued.validityDays,
      renewBeforeDays: issued.renewBeforeDays,
      clusterDomain: issued.clusterDomain,
    })
    .optional(),
  networkPolicy: z.strictObject({ namespaces: z.array(namespaceName).optional() }).optional(),
  clusters: z.record(z.string(), clusterShape.omit(given).extend(fromStack)).optional(),
  recoveries: z.record(z.string(), recoveryClusterShape.omit(given).extend(fromArchive)).optional(),
  replicas: z.record(z.string(), replicaClusterShape.omit(given).extend(fromArchive)).optional(),
  poolers: z
    .record(
      z.string(),
      poolerShape
        .omit({ namespace: true, maxConnections: true, totalInstances: true, mirror: true })
        .extend({ cluster: z.string() }),
    )
    .optional(),
});

const SWITCHES_OF_DATABASES = ["backup", "certificates", "monitoring"];

/** What `false` switches off. */
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  clusters: SWITCHES_OF_DATABASES,
  recoveries: SWITCHES_OF_DATABASES,
  replicas: [...SWITCHES_OF_DATABASES, "connection"],
  poolers: ["monitoring"],
};

type Values = Record<string, unknown>;

/** A stack less all that is switched off, which has no other shape. */
export function lessSwitchedOff(stack: Values): Values {
  return changedEntries(stack, (group, entry) =>
    Object.fromEntries(Object.entries(entry).filter(([name]) => !isOff(group, entry, name))),
  );
}

/** What of a stack is well-formed, with all that is switched off in the stack as it was declared. */
export function withSwitchedOff(stack: Values, declared: Values): Values {
  return changedEntries(stack, (group, entry, key) => {
    const was = object(object(declared[group])[key]);
    const off = Object.keys(was).filter((name) => isOff(group, was, name));
    return { ...entry, ...Object.fromEntries(off.map((name) => [name, false])) };
  });
}

function isOff(group: string, entry: Values, name: string): boolean {
  return entry[name] === false && (SWITCHES[group] ?? []).includes(name);
}

/** The same with every entry of the groups that have switches as another one. What is no object stays. */
function changedEntries(
  stack: Values,
  change: (group: string, entry: Values, key: string) => Values,
): Values {
  const groups = Object.keys(SWITCHES).filter((group) => isObject(stack[group]));
  const changed = groups.map((group) => {
    const entries = Object.entries(object(stack[group])).map(([key, entry]) => [
      key,
      isObject(entry) ? change(group, entry, key) : entry,
    ]);
    return [group, Object.fromEntries(entries) as Values];
  });
  return { ...stack, ...(Object.fromEntries(changed) as Values) };
}

function object(value: unknown): Values {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
