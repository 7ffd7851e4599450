import * as pulumi from "@pulumi/pulumi";
import {
  OnDemandBackup,
  PostgresCluster,
  RecoveryCluster,
  ReplicaCluster,
} from "../../../../components";
import { AWS, ELSEWHERE } from "../../support/backup-fixtures";
import { refused } from "../../support/refusal";

/** Arguments as a program in JavaScript or YAML may give them, over the least that is needed. */
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

/** A component, arguments, and all that it is refused with: `path: value: reason. remedy.` */
type Mistake = [component: keyof typeof COMPONENTS, args: Anything, ...refused: string[]];

const store = (wrong: Anything): Anything => ({ backup: { store: { ...ELSEWHERE, ...wrong } } });
const backup = (wrong: Anything): Anything => ({ backup: { store: AWS, ...wrong } });
const target = (wrong: Anything): Anything => ({ target: wrong });

const FORM = 'Write second, minute, hour, day, month and day of the week, such as "0 0 2 * * *".';
const FIVE =
  "it has five fields, and CloudNativePG reads the first of them as seconds, so that it would run at other times than meant.";

const mistakes: Record<string, Mistake> = {
  "no store": [
    "cluster",
    { backup: {} },
    "backup.store: (not set): it has to be of type object. Give an object.",
  ],
  "a schedule of five fields": [
    "cluster",
    backup({ schedule: "0 3 * * *" }),
    `backup.schedule: "0 3 * * *": ${FIVE} Write "0 0 3 * * *": the seconds come first.`,
  ],
  "five fields that are wrong as well": [
    "cluster",
    backup({ schedule: "0 25 * * *" }),
    `backup.schedule: "0 25 * * *": ${FIVE} ${FORM}`,
  ],
  "a schedule at 24 o'clock": [
    "cluster",
    backup({ schedule: "0 0 24 * * *" }),
    'backup.schedule: "0 0 24 * * *": `24` is no hour. Use *, 0 to 23, ranges such as 0-2, lists with commas and steps with /.',
  ],
  "a Sunday by its other number": [
    "cluster",
    backup({ schedule: "0 0 2 * * 7" }),
    'backup.schedule: "0 0 2 * * 7": `7` is no day of the week. Write 0 or SUN for Sunday.',
  ],
  "a day that never comes": [
    "cluster",
    backup({ schedule: "0 0 2 30 2 *" }),
    `backup.schedule: "0 0 2 30 2 *": none of these months has such a day, so it would never come. ${FORM}`,
  ],
  "a retention without a unit": [
    "cluster",
    backup({ retention: "30" }),
    'backup.retention: "30": it is no number of days, weeks or months. Write "30d", "4w" or "6m".',
  ],
  "a retention of nothing": [
    "cluster",
    backup({ retention: "0d" }),
    'backup.retention: "0d": it is no number of days, weeks or months. Write "30d", "4w" or "6m".',
  ],
  "too little memory to back up with": [
    "cluster",
    backup({ sidecarResources: { cpu: "100m", memory: "128Mi" } }),
    'backup.sidecarResources.memory: "128Mi": the container would be killed for want of memory in the middle of a ' +
      'backup, while the cluster stays Ready. Give 256Mi or more; "512Mi" is the default.',
  ],
  "a compression that base backups do not have": [
    "cluster",
    backup({ compression: "zstd" }),
    'backup.compression: "zstd": it is none of the values this can have. Use one of "none", "gzip", "bzip2", "lz4", "snappy".',
  ],
  "a snapshot class without snapshots": [
    "cluster",
    backup({ snapshotClass: "ceph" }),
    'backup.snapshotClass: "ceph": base backups go to the store, and no snapshot is taken. Set backup.method to "volumeSnapshot", or remove it.',
  ],
  "backups of an instance that is not told apart": [
    "cluster",
    backup({ target: "standby" }),
    'backup.target: "standby": it is none of the values this can have. Use one of "primary", "prefer-standby".',
  ],
  "too many tags": [
    "cluster",
    backup({ tags: Object.fromEntries("abcdefghijk".split("").map((key) => [key, key])) }),
    'backup.tags: "11 tags": S3 takes 10 tags of an object. Leave 10 or fewer.',
  ],
  "a tag that S3 does not take": [
    "cluster",
    backup({ tags: { team: "a,b" } }),
    'backup.tags.team: "a,b": S3 takes no such tag. Use up to 128 characters for the key and 256 for the value: letters, digits, spaces and + - = . _ : / @.',
  ],
  "a generation that is no name": [
    "cluster",
    backup({ generation: "Second Life" }),
    'backup.generation: "Second Life": it ends the name of a folder in the store. Use at most 32 lower-case letters, digits and dashes.',
  ],
  "a path that is no bucket": [
    "cluster",
    store({ destinationPath: "https://backups" }),
    'backup.store.destinationPath: "https://backups": it is no bucket, with or without a path in it. Write "s3://bucket" or "s3://bucket/path".',
  ],
  "a store in the clear": [
    "cluster",
    store({ endpointUrl: "http://minio:9000" }),
    'backup.store.endpointUrl: "http://minio:9000": the data of the database would cross the network in the clear, or go ' +
      'nowhere. Write "https://host" or "https://host:port", with endpointCa for an authority of your own.',
  ],
  "half an access key": [
    "cluster",
    store({ secretAccessKey: undefined }),
    "backup.store.secretAccessKey: (not set): an access key has two parts, and only the other is given. Refer to the key of the Secret that holds it, or remove the other one.",
  ],
  "an access key and a role": [
    "cluster",
    store({ roleArn: AWS.roleArn }),
    'backup.store.roleArn: "[not shown]": with an access key nobody assumes the role. Remove the access key, which is what the role saves, or the role.',
  ],
  "no way to log in": [
    "cluster",
    store({ accessKeyId: undefined, secretAccessKey: undefined }),
    "backup.store.accessKeyId: (not set): nothing says how to log in at endpointUrl, and only AWS has other ways. Refer to accessKeyId and secretAccessKey in a Secret.",
  ],
  "a role that is none": [
    "cluster",
    { backup: { store: { ...AWS, roleArn: "orders-backup" } } },
    'backup.store.roleArn: "orders-backup": it is no role of AWS. Write its ARN, such as "arn:aws:iam::123456789012:role/orders-backup".',
  ],
  "an authority for AWS": [
    "cluster",
    { backup: { store: { ...AWS, endpointCa: { name: "ca", key: "ca.crt" } } } },
    "backup.store.endpointUrl: (not set): without it the store is AWS, which endpointCa does not certify. Give the address of the service that it certifies, or remove endpointCa.",
  ],
  "a secret in the environment": [
    "cluster",
    store({ environment: { AWS_SECRET_ACCESS_KEY: "hunter2" } }),
    'backup.store.environment.AWS_SECRET_ACCESS_KEY: "[not shown]": another argument sets it, and here everybody could read it who reads the ObjectStore. Refer to a Secret with secretAccessKey.',
  ],
  "a key in the place of a reference": [
    "cluster",
    store({ accessKeyId: "AKIA" }),
    'backup.store.accessKeyId: "[not shown]": it has to be of type object. Give an object.',
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
  "a certificate of nobody": [
    "cluster",
    { certificateUsers: ["robot"] },
    'certificateUsers[0]: "robot": no such role is declared, so nobody could log in as it. Declare it in roles with login: true, or use the owner of the database.',
  ],
  "a certificate of a group": [
    "cluster",
    { certificateUsers: ["readers"], roles: [{ name: "readers" }] },
    'certificateUsers[0]: "readers": the role may not log in, with or without a certificate. Set login: true in its entry in roles.',
  ],
  "a certificate twice": [
    "cluster",
    { certificateUsers: ["robot", "robot"], roles: [{ name: "robot", login: true }] },
    'certificateUsers[1]: "robot": it is listed already. Remove one of them.',
  ],
  "no source": [
    "recovery",
    { source: undefined },
    "source: (not set): it has to be of type object. Give an object.",
  ],
  "no database": [
    "recovery",
    { database: { name: "orders" } },
    "database.owner: (not set): it has to be of type string. Give a string.",
  ],
  "a time without a zone": [
    "recovery",
    target({ time: "2026-11-21 08:00:39" }),
    'target.time: "2026-11-21 08:00:39": it does not say its time zone, and what is meant may be hours away. Write "2026-11-21T08:00:39Z" if that is UTC, or add the zone, such as +01:00.',
  ],
  "a day without a time": [
    "recovery",
    target({ time: "2026-11-21" }),
    'target.time: "2026-11-21": it is no time that there is. Write date, time and zone, such as "2026-11-21T08:00:39Z".',
  ],
  "two targets": [
    "recovery",
    target({ time: "2026-11-21T08:00:39Z", lsn: "0/3000028" }),
    'target.lsn: "0/3000028": target.time is given as well, and PostgreSQL recovers to one of them. Remove one of them.',
  ],
  "a position that is none": [
    "recovery",
    target({ lsn: "3000028" }),
    'target.lsn: "3000028": it is no position in the WAL. Write it as pg_current_wal_lsn() does, such as "0/3000028".',
  ],
  "a transaction of 64 bits": [
    "recovery",
    target({ xid: "4294967296", backupId: "20261121T020000" }),
    'target.xid: "4294967296": transactions have numbers of 32 bits, 3 and above. Write it as pg_current_xact_id()::xid does.',
  ],
  "a restore point without a backup before it": [
    "recovery",
    target({ name: "before-migration" }),
    'target.backupId: (not set): target.name does not tell which base backup is before it. Give status.backupId of a Backup before it, such as "20261121T020000".',
  ],
  "a backup by its name": [
    "recovery",
    target({ backupId: "orders-20261121020000" }),
    'target.backupId: "orders-20261121020000": it is no id of a backup. Use status.backupId of the Backup, such as "20261121T020000", and not its name.',
  ],
  "a stop before everything": [
    "recovery",
    target({ exclusive: true }),
    "target.exclusive: true: PostgreSQL can stop before a time, an LSN or a transaction only. Remove it, or give one of those.",
  ],
  "snapshots and a backup": [
    "recovery",
    {
      source: { ...RECOVERY.source, snapshots: { storage: "a", walStorage: "b" } },
      target: { backupId: "20261121T020000" },
    },
    'target.backupId: "20261121T020000": the recovery starts from source.snapshots, and not from a backup in the store. Remove one of the two.',
  ],
  "the source's own archive": [
    "recovery",
    { backup: { store: ELSEWHERE, generation: "00c0ffee" } },
    'backup.generation: "00c0ffee": the cluster\'s own archive would be orders-00c0ffee in the same store, which is the one that it is recovered from. Leave it out for a new one, or give another.',
  ],
  "two roles for one service account": [
    "recovery",
    {
      source: { store: AWS, serverName: "orders" },
      backup: { store: { ...AWS, roleArn: "arn:aws:iam::123456789012:role/other" } },
    },
    `source.store.roleArn: "arn:aws:iam::123456789012:role/orders-backup": the cluster has one role for both stores, and that is backup.store.roleArn. Let one role read this store and write the other, or use an access key here.`,
  ],
  "two values of one variable": [
    "recovery",
    store({ environment: { AWS_REQUEST_CHECKSUM_CALCULATION: "when_supported" } }),
    'source.store.environment.AWS_REQUEST_CHECKSUM_CALCULATION: "[not shown]": backup.store sets it to something else, and one container of the cluster talks to both stores. Give both the same value, or recover without backup and add it afterwards.',
  ],
  "a schema for data that are there": [
    "recovery",
    { database: { ...RECOVERY.database, schema: ["CREATE TABLE a ()"] } },
    'database.schema: "[not shown]": there is no such argument, and it would do nothing. Remove it; there are name, owner, ownerSecret.',
  ],
  "half a connection": [
    "replica",
    { connection: { host: "orders-rw", serverCaSecret: "ca" } },
    "connection.replicationTlsSecret: (not set): it has to be of type string. Give a string.",
  ],
  "a token without a promotion": [
    "replica",
    { promotionToken: "eyJ9" },
    'promotionToken: "[not shown]": it is for the promotion, and CloudNativePG refuses it for a replica. Set promote: true in the same deployment, or remove it.',
  ],
  "a token for a delayed replica": [
    "replica",
    { promote: true, promotionToken: "eyJ9", minApplyDelay: "8h" },
    'minApplyDelay: "8h": a promotion with a token replays all that the source has written, at once. Remove it in the same deployment.',
  ],
  "a delay without a unit": [
    "replica",
    { minApplyDelay: "8" },
    'minApplyDelay: "8": it is no length of time. Write hours, minutes and seconds, such as "90m" or "1h30m".',
  ],
  "a backup by a name that is none": [
    "backup",
    { backupName: "Before_Migration" },
    'backupName: "Before_Migration": the Backup object and a label of it bear this name, and Kubernetes takes neither. Set ' +
      "backupName (which is otherwise the component's name) to at most 63 lower-case letters, digits and dashes.",
  ],
  "a backup by the method that is gone": [
    "backup",
    { method: "barmanObjectStore" },
    'method: "barmanObjectStore": it is none of the values this can have. Use one of "plugin", "volumeSnapshot".',
  ],
  "a backup of a replica, which would be waited for until it is complete and not until it can be restored":
    [
      "backup",
      { target: "prefer-standby" },
      'target: "[not shown]": there is no such argument, and it would do nothing. Remove it; there are namespace, cluster, backupName, method, timeout.',
    ],
};

describe("Backups, recovery and certificates: refused is", () => {
  test.each(Object.entries(mistakes))("%s", async (_, [component, args, ...expected]) => {
    const { violations, registered } = await refused(() => COMPONENTS[component](args));
    expect(violations).toEqual(expected);
    expect(registered).toEqual([]);
  });

  test("everything that is wrong, at once", async () => {
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

  test.each([undefined, null, 5, "orders", []])("%p for arguments", async (args) => {
    for (const Component of [RecoveryCluster, ReplicaCluster, OnDemandBackup]) {
      const { violations, registered } = await refused(() => new Component("x", args as never));
      expect(violations[0]).toMatch(/^args: /);
      expect(registered).toEqual([]);
    }
  });
});
