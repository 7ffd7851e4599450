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
export function credentialsOf(configuration: Part): { part: Part; isUsable: boolean }[] {
  return Object.entries(WAYS)
    .map(([kind, ways]) => ({ part: configuration.at(kind), ways }))
    .filter(({ part }) => part.entries.length > 0)
    .map(({ part, ways }) => ({
      part,
      isUsable: ways.some((fields) => fields.every((field) => isThere(part, field))),
    }));
}

function isThere(credentials: Part, field: string): boolean {
  const part = credentials.at(field);
  if (SWITCHES.includes(field)) return part.flag === true;
  return ["name", "key"].every((key) => (part.at(key).text ?? "") !== "");
}
