/** PostgreSQL with pg_cron and a psqlrc for everybody, built and pushed by the program itself. */
import * as pulumi from "@pulumi/pulumi";
import { PostgresCluster, PostgresImage } from "ha-postgres";

const config = new pulumi.Config();

const built = new PostgresImage("orders", {
  repository: "registry.example/shop/postgresql",
  packages: ["postgresql-18-cron=1.6.7-2.pgdg13+1"],
  files: { "/etc/postgresql-common/psqlrc": "\\set PROMPT1 '%M %/%R%x%# '\n\\timing on\n" },
  registries: [
    {
      address: "registry.example",
      username: "ci",
      password: config.requireSecret("registryPassword"),
    },
  ],
});

export const cluster = new PostgresCluster("orders", {
  namespace: "shop",
  storage: { size: "100Gi" },
  image: built.image,
  imagePullSecrets: ["registry"],
}).name;
