// A schema that changes with its application: a Job runs the migration tool, and the application waits for it.
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { PostgresCluster, SqlDatabase, SqlRole } from "ha-postgres";

const config = new pulumi.Config();
const release = config.require("release");

const shop = new PostgresCluster("shop", {
  namespace: "shop",
  storage: { size: "100Gi" },
  database: {
    name: "shop",
    extensions: ["pg_trgm"],
    // Once, when the cluster is created: what only a superuser may do, and a migration tool therefore not.
    sql: [
      { in: SqlDatabase.Postgres, sql: "CREATE ROLE reporting" },
      { as: SqlRole.Superuser, sql: "CREATE PUBLICATION everything FOR ALL TABLES" },
      // A secret of Pulumi is stored in a Secret.
      {
        as: SqlRole.Superuser,
        sql: pulumi.interpolate`ALTER ROLE reporting LOGIN PASSWORD '${config.requireSecret("reportingPassword")}'`,
      },
    ],
  },
});

const login = { secretRef: { name: shop.ownerSecretName } };

// Named after the release: another release is another Job, which runs before the one of the former release is deleted.
const migrations = new k8s.batch.v1.Job(
  "shop-migrations",
  {
    metadata: { name: `shop-migrations-${release}`, namespace: shop.namespace },
    spec: {
      // A tool that knows what it has done can try again, as after a failover.
      backoffLimit: 5,
      template: {
        spec: {
          restartPolicy: "Never",
          containers: [
            {
              name: "migrations",
              image: `registry.example/shop-migrations:${release}`,
              // By the Service of the primary and not through a pooler: migrations take locks that belong to a session.
              env: [
                {
                  name: "DATABASE_URL",
                  valueFrom: { secretKeyRef: { name: shop.ownerSecretName, key: "uri" } },
                },
              ],
              command: ["dbmate", "up"],
            },
          ],
        },
      },
    },
  },
  // The cluster serves before the Job starts, and Pulumi waits until it has succeeded.
  { dependsOn: shop },
);

export const application = new k8s.apps.v1.Deployment(
  "shop",
  {
    metadata: { name: "shop", namespace: shop.namespace },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: "shop" } },
      template: {
        metadata: { labels: { app: "shop" } },
        spec: {
          containers: [
            { name: "shop", image: `registry.example/shop:${release}`, envFrom: [login] },
          ],
        },
      },
    },
  },
  { dependsOn: migrations },
);
