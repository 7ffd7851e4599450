// A database whose owner's login is kept elsewhere: the External Secrets Operator makes the Secret from a store.
import * as k8s from "@pulumi/kubernetes";
import { CloudNativePgOperator, PostgresCluster } from "ha-postgres";

const operator = new CloudNativePgOperator("cloudnative-pg");

/** The name on which both agree. */
const secretName = "orders-login";

const login = new k8s.apiextensions.CustomResource("orders-login", {
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: {
    name: secretName,
    namespace: "shop",
    // The Secret is there once this is so.
    annotations: { "pulumi.com/waitFor": "condition=Ready" },
  },
  spec: {
    refreshInterval: "1h",
    secretStoreRef: { kind: "ClusterSecretStore", name: "company" },
    target: {
      name: secretName,
      template: {
        type: "kubernetes.io/basic-auth",
        // A rotated password is loaded without a restart.
        metadata: { labels: { "cnpg.io/reload": "true" } },
      },
    },
    data: ["username", "password"].map((key) => ({
      secretKey: key,
      remoteRef: { key: "databases/orders", property: key },
    })),
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
