import type { Part } from "../engine/part";

/** Ways to log in to a store, each with all fields that it needs; a field that is a switch must be on. */
const WAYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  s3Credentials: [["inheritFromIAMRole"], ["accessKeyId", "secretAccessKey"]],
  azureCredentials: [
    ["inheritFromAzureAD"],
    ["useDefaultAzureCredentials"],
    ["connectionString"],
    ["storageAccount", "storageKey"],
    ["storageAccount", "storageSasToken"],
  ],
  googleCredentials: [["gkeEnvironment"], ["applicationCredentials"]],
};

const SWITCHES = [
  "inheritFromIAMRole",
  "inheritFromAzureAD",
  "useDefaultAzureCredentials",
  "gkeEnvironment",
];

/**
 * The credentials in an ObjectStore's configuration, for each provider that is named there, and whether they are
 * complete.
 *
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/
 */
export function credentialsOf(
  configuration: Part,
): { kind: string; part: Part; isUsable: boolean }[] {
  return Object.entries(WAYS)
    .map(([kind, ways]) => ({ kind, part: configuration.at(kind), ways }))
    .filter(({ part }) => part.entries.length > 0)
    .map(({ kind, part, ways }) => ({
      kind,
      part,
      isUsable: ways.some((fields) => fields.every((field) => isThere(part, field))),
    }));
}

/** The field of the credentials that belongs to the address of a store. */
export function credentialsFor(destinationPath: string | undefined): string {
  if (destinationPath?.startsWith("gs://") === true) return "googleCredentials";
  return /^https?:/.test(destinationPath ?? "") ? "azureCredentials" : "s3Credentials";
}

/** What to set in them. */
export const COMPLETE: Readonly<Record<string, string>> = {
  s3Credentials:
    "Set inheritFromIAMRole: true, or name a Secret and its key in accessKeyId and secretAccessKey",
  azureCredentials:
    "Set useDefaultAzureCredentials: true, or name a Secret and its key in connectionString, or in storageAccount and storageKey",
  googleCredentials:
    "Set gkeEnvironment: true, or name a Secret and its key in applicationCredentials",
};

function isThere(credentials: Part, field: string): boolean {
  const part = credentials.at(field);
  if (SWITCHES.includes(field)) return part.flag === true;
  return ["name", "key"].every((key) => (part.at(key).text ?? "") !== "");
}
