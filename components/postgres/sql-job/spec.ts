import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { guaranteed } from "../../kubernetes/pod-resources";
import { recommendedLabels } from "../../kubernetes/labels";
import { variables } from "../../kubernetes/verbatim";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";
import { runOnce, type ImagePod } from "./pod";

/** Where SQL runs, and who runs it. */
export interface SqlJobTarget {
  /** Host of the primary. */
  host: pulumi.Input<string>;
  database: pulumi.Input<string>;
  /** Secret with `username` and `password` of who runs it. */
  loginSecret: pulumi.Input<string>;
  /** Secret whose `ca.crt` the server is verified by. */
  caSecret: pulumi.Input<string>;
}

/** The pod that runs SQL, as the cluster's own are. */
export interface SqlJobPod extends ImagePod {
  clusterName: string;
  /** Image with `bash` and `psql`. */
  image: pulumi.Input<string>;
}

/**
 * Runs the SQL once. Without a connection, as in a failover, it tries again for half a minute. What psql says comes last,
 * so that it is what Kubernetes, and with it Pulumi, reports of a failed container: the error, and the statement.
 */
const SCRIPT = `
while :; do
  said="$(printf '%s\\n' "$SQL" | psql --no-psqlrc --quiet --no-password --echo-errors --set=ON_ERROR_STOP=1 --file=- 2>&1)" && code=0 || code=$?
  if [ "$code" -ne 2 ] || [ "$SECONDS" -ge 30 ]; then break; fi
  sleep 1
done
printf '%s\\n' "$said"
exit "$code"
`.trim();

/** The labels of the pods that run SQL in a cluster's databases. */
export function sqlJobLabels(clusterName: string): Record<string, string> {
  return recommendedLabels("sql-job", clusterName, "sql-job");
}

/**
 * A Job that runs SQL with psql. The SQL is in the Job and so in the state of the stack, where everybody can read it: it
 * must not contain secrets.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export function sqlJobSpec(
  sql: string,
  { host, database, loginSecret, caSecret }: SqlJobTarget,
  { clusterName, image, ...pod }: SqlJobPod,
): k8s.types.input.batch.v1.JobSpec {
  const fromLogin = (key: string) => ({ secretKeyRef: { name: loginSecret, key } });
  return {
    ...runOnce(
      { ...pod, labels: { ...pod.labels, ...sqlJobLabels(clusterName) } },
      {
        enableServiceLinks: false,
        container: {
          name: "psql",
          image,
          command: ["bash", "-c", SCRIPT],
          env: [
            ...variables({
              SQL: sql,
              PGHOST: host,
              PGPORT: String(POSTGRES_PORT),
              PGDATABASE: database,
              PGSSLMODE: "verify-full",
              PGSSLROOTCERT: "/ca/ca.crt",
              PGCONNECT_TIMEOUT: "5",
              PGAPPNAME: "ha-postgres",
              PGOPTIONS: "-c lock_timeout=10s -c statement_timeout=30s",
            }),
            { name: "PGUSER", valueFrom: fromLogin("username") },
            { name: "PGPASSWORD", valueFrom: fromLogin("password") },
          ],
          // What Kubernetes tells of a container that has failed: the end of its log.
          terminationMessagePolicy: "FallbackToLogsOnError",
          resources: guaranteed({ cpu: "100m", memory: "64Mi" }),
          volumeMounts: [{ name: "ca", mountPath: "/ca", readOnly: true }],
        },
        volumes: [
          {
            name: "ca",
            // The operator's own has the key of the authority, too.
            secret: { secretName: caSecret, items: [{ key: "ca.crt", path: "ca.crt" }] },
          },
        ],
      },
    ),
    // Mostly for the image.
    activeDeadlineSeconds: 300,
  };
}
