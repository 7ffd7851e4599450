import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { s3CompatibleStoreEndpoint } from "./rules/endpoint";
import { refuse } from "../../contract/violation";
import type { BackupStore } from "../args/store";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials-secret";
import {
  StoreChecksums,
  type S3CompatibleStoreArgs,
  type StoreCredentialsSecretArgs,
} from "./args";
import { s3CompatibleStore } from "./values";

/** Key of the Secret for certificates. */
const CA_KEY = "ca.crt";

/**
 * A bucket of any service that speaks S3, for backups: DigitalOcean Spaces, MinIO, Ceph RGW and others. It must exist
 * already; the component gives clusters access to it. Only with TLS: backups contain all of the database's data.
 *
 * The plugin's clients put the bucket into the path of their requests (path style) wherever the address is not AWS's, and
 * the plugin has no setting for that (plugin-barman-cloud#712). For a service that only knows buckets as hosts
 * (virtual-hosted style), give them a file of settings: the guide of backups has it.
 *
 * @example
 * ```typescript
 * const spaces = new S3CompatibleStore("orders-backups", {
 *   endpointUrl: "https://fra1.digitaloceanspaces.com",
 *   region: "fra1",
 *   bucketName: "orders-backups",
 *   namespace: "shop",
 *   credentials: { accessKeyId: spacesKey.accessKey, secretAccessKey: spacesKey.secretKey },
 * });
 * new PostgresCluster("orders", { ..., backup: { store: spaces.store } });
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered; outputs of
 * other resources are validated as soon as they are known.
 *
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/#s3-compatible-storage-providers
 */
export class S3CompatibleStore extends pulumi.ComponentResource {
  /** The store for `backup.store` of a cluster. */
  public readonly store: BackupStore;

  constructor(name: string, args: S3CompatibleStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    args = s3CompatibleStore.accept(name, args);
    super("ha-postgres:index:S3CompatibleStore", name, {}, opts);

    const secret = createSecret(this, name, args);

    this.store = {
      destinationPath: `s3://${[args.bucketName, args.path].filter(Boolean).join("/")}`,
      endpointUrl: args.endpointUrl,
      region: args.region ?? "us-east-1",
      ...endpointCa(args, secret),
      ...accessKey(args, secret),
      ...storeEnvironment(args),
    };
    this.registerOutputs({ store: this.store });
  }
}

function createSecret(
  parent: S3CompatibleStore,
  name: string,
  args: S3CompatibleStoreArgs,
): k8s.core.v1.Secret | undefined {
  const { namespace, secretName = name, credentials, caCertificate } = args;
  if (credentials === undefined && caCertificate === undefined) return undefined;
  return new k8s.core.v1.Secret(
    `${name}-credentials`,
    {
      metadata: {
        name: secretName,
        ...(namespace !== undefined && { namespace }),
        labels: recommendedLabels("s3-compatible-store", name, "credentials"),
      },
      stringData: {
        ...(credentials && {
          [ACCESS_KEY_ID]: credentials.accessKeyId,
          [SECRET_ACCESS_KEY]: pulumi.secret(credentials.secretAccessKey),
        }),
        ...(caCertificate !== undefined && { [CA_KEY]: checkedCa(name, caCertificate) }),
      },
    },
    { parent },
  );
}

/** Checks the output of another resource as soon as it is known. */
function checkedCa(name: string, given: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.output(given).apply((caCertificate) => {
    refuse(`S3CompatibleStore "${name}"`, s3CompatibleStoreEndpoint.check({ caCertificate }));
    return caCertificate;
  });
}

function endpointCa(
  { caCertificate, caSecret }: S3CompatibleStoreArgs,
  secret: k8s.core.v1.Secret | undefined,
): Pick<BackupStore, "endpointCa"> {
  if (caSecret) return { endpointCa: caSecret };
  if (!secret || caCertificate === undefined) return {};
  return { endpointCa: { name: secret.metadata.name, key: CA_KEY } };
}

function accessKey(
  { credentials, credentialsSecret }: S3CompatibleStoreArgs,
  secret: k8s.core.v1.Secret | undefined,
): Pick<BackupStore, "accessKeyId" | "secretAccessKey"> {
  const of: StoreCredentialsSecretArgs | undefined =
    credentials && secret ? { name: secret.metadata.name } : credentialsSecret;
  if (!of) return {};
  const { name, accessKeyId = ACCESS_KEY_ID, secretAccessKey = SECRET_ACCESS_KEY } = of;
  return {
    accessKeyId: { name, key: accessKeyId },
    secretAccessKey: { name, key: secretAccessKey },
  };
}

/** The clients' own default is StoreChecksums.WhenSupported. */
export function storeEnvironment({
  checksums = StoreChecksums.WhenRequired,
}: Pick<S3CompatibleStoreArgs, "checksums">): Pick<BackupStore, "environment"> {
  if (checksums === StoreChecksums.WhenSupported) return {};
  return {
    environment: {
      AWS_REQUEST_CHECKSUM_CALCULATION: checksums,
      AWS_RESPONSE_CHECKSUM_VALIDATION: checksums,
    },
  };
}
