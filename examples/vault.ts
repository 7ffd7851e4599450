// A database whose owner's login is in Vault: the Vault Secrets Operator keeps the Secret like it.
import * as k8s from "@pulumi/kubernetes";
import { CloudNativePgOperator, PostgresCluster } from "ha-postgres";

const operator = new CloudNativePgOperator("cloudnative-pg");

/** The name on which both agree. */
const secretName = "orders-login";

const login = new k8s.apiextensions.CustomResource("orders-login", {
  apiVersion: "secrets.hashicorp.com/v1beta1",
  kind: "VaultStaticSecret",
  metadata: {
    name: secretName,
    namespace: "shop",
    // It has one once the Secret was written.
    annotations: { "pulumi.com/waitFor": "jsonpath={.status.secretMAC}" },
  },
  spec: {
    // A VaultAuth of the same namespace, with a role that may read this path.
    vaultAuthRef: "shop",
    type: "kv-v2",
    mount: "kv",
    // With the keys username and password.
    path: "databases/orders",
    refreshAfter: "1m",
    destination: {
      create: true,
      name: secretName,
      type: "kubernetes.io/basic-auth",
      // A rotated password is loaded without a restart.
      labels: { "cnpg.io/reload": "true" },
    },
  },
});

const orders = new PostgresCluster(
  "orders",
  {
    namespace: "shop",
    storage: { size: "100Gi", storageClass: "fast-retain" },
    database: { name: "orders", ownerSecret: secretName },
  },
  { dependsOn: [operator, login] },
);

export const host = orders.hostRw;
