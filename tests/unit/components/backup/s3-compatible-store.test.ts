import * as pulumi from "@pulumi/pulumi";
import {
  S3CompatibleStore,
  StoreChecksums,
  type S3CompatibleStoreArgs,
} from "../../../../components";
import { certificateFixture, labels, SECRET } from "../../support/certificate-fixtures";
import { failure, only, registrations, secret, valueOf } from "../../support/registrations";

const COMPONENT = "ha-postgres:index:S3CompatibleStore";

async function made(args: S3CompatibleStoreArgs) {
  let made: S3CompatibleStore | undefined;
  const all = await registrations(() => (made = new S3CompatibleStore("orders-backups", args)));
  if (!made) throw new Error("There is no store.");
  return { all, store: await valueOf(pulumi.output(made.store)) };
}

const checksums = {
  AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
  AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
};

describe("a store whose access key is already in a Secret", () => {
  const minimal: S3CompatibleStoreArgs = {
    endpointUrl: "https://fra1.digitaloceanspaces.com",
    bucketName: "orders-backups",
    credentialsSecret: { name: "spaces" },
  };

  test("registers nothing, and gives a cluster its destination", async () => {
    const { all, store } = await made(minimal);
    expect(all.map(({ type }) => type)).toEqual([COMPONENT]);
    expect(store).toEqual({
      destinationPath: "s3://orders-backups",
      endpointUrl: "https://fra1.digitaloceanspaces.com",
      region: "us-east-1",
      accessKeyId: { name: "spaces", key: "ACCESS_KEY_ID" },
      secretAccessKey: { name: "spaces", key: "ACCESS_SECRET_KEY" },
      environment: checksums,
    });
  });

  test("accepts other keys, another region, a path, an authority and newer checksums", async () => {
    const { all, store } = await made({
      endpointUrl: pulumi.output("https://minio.storage.svc:9000"),
      bucketName: "orders.backups",
      path: "postgres/orders",
      region: pulumi.output("eu-central-1"),
      caSecret: { name: "minio-ca", key: "public.crt" },
      credentialsSecret: {
        name: pulumi.output("minio"),
        accessKeyId: "user",
        secretAccessKey: "password",
      },
      checksums: StoreChecksums.WhenSupported,
    });
    expect(all.map(({ type }) => type)).toEqual([COMPONENT]);
    expect(store).toEqual({
      destinationPath: "s3://orders.backups/postgres/orders",
      endpointUrl: "https://minio.storage.svc:9000",
      region: "eu-central-1",
      endpointCa: { name: "minio-ca", key: "public.crt" },
      accessKeyId: { name: "minio", key: "user" },
      secretAccessKey: { name: "minio", key: "password" },
    });
  });
});

describe("a store whose access key and authority are given", () => {
  const given = (caCertificate: pulumi.Input<string>): S3CompatibleStoreArgs => ({
    endpointUrl: "https://s3.example.com",
    bucketName: "orders-backups",
    namespace: pulumi.output("shop"),
    caCertificate,
    credentials: {
      accessKeyId: "AKIAEXAMPLE",
      secretAccessKey: pulumi.secret("the secret key"),
    },
  });

  test("writes both to one Secret", async () => {
    const { certificate } = await certificateFixture({ commonName: "s3", days: 30 });
    const { all, store } = await made({ ...given(certificate), secretName: "orders-s3" });
    expect(only(all, SECRET).inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "orders-s3",
        namespace: "shop",
        labels: labels("s3-compatible-store", "orders-backups", "credentials"),
      },
      stringData: secret({
        ACCESS_KEY_ID: "AKIAEXAMPLE",
        ACCESS_SECRET_KEY: "the secret key",
        "ca.crt": certificate,
      }),
    });
    expect(store).toEqual({
      destinationPath: "s3://orders-backups",
      endpointUrl: "https://s3.example.com",
      region: "us-east-1",
      endpointCa: { name: "orders-s3", key: "ca.crt" },
      accessKeyId: { name: "orders-s3", key: "ACCESS_KEY_ID" },
      secretAccessKey: { name: "orders-s3", key: "ACCESS_SECRET_KEY" },
      environment: checksums,
    });
  });

  test("refuses an authority of another resource as soon as it is known", async () => {
    const { error } = await failure(
      () => new S3CompatibleStore("orders-backups", given(pulumi.output("no certificate"))),
    );
    expect(String(error)).toContain('caCertificate = "no certificate": is not a valid certificate');
  });
});

test("an authority alone is written as well", async () => {
  const { certificate } = await certificateFixture({ commonName: "s3", days: 30 });
  const { all, store } = await made({
    endpointUrl: "https://s3.example.com",
    bucketName: "orders-backups",
    namespace: "shop",
    caCertificate: certificate,
    credentialsSecret: { name: "s3" },
  });
  expect(only(all, SECRET).inputs["stringData"]).toEqual(secret({ "ca.crt": certificate }));
  expect(store).toMatchObject({
    endpointCa: { name: "orders-backups", key: "ca.crt" },
    accessKeyId: { name: "s3", key: "ACCESS_KEY_ID" },
  });
});
