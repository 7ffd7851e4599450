import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { KeyReferenceArgs } from "../../../kubernetes/key-reference";
import { guaranteed } from "../../../kubernetes/pod-resources";
import { recommendedLabels } from "../../../kubernetes/labels";
import { serviceVariable } from "../../../kubernetes/service-variable";
import { variables } from "../../../kubernetes/verbatim";
import { parseBytes } from "../../../formats/quantity";
import { serverCheckName } from "../../cluster/names";
import { isImageKnown } from "../../cluster/values-common";
import { notLoaded } from "../../cluster/rules/parameters/extensions-load";
import { runOnce } from "../../sql-job/pod";
import { ImportMethod } from "../args";
import type { ImportedValues } from "../values";
import { CHECK_SCRIPT } from "./script";

/**
 * A Job that asks the server, before anything is created, everything that the import depends on. Once the cluster exists
 * it asks nothing: the server may be gone by then.
 */
export function createServerCheck(
  parent: pulumi.Resource,
  name: string,
  values: ImportedValues,
): k8s.batch.v1.Job {
  const { clusterName, namespace, labels: own } = values;
  const labels = { ...own, ...recommendedLabels("postgresql", clusterName, "server-check") };
  return new k8s.batch.v1.Job(
    `${name}-server-check`,
    {
      metadata: {
        name: serverCheckName(clusterName),
        namespace,
        labels,
        // One that has failed is done again, whatever was corrected.
        annotations: { "pulumi.com/replaceUnready": "true" },
      },
      spec: {
        ...runOnce({ ...values, labels }, podContent(values)),
        // Mostly for the image.
        activeDeadlineSeconds: 300,
      },
    },
    { parent },
  );
}

/** A Secret of the server, at `/server/<folder>`; a missing one is told by the check, and not by a pod that waits for it. */
interface Mounted {
  folder: "password" | "ca" | "tls";
  name: pulumi.Input<string>;
  items: { key: string; path: string }[];
}

function mountedOf({ server }: ImportedValues): Mounted[] {
  const { passwordSecret, caSecret, tlsSecret } = server;
  const one = (folder: Mounted["folder"], secret: KeyReferenceArgs | undefined, path: string) =>
    secret ? [{ folder, name: secret.name, items: [{ key: secret.key, path }] }] : [];
  return [
    ...one("password", passwordSecret, "value"),
    ...one("ca", caSecret, "ca.crt"),
    ...(tlsSecret === undefined
      ? []
      : [
          {
            folder: "tls" as const,
            name: tlsSecret,
            items: ["tls.crt", "tls.key"].map((key) => ({ key, path: key })),
          },
        ]),
  ];
}

function podContent(values: ImportedValues) {
  const mounted = mountedOf(values);
  return {
    // By them the script learns whether the cluster exists.
    enableServiceLinks: true,
    container: {
      name: "server-check",
      image: values.image,
      command: [
        ...["bash", "-c", CHECK_SCRIPT, "server-check"],
        serviceVariable(`${values.clusterName}-rw`),
      ],
      env: variables(environment(values, mounted)),
      resources: guaranteed({ cpu: "100m", memory: "64Mi" }),
      volumeMounts: [
        { name: "tmp", mountPath: "/tmp" },
        ...mounted.map(({ folder }) => ({
          name: folder,
          mountPath: `/server/${folder}`,
          readOnly: true,
        })),
      ],
    },
    volumes: [
      { name: "tmp", emptyDir: {} },
      ...mounted.map(({ folder, name, items }) => ({
        name: folder,
        // libpq refuses a key that others could read.
        secret: { secretName: name, items, defaultMode: 0o440, optional: true },
      })),
    ],
  };
}

function environment(
  values: ImportedValues,
  mounted: readonly Mounted[],
): Record<string, pulumi.Input<string>> {
  const { server, import: content, database, storage } = values;
  const has = (folder: Mounted["folder"]) => mounted.some((one) => one.folder === folder);
  return {
    PGHOST: server.host,
    PGPORT: String(server.port),
    PGUSER: server.user,
    PGSSLMODE: server.sslMode,
    PGCONNECT_TIMEOUT: "8",
    PGAPPNAME: "ha-postgres",
    PGOPTIONS: "-c statement_timeout=20s -c client_min_messages=error",
    ...(has("ca") && { PGSSLROOTCERT: "/server/ca/ca.crt" }),
    ...(has("tls") && {
      PGSSLCERT: "/server/tls/tls.crt",
      PGSSLKEY: "/server/tls/tls.key",
    }),
    IMPORT_METHOD: content.method,
    IMPORT_DATABASES: content.databases.join("\n"),
    IMPORT_ROLES: content.method === ImportMethod.Monolith ? content.roles.join("\n") : "",
    IMPORT_DATABASE: database.name,
    IMPORT_OWNER: database.owner,
    IMPORT_ENCODING: database.encoding,
    IMPORT_STORAGE: String(parseBytes(storage.size) ?? Number.MAX_SAFE_INTEGER),
    IMPORT_NOT_LOADED: notLoaded(values).join("\n"),
    IMPORT_FLAGS: flags(values).join(" "),
    ...Object.fromEntries(
      mounted.flatMap(({ folder, name, items }) => [
        [`IMPORT_${folder}`, name],
        [`IMPORT_${folder}_FILES`, items.map(({ path }) => path).join(" ")],
      ]),
    ),
  };
}

/** Options with which not everything is dumped, or restored as another role. */
const PARTIAL =
  /^(-[nNtTeOxbBI](?!\w)|-[nNtTe]\w|--(schema|exclude|table|filter|extension|no-owner|no-privileges|no-acl|no-large-objects|no-blobs|role|enable-row-security|no-policies))/;

/** What is not asked, since it does not matter. */
function flags(values: ImportedValues): string[] {
  const { import: content, extensionImages } = values;
  const { pgDumpExtraOptions = [], pgRestoreExtraOptions = [], schemaOnly } = content;
  const options = [...pgDumpExtraOptions, ...pgRestoreExtraOptions];
  return [
    ...(options.some((option) => PARTIAL.test(option)) ? ["partial"] : []),
    ...(options.includes("--no-tablespaces") ? ["no-tablespaces"] : []),
    ...(schemaOnly ? ["schema-only"] : []),
    ...(extensionImages.length > 0 ? ["extension-images"] : []),
    ...(isImageKnown(values) ? [] : ["unknown-image"]),
  ];
}
