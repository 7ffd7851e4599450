import * as pulumi from "@pulumi/pulumi";
import {
  OnDemandBackup,
  PostgresCluster,
  RecoveryCluster,
  ReplicaCluster,
} from "../../../../components";
import { AWS, ELSEWHERE } from "../../support/backup-fixtures";
import { refused } from "../../support/refusal";

/** Arguments as a program in JavaScript or YAML may give them, over the required ones. */
type Anything = Record<string, unknown>;

const CLUSTER = { namespace: "shop", storage: { size: "100Gi" } };
const RECOVERY = {
  ...CLUSTER,
  source: { store: ELSEWHERE, serverName: "orders-00c0ffee" },
  database: { name: "orders", owner: "sales" },
};

const COMPONENTS = {
  cluster: (args: Anything) => new PostgresCluster("orders", { ...CLUSTER, ...args }),
  recovery: (args: Anything) => new RecoveryCluster("orders", { ...RECOVERY, ...args }),
  replica: (args: Anything) => new ReplicaCluster("orders", { ...RECOVERY, ...args }),
  backup: (args: Anything) =>
    new OnDemandBackup("last", { namespace: "shop", cluster: "orders", ...args }),
};

/** A component, arguments, and all of its violations: `path: value: reason. remedy.` */
type Mistake = [component: keyof typeof COMPONENTS, args: Anything, ...refused: string[]];

const store = (wrong: Anything): Anything => ({ backup: { store: { ...ELSEWHERE, ...wrong } } });
const backup = (wrong: Anything): Anything => ({ backup: { store: AWS, ...wrong } });
const target = (wrong: Anything): Anything => ({ target: wrong });

const FORM = 'Write second, minute, hour, day, month and day of the week, such as "0 0 2 * * *".';
const FIVE =
  "must have six fields: CloudNativePG reads the first of five as seconds too, and runs at other times than intended.";

