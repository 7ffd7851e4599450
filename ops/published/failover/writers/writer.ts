import { applicationOf } from "../../archive.ts";
import { DRILL, DRILL_OF } from "../../drill-identity.ts";
import type { Cluster, Pod, Pooler } from "../../objects.ts";
import type { FailoverRequest } from "../request.ts";
import { CAREFUL, type Manner, WRITER_PROGRAM } from "./program.ts";

/** A client that a drill writes with. */
export interface Writer {
  /** Name in the report, such as `rw, keeps its connection`. */
  title: string;
  /** Part of the names of its pod and table. */
  name: string;
  /** The Service that it connects to. */
  service: string;
  manner: Manner;
  /** Whether its outage counts. That of a driver's defaults shows what they cost. */
  isJudged: boolean;
}

/** The writers of a drill: three through the cluster's Service, and one through each pooler for writes. */
export function writersOf(
  cluster: string,
  poolers: readonly Pooler[],
  through: FailoverRequest["through"],
): Writer[] {
  const isWanted = (way: "rw" | "pooler") => through?.includes(way) ?? true;
  const service = `${cluster}-rw`;
  const direct: Writer[] = [
    {
      title: "rw, keeps its connection",
      name: "kept",
      service,
      manner: "keeps",
      isJudged: true,
    },
    { title: "rw, connects anew", name: "anew", service, manner: "renews", isJudged: true },
    {
      title: "rw, a driver's defaults",
      name: "defaults",
      service,
      manner: "defaults",
      isJudged: false,
    },
  ];
  const pooled = poolers.map(({ metadata: { name } }, index): Writer => ({
    title: `pooler ${name}`,
    name: `pooler${index + 1}`,
    service: name,
    manner: "keeps",
    isJudged: true,
  }));
  return [...(isWanted("rw") ? direct : []), ...(isWanted("pooler") ? pooled : [])];
}

/** What the pods of all writers of a drill have in common. */
export interface Surroundings {
  cluster: Cluster;
  /** Name of the drill. */
  drill: string;
  /** The object that the pods are deleted with. */
  owner: { name: string; uid: string };
  schema: string;
  secret: string;
  podLabels: Record<string, string>;
}

/** Name of a writer's table, with its schema. It contains nothing that must be quoted. */
export function tableOf(schema: string, { name }: Writer): string {
  return `${schema}.${name}`;
}

/**
 * The pod of a writer. It has the image of the primary, which is on the nodes already, and runs on any other node than the
 * primary's.
 */
export function writerManifest(
  { cluster, drill, owner, schema, secret, podLabels }: Surroundings,
  writer: Writer,
  primary: Pod,
  turn: number,
): object {
  const { name, namespace } = cluster.metadata;
  const { database } = applicationOf(cluster);
  const of = (key: string) => ({ valueFrom: { secretKeyRef: { name: secret, key } } });
  const user = cluster.spec.postgresUID ?? POSTGRES_UID;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: `${drill}-${writer.name}`,
      namespace,
      labels: {
        "app.kubernetes.io/component": "failover-drill",
        "app.kubernetes.io/part-of": "ha-postgres",
        "app.kubernetes.io/managed-by": "ha-postgres",
        ...podLabels,
        [DRILL]: drill,
        [DRILL_OF]: name,
      },
      ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", ...owner }],
    },
    spec: {
      restartPolicy: "Never",
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...pulling(primary),
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchFields: [
                  {
                    key: "metadata.name",
                    operator: "NotIn",
                    values: [primary.spec?.nodeName ?? ""],
                  },
                ],
              },
            ],
          },
        },
      },
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: cluster.spec.postgresGID ?? user,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "writer",
          image: imageOf(primary),
          command: ["bash", "-c", WRITER_PROGRAM],
          env: [
            { name: "PGUSER", ...of("username") },
            { name: "PGPASSWORD", ...of("password") },
            {
              name: "CONNECTION",
              value: connection(`${writer.service}.${namespace}.svc`, database, writer.manner),
            },
            { name: "MANNER", value: writer.manner },
            { name: "TABLE", value: tableOf(schema, writer) },
            { name: "TURN", value: String(turn) },
          ],
          resources: { requests: { cpu: "20m", memory: "32Mi" }, limits: { memory: "128Mi" } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  };
}

/** The user of the images of CloudNativePG. */
const POSTGRES_UID = 26;

/** What lets a pod be where the instances are, with their image. */
function pulling({ spec }: Pod): object {
  const { imagePullSecrets, tolerations } = spec ?? {};
  return { ...(imagePullSecrets && { imagePullSecrets }), ...(tolerations && { tolerations }) };
}

function imageOf({ spec }: Pod): string {
  return spec?.containers?.find(({ name }) => name === "postgres")?.image ?? "";
}

function connection(host: string, database: string, manner: Manner): string {
  const name = database.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  const settings = `host=${host} port=5432 dbname='${name}' sslmode=require application_name=ha-postgres-drill`;
  return manner === "defaults" ? settings : `${settings} ${CAREFUL}`;
}
