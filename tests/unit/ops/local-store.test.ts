import { withLocalStore } from "../../../ops/local-store.ts";

const STORE = {
  endpointUrl: "https://10.200.0.1:7070",
  bucketName: "backups",
  caCertificate: "certificate",
  accessKeyId: "id",
  secretAccessKey: "key",
};

const stack = (backups?: unknown) => ({
  config: { "ha-postgres:namespace": "shop", "ha-postgres:backups": backups },
});

test("a store without an address becomes the sandbox's, with its secret key kept apart", () => {
  expect(withLocalStore(stack({ s3Compatible: { path: "shop" } }), STORE)).toEqual({
    config: {
      "ha-postgres:namespace": "shop",
      "ha-postgres:backups": {
        s3Compatible: {
          path: "shop",
          endpointUrl: "https://10.200.0.1:7070",
          bucketName: "backups",
          caCertificate: "certificate",
          credentials: { accessKeyId: "id" },
        },
      },
    },
    secrets: { "ha-postgres:backups.s3Compatible.credentials.secretAccessKey": "key" },
  });
});

test.each([
  ["no backups", undefined],
  ["a store with an address", { s3Compatible: { endpointUrl: "https://elsewhere" } }],
  ["an invalid store", { s3Compatible: "backups" }],
])("leaves %s unchanged", (_, backups) => {
  expect(withLocalStore(stack(backups), STORE)).toEqual(stack(backups));
});

test("AWS is refused, with the remedy", () => {
  expect(() => withLocalStore(stack({ awsS3: {} }), STORE)).toThrow(
    "backups.awsS3 cannot work in the sandbox, which does not reach AWS. Remove it from the stack, or write s3Compatible: {} for " +
      "the sandbox's own store, or deploy to your own cluster with `npm run up -- --context NAME`",
  );
});

test.each(["google", "azure"])("a store at %s is refused, too", (cloud) => {
  expect(() => withLocalStore(stack({ store: { [cloud]: {} } }), STORE)).toThrow(
    `backups.store.${cloud} cannot work in the sandbox, which does not reach it. Write s3Compatible: {} instead for the sandbox's ` +
      "own store, or deploy to your own cluster with `npm run up -- --context NAME`",
  );
});