const mistakes: Record<string, Mistake> = {
  "no store": [
    "cluster",
    { backup: {} },
    "backup.store: (not set): must be an object. Give an object.",
  ],
  "a schedule of five fields": [
    "cluster",
    backup({ schedule: "0 3 * * *" }),
    `backup.schedule: "0 3 * * *": ${FIVE} Write "0 0 3 * * *": the seconds come first.`,
  ],
  "five fields with another mistake": [
    "cluster",
    backup({ schedule: "0 25 * * *" }),
    `backup.schedule: "0 25 * * *": ${FIVE} ${FORM}`,
  ],
  "a schedule at 24 o'clock": [
    "cluster",
    backup({ schedule: "0 0 24 * * *" }),
    'backup.schedule: "0 0 24 * * *": `24` is not a valid hour. Use *, 0 to 23, ranges such as 0-2, lists with commas and steps with /.',
  ],
  "a Sunday by its other number": [
    "cluster",
    backup({ schedule: "0 0 2 * * 7" }),
    'backup.schedule: "0 0 2 * * 7": `7` is not a valid day of the week. Write 0 or SUN for Sunday.',
  ],
  "a day that does not exist": [
    "cluster",
    backup({ schedule: "0 0 2 30 2 *" }),
    `backup.schedule: "0 0 2 30 2 *": never runs: none of these months has such a day. ${FORM}`,
  ],
  "a retention without a unit": [
    "cluster",
    backup({ retention: "30" }),
    'backup.retention: "30": must be a number of days, weeks or months. Write "30d", "4w" or "6m".',
  ],
  "a retention of nothing": [
    "cluster",
    backup({ retention: "0d" }),
    'backup.retention: "0d": must be a number of days, weeks or months. Write "30d", "4w" or "6m".',
  ],
  "too little memory for backups": [
    "cluster",
    backup({ sidecarResources: { cpu: "100m", memory: "128Mi" } }),
    'backup.sidecarResources.memory: "128Mi": the container would run out of memory during a backup, while the ' +
      'cluster stays Ready. Use 256Mi or more; "512Mi" is the default.',
  ],
  "a limit below what is requested": [
    "cluster",
    backup({ sidecarResources: { cpu: "500m", memory: "512Mi", cpuLimit: "250m" } }),
    'backup.sidecarResources.cpuLimit: "250m": a limit below the request is refused by the API server. Set cpuLimit to ' +
      "at least cpu, or remove it.",
  ],
  "a compression that base backups do not have": [
    "cluster",
    backup({ compression: "zstd" }),
    'backup.compression: "zstd": is not a valid value. Use one of "none", "gzip", "bzip2", "lz4", "snappy".',
  ],
  "a snapshot class without snapshots": [
    "cluster",
    backup({ snapshotClass: "ceph" }),
    'backup.snapshotClass: "ceph": has no effect: base backups go to the store, and no snapshot is taken. Set backup.method to "volumeSnapshot", or remove it.',
  ],
  "an unknown kind of instance for backups": [
    "cluster",
    backup({ target: "standby" }),
    'backup.target: "standby": is not a valid value. Use one of "primary", "prefer-standby".',
  ],
  "too many tags": [
    "cluster",
    backup({ tags: Object.fromEntries("abcdefghijk".split("").map((key) => [key, key])) }),
    'backup.tags: "11 tags": exceeds the 10 tags that S3 accepts for an object. Use 10 or fewer.',
  ],
  "a tag that S3 rejects": [
    "cluster",
    backup({ tags: { team: "a,b" } }),
    'backup.tags.team: "a,b": is not a valid tag in S3. Use up to 128 characters for the key and 256 for the value: letters, digits, spaces and + - = . _ : / @.',
  ],
  "a generation that is not a name": [
    "cluster",
    backup({ generation: "Second Life" }),
    'backup.generation: "Second Life": must be valid in the name of a folder in the store. Use at most 32 lower-case letters, digits and dashes.',
  ],
  "a path that is not a bucket": [
    "cluster",
    store({ destinationPath: "https://backups" }),
    'backup.store.destinationPath: "https://backups": must be a bucket, with or without a path in it. Write "s3://bucket/path", "gs://bucket/path" or "https://account.blob.core.windows.net/container/path".',
  ],
  "a store without TLS": [
    "cluster",
    store({ endpointUrl: "http://minio:9000" }),
    'backup.store.endpointUrl: "http://minio:9000": the data of the database would cross the network unencrypted, or not ' +
      'arrive. Write "https://host", "https://host:port" or "https://host/path", with endpointCa for your own authority.',
  ],
  "half an access key": [
    "cluster",
    store({ secretAccessKey: undefined }),
    "backup.store.secretAccessKey: (not set): must be set: an access key has two parts, and only the other is set. Refer to the key of the Secret that contains it, or remove the other one.",
  ],
  "an access key and a role": [
    "cluster",
    store({ roleArn: AWS.roleArn }),
    'backup.store.roleArn: "[not shown]": has no effect with an access key. Remove the access key, which the role replaces, or the role.',
  ],
  "no way to log in": [
    "cluster",
    store({ accessKeyId: undefined, secretAccessKey: undefined }),
    "backup.store.accessKeyId: (not set): must be set to log in at endpointUrl: only AWS has other ways. Refer to accessKeyId and secretAccessKey in a Secret.",
  ],
  "a role that is not an ARN": [
    "cluster",
    { backup: { store: { ...AWS, roleArn: "orders-backup" } } },
    'backup.store.roleArn: "orders-backup": is not the ARN of a role of AWS. Use one such as "arn:aws:iam::123456789012:role/orders-backup".',
  ],
  "an authority for AWS": [
    "cluster",
    { backup: { store: { ...AWS, endpointCa: { name: "ca", key: "ca.crt" } } } },
    "backup.store.endpointUrl: (not set): must be set: without it the store is AWS, which endpointCa does not certify. Use the address of the service that endpointCa certifies, or remove endpointCa.",
  ],
  "a secret in the environment": [
    "cluster",
    store({ environment: { AWS_SECRET_ACCESS_KEY: "hunter2" } }),
    'backup.store.environment.AWS_SECRET_ACCESS_KEY: "[not shown]": is set by another argument, and here anyone who may read the ObjectStore could see it. Refer to a Secret with secretAccessKey.',
  ],
  "a key instead of a reference": [
    "cluster",
    store({ accessKeyId: "AKIA" }),
    'backup.store.accessKeyId: "[not shown]": must be an object. Give an object.',
  ],
  "a server certificate without its authority": [
    "cluster",
    { certificates: { serverTlsSecret: "server" } },
    "certificates.serverCaSecret: (not set): clients and replicas need the authority of the server's certificate to verify it. Name the Secret with its ca.crt, or remove certificates.serverTlsSecret.",
  ],
  "a replication certificate without its authority": [
    "cluster",
    { certificates: { replicationTlsSecret: pulumi.output("replication") } },
    "certificates.clientCaSecret: (not set): the server needs the authority of the replicas' certificate to verify them. Name the Secret with its ca.crt, or remove certificates.replicationTlsSecret.",
  ],
  "a certificate of an undeclared role": [
    "cluster",
    { certificateUsers: ["robot"] },
    'certificateUsers[0]: "robot": is not a declared role, so no client could log in as it. Declare it in roles with login: true, or use the owner of the database.',
  ],
  "a certificate of a group": [
    "cluster",
    { certificateUsers: ["readers"], roles: [{ name: "readers" }] },
    'certificateUsers[0]: "readers": names a role that may not log in, with or without a certificate. Set login: true in its entry in roles.',
  ],
  "a certificate twice": [
    "cluster",
    { certificateUsers: ["robot", "robot"], roles: [{ name: "robot", login: true }] },
    'certificateUsers[1]: "robot": is already listed. Remove one of them.',
  ],
  "no source": [
    "recovery",
    { source: undefined },
    "source: (not set): must be an object. Give an object.",
  ],
  "no database": [
    "recovery",
    { database: { name: "orders" } },
    "database.owner: (not set): must be a string. Give a string.",
  ],
  "a time without a zone": [
    "recovery",
    target({ time: "2026-11-21 08:00:39" }),
    'target.time: "2026-11-21 08:00:39": must have a time zone: without one it may be hours off. Write "2026-11-21T08:00:39Z" if that is UTC, or add the zone, such as +01:00.',
  ],
  "a day without a time": [
    "recovery",
    target({ time: "2026-11-21" }),
    'target.time: "2026-11-21": is not a valid time. Write date, time and zone, such as "2026-11-21T08:00:39Z".',
  ],
  "two targets": [
    "recovery",
    target({ time: "2026-11-21T08:00:39Z", lsn: "0/3000028" }),
    'target.lsn: "0/3000028": must not be set with target.time: PostgreSQL recovers to one of them. Remove one of them.',
  ],
  "an invalid position in the WAL": [
    "recovery",
    target({ lsn: "3000028" }),
    'target.lsn: "3000028": is not a valid position in the WAL. Write it as pg_current_wal_lsn() returns it, such as ' +
      '"0/3000028".',
  ],
  "a transaction of 64 bits": [
    "recovery",
    target({ xid: "4294967296", backupId: "20261121T020000" }),
    'target.xid: "4294967296": must be a transaction number of 32 bits, at least 3. Write it as ' +
      "pg_current_xact_id()::xid returns it.",
  ],
  "a restore point without a backup before it": [
    "recovery",
    target({ name: "before-migration" }),
    'target.backupId: (not set): must be set with target.name, which does not determine the base backup before it. Use status.backupId of a Backup before it, such as "20261121T020000".',
  ],
  "a backup by its name": [
    "recovery",
    target({ backupId: "orders-20261121020000" }),
    'target.backupId: "orders-20261121020000": is not a valid id of a backup. Use status.backupId of the Backup, such as "20261121T020000", not its name.',
  ],
  "an exclusive stop without a target": [
    "recovery",
    target({ exclusive: true }),
    "target.exclusive: true: needs a time, an LSN or a transaction, which PostgreSQL can stop before. Remove it, or set " +
      "one of those.",
  ],
  "snapshots and a backup": [
    "recovery",
    {
      source: { ...RECOVERY.source, snapshots: { storage: "a", walStorage: "b" } },
      target: { backupId: "20261121T020000" },
    },
    'target.backupId: "20261121T020000": has no effect: the recovery starts from source.snapshots, not from a backup in the store. Remove one of the two.',
  ],
  "the source's own archive": [
    "recovery",
    { backup: { store: ELSEWHERE, generation: "00c0ffee" } },
    'backup.generation: "00c0ffee": would archive into orders-00c0ffee in the same store, the archive that the cluster is recovered from. Remove it for a new one, or use another.',
  ],
  "two roles for one service account": [
    "recovery",
    {
      source: { store: AWS, serverName: "orders" },
      backup: { store: { ...AWS, roleArn: "arn:aws:iam::123456789012:role/other" } },
    },
    'source.store.roleArn: "arn:aws:iam::123456789012:role/orders-backup": must be backup.store.roleArn: the cluster has one role for both stores. Use one role that reads this store and writes the other, or use an access key here.',
  ],
  "two values of one variable": [
    "recovery",
    store({ environment: { AWS_REQUEST_CHECKSUM_CALCULATION: "when_supported" } }),
    'source.store.environment.AWS_REQUEST_CHECKSUM_CALCULATION: "[not shown]": differs from backup.store, and one container of the cluster connects to both stores. Set both to the same value, or recover without backup and add it afterwards.',
  ],
  "a schema for existing data": [
    "recovery",
    { database: { ...RECOVERY.database, schema: ["CREATE TABLE a ()"] } },
    'database.schema: "[not shown]": is not an argument, and would do nothing. Remove it; there are name, owner, ownerSecret, passwordVersion, passwordMaxAge.',
  ],
  "half a connection": [
    "replica",
    { connection: { host: "orders-rw", serverCaSecret: "ca" } },
    "connection.replicationTlsSecret: (not set): must be a string. Give a string.",
  ],
  "a token without a promotion": [
    "replica",
    { promotionToken: "eyJ9" },
    'promotionToken: "[not shown]": is for the promotion, and CloudNativePG refuses it for a replica. Set promote: true in the same deployment, or remove it.',
  ],
  "a token for a delayed replica": [
    "replica",
    { promote: true, promotionToken: "eyJ9", minApplyDelay: "8h" },
    'minApplyDelay: "8h": has no effect: a promotion with a token replays everything from the source at once. Remove it in the same deployment.',
  ],
  "a promotion without a token and with one": [
    "replica",
    { promote: true, promotionToken: "eyJ9", promoteWithoutToken: true },
    'promoteWithoutToken: "[not shown]": must not be set together with promotionToken, with which nothing is lost. Remove it.',
  ],
  "a promotion without a token that is none": [
    "replica",
    { promoteWithoutToken: true },
    'promoteWithoutToken: "[not shown]": is for the promotion alone: left there, it would allow the next one, too. Remove it; set it together with promote: true if the other cluster is lost.',
  ],
  "a delay without a unit": [
    "replica",
    { minApplyDelay: "8" },
    'minApplyDelay: "8": is not a valid duration. Write hours, minutes and seconds, such as "90m" or "1h30m".',
  ],
  "an invalid name of a backup": [
    "backup",
    { backupName: "Before_Migration" },
    'backupName: "Before_Migration": must be valid as the name and as a label of the Backup object. Set ' +
      "backupName (by default the component's name) to at most 63 lower-case letters, digits and dashes.",
  ],
  "a backup by the removed method": [
    "backup",
    { method: "barmanObjectStore" },
    'method: "barmanObjectStore": is not a valid value. Use one of "plugin", "volumeSnapshot".',
  ],
  "a backup of a replica, which would be complete before it can be restored": [
    "backup",
    { target: "prefer-standby" },
    'target: "[not shown]": is not an argument, and would do nothing. Remove it; there are namespace, cluster, backupName, method, timeout.',
  ],
};

