// A database that moves here with a downtime of seconds: its schema is imported, its rows follow by logical replication, and
// the subscription is removed at the cut-over. On the server, as a superuser in the database: CREATE PUBLICATION shop FOR ALL
// TABLES, with wal_level = logical.
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ImportedCluster } from "ha-postgres";

const config = new pulumi.Config();

const shop = new ImportedCluster("shop", {
  namespace: "shop",
  storage: { size: "100Gi" },
  server: {
    host: "db.example.com",
    // It subscribes, too, and needs REPLICATION for that.
    user: "mover",
    passwordSecret: { name: "old-db", key: "password" },
    caSecret: { name: "old-db", key: "ca.crt" },
  },
  database: { name: "shop", owner: "shop" },
  import: { schemaOnly: true },
});

// `pulumi config set cutOver true` once the application does not write there any more, and everything has arrived.
if (!config.getBoolean("cutOver")) {
  new k8s.apiextensions.CustomResource(
    "shop-from-the-server",
    {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Subscription",
      metadata: {
        name: "shop-from-the-server",
        namespace: shop.namespace,
        annotations: { "pulumi.com/waitFor": "jsonpath={.status.applied}=true" },
      },
      spec: {
        cluster: { name: shop.name },
        name: "from_the_server",
        dbname: shop.database,
        // The name by which an ImportedCluster knows its server.
        externalClusterName: "server",
        publicationName: "shop",
        publicationDBName: "shop",
        // With it goes the slot on the server, which would otherwise keep its WAL for ever.
        subscriptionReclaimPolicy: "delete",
      },
    },
    { dependsOn: shop },
  );
}

export const secret = shop.ownerSecretName;
