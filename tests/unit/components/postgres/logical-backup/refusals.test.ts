import { LogicalBackup } from "../../../../../components";
import { ELSEWHERE } from "../../../support/backup-fixtures";
import { refused } from "../../../support/refusal";

type Anything = Record<string, unknown>;

const MINIMAL = { namespace: "shop", cluster: "orders", database: "orders", store: ELSEWHERE };

const mistakes: [what: string, args: Anything, ...says: string[]][] = [
  ["no store", { store: undefined }, "store: (not set): must be an object. Give an object."],
  [
    "a store at Google without a login there",
    { store: { destinationPath: "gs://backups" } },
    "store.google: (not set): must be set: the store is at Google Cloud Storage, and without it the client is that of S3. Set google: {} for the identity of the pods, or name a Secret in it.",
  ],
  [
    "half an access key",
    { store: { ...ELSEWHERE, secretAccessKey: undefined } },
    "store.secretAccessKey: (not set): must be set: an access key has two parts, and only the other is set. Refer to the key of the Secret that contains it, or remove the other one.",
  ],
  [
    "a key in the environment",
    { store: { ...ELSEWHERE, environment: { AWS_SECRET_ACCESS_KEY: "hunter2" } } },
    'store.environment.AWS_SECRET_ACCESS_KEY: "[not shown]": is set by another argument, and here anyone who may read the ObjectStore could see it. Refer to a Secret with secretAccessKey.',
  ],
  [
    "a file of the cluster's pods",
    { store: { ...ELSEWHERE, environment: { AWS_CONFIG_FILE: "/projected/s3-settings" } } },
    'store.environment.AWS_CONFIG_FILE: "/projected/s3-settings": is one of the files of the cluster, which the pods of dumps do not have. Send dumps to a store that needs no such file.',
  ],
  [
    "an encryption that the store does not have",
    { store: { destinationPath: "gs://backups", google: {} }, encryption: "AES256" },
    'encryption: "AES256": has no effect: it is a header of S3, and the store is not at an S3 service. Remove it: Google and Azure encrypt everything, with your own key if the bucket has one.',
  ],
  [
    "an encryption that there is not",
    { encryption: "aes256" },
    'encryption: "aes256": is not a valid value. Use one of "AES256", "aws:kms".',
  ],
  [
    "a schedule of base backups",
    { schedule: "0 30 3 * * *" },
    'schedule: "0 30 3 * * *": must have five fields: this is a CronJob of Kubernetes, which has no seconds. Write "30 3 * * *".',
  ],
  [
    "a schedule of four fields",
    { schedule: "30 3 * *" },
    'schedule: "30 3 * *": must have five fields, not 4. Write minute, hour, day, month and day of the week, such as "30 3 * * *".',
  ],
  [
    "a schedule at 25 o'clock",
    { schedule: "30 25 * * *" },
    'schedule: "30 25 * * *": `25` is not a valid hour. Use *, 0 to 23, ranges such as 0-2, lists with commas and steps with /.',
  ],
  [
    "a day that does not exist",
    { schedule: "0 2 30 2 *" },
    'schedule: "0 2 30 2 *": never runs: none of these months has such a day. Write minute, hour, day, month and day of the week, such as "30 3 * * *".',
  ],
  [
    "an interval",
    { schedule: "@every 12h" },
    'schedule: "@every 12h": is not a schedule that Kubernetes knows. Use @hourly, @daily, @weekly, @monthly, @yearly, or five fields.',
  ],
  [
    "a time zone by its offset",
    { timeZone: "+02:00" },
    'timeZone: "+02:00": is not a time zone that Kubernetes knows. Use a name of the tz database, such as "Europe/Zurich" or "Etc/UTC".',
  ],
  [
    "a retention of a number of dumps",
    { retention: "7" },
    'retention: "7": must be a number of days, weeks or months. Write "30d", "4w" or "6m".',
  ],
  [
    "a name that a CronJob cannot have",
    { backupName: "Orders_Dump" },
    'backupName: "Orders_Dump": must be valid as the name of a CronJob, with `-restore` after it. Set backupName (by default the component\'s name) to at most 44 lower-case letters, digits and dashes.',
  ],
  [
    "the name of the cluster",
    { backupName: "orders" },
    'backupName: "orders": must not be the name of the cluster, whose service account has it. Use another, such as "orders-dump".',
  ],
  [
    "the name of the service account of all other pods",
    { backupName: "default" },
    'backupName: "default": every namespace has a service account of that name, and all pods without another one would get its access to the store. Set backupName (by default the component\'s name) to another name.',
  ],
  [
    "a generation with a folder in it",
    { generation: "of/2025" },
    'generation: "of/2025": must be valid in the name of a folder in the store. Use at most 32 lower-case letters, digits and dashes.',
  ],
  [
    "a version without an image",
    { version: 14 },
    "version: 14: is not a major version that there is an image of. Use one of 15, 16, 17, 18, or set image.",
  ],
  [
    "an image without a tag",
    { image: "postgres" },
    'image: "postgres": must name a fixed version, or a restarted pod could run other software. Give repository:tag or repository:tag@sha256:….',
  ],
  [
    "a volume without a unit",
    { volume: { size: "10" } },
    'volume.size: "10": must have a unit: a bare number means bytes. Write a number with a unit, such as "64Mi" or "10Gi".',
  ],
  [
    "an unknown instance",
    { target: "standby" },
    'target: "standby": is not a valid value. Use one of "primary", "prefer-standby".',
  ],
  [
    "a time limit without a unit",
    { timeout: "6" },
    'timeout: "6": is not a valid duration. Write hours, minutes and seconds, such as "90m" or "1h30m".',
  ],
];

test.each(mistakes)("refuses %s", async (_, args, ...expected) => {
  const { violations, registered } = await refused(
    () => new LogicalBackup("orders-dump", { ...MINIMAL, ...args }),
  );
  expect(violations).toEqual(expected);
  expect(registered).toEqual([]);
});