describe("Backups, recovery and certificates refuse", () => {
  test.each(Object.entries(mistakes))("%s", async (_, [component, args, ...expected]) => {
    const { violations, registered } = await refused(() => COMPONENTS[component](args));
    expect(violations).toEqual(expected);
    expect(registered).toEqual([]);
  });

  test("all mistakes at once", async () => {
    const { violations, registered } = await refused(() =>
      COMPONENTS.recovery({
        instances: 0,
        backup: { store: { ...AWS, endpointUrl: "http://s3" }, schedule: "0 3 * * *" },
        target: { time: "now", xid: "9" },
        timeout: "soon",
      }),
    );
    expect(violations.map((text) => text.slice(0, text.indexOf(":"))).sort()).toEqual([
      "backup.schedule",
      "backup.store.endpointUrl",
      "instances",
      "target.backupId",
      "target.time",
      "timeout",
    ]);
    expect(registered).toEqual([]);
  });

  test.each([undefined, null, 5, "orders", []])("%p as arguments", async (args) => {
    for (const Component of [RecoveryCluster, ReplicaCluster, OnDemandBackup]) {
      const { violations, registered } = await refused(() => new Component("x", args as never));
      expect(violations[0]).toMatch(/^args: /);
      expect(registered).toEqual([]);
    }
  });
});
