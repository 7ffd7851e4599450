import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { guaranteed } from "../../../kubernetes/pod-resources";
import { recommendedLabels } from "../../../kubernetes/labels";
import { serviceVariable } from "../../../kubernetes/service-variable";
import { variables } from "../../../kubernetes/verbatim";
import { sidecarImage } from "../../../operators/barman-cloud-plugin/sidecar-image";
import { storeAccess } from "../../../backup/store-access";
import { archiveCheckName, archiveLookName } from "../../cluster/names";
import { runOnce, WITHOUT_SIDECARS } from "../../sql-job/pod";
import type { RecoveryValues } from "../values";
import { LOOK_PROGRAM } from "./program";

/** What a source's archive has. */
export type Found = "backup" | "none";

/**
 * Looks whether the archive of the source has a base backup. A Job does so first: what is wrong with the store ends the
 * deployment with it, and the next one does it again. The answer is in the message with which a pod ends, since a Job
 * has none, and it stays in the state of the stack.
 */
export function lookForBackup(
  parent: pulumi.Resource,
  name: string,
  values: RecoveryValues,
): { found: pulumi.Output<Found>; resources: pulumi.Resource[] } {
  const { clusterName, namespace, labels: own } = values;
  const labels = { ...own, ...recommendedLabels("postgresql", clusterName, "archive-look") };
  const { template, ...once } = runOnce({ ...values, labels }, podContent(values));
  const job = new k8s.batch.v1.Job(
    `${name}-archive-check`,
    {
      metadata: {
        name: archiveCheckName(clusterName),
        namespace,
        labels,
        // One that has failed is done again, whatever was corrected.
        annotations: { "pulumi.com/replaceUnready": "true" },
      },
      spec: { ...once, template, activeDeadlineSeconds: 300 },
    },
    { parent },
  );
  const pod = new k8s.core.v1.Pod(
    `${name}-archive-look`,
    {
      metadata: {
        labels,
        name: archiveLookName(clusterName),
        namespace,
        annotations: {
          ...WITHOUT_SIDECARS,
          "pulumi.com/waitFor": "jsonpath={.status.phase}=Succeeded",
        },
      },
      // Until it says something: the Job has shown that it can.
      spec: pulumi.output(template).apply(({ spec }) => ({
        ...spec,
        containers: spec?.containers ?? [],
        restartPolicy: "OnFailure",
      })),
    },
    // What it found is decided with: a pod of other contents must not take its place and find something else.
    {
      parent,
      dependsOn: job,
      ignoreChanges: ["spec", "metadata"],
      customTimeouts: { create: "3m" },
    },
  );
  const found = pod.status.apply((status) => answerOf(status, clusterName));
  return { found, resources: [job, pod] };
}

/** What is read of the status of a pod. */
interface Ended {
  containerStatuses?: { state?: { terminated?: { message?: string } } }[];
}

function answerOf(status: Ended | undefined, clusterName: string): Found {
  const message = status?.containerStatuses?.[0]?.state?.terminated?.message;
  // With a cluster that is there already the bootstrap is never looked at again.
  if (message === "none") return "none";
  if (message === "backup" || message === "exists") return "backup";
  throw new Error(
    `The pod ${archiveLookName(clusterName)} does not say whether there is a backup. Delete it, and deploy again after ` +
      "`pulumi refresh`.",
  );
}

function podContent(values: RecoveryValues) {
  const { source, mirror, clusterName } = values;
  const { store } = source;
  const access = storeAccess(store);
  return {
    // By them the program learns whether the cluster exists.
    enableServiceLinks: true,
    container: {
      name: "archive-look",
      image: sidecarImage(mirror),
      command: ["python3", "-c", LOOK_PROGRAM, serviceVariable(`${clusterName}-rw`)],
      env: [
        ...access.env,
        ...variables({
          ARCHIVE_ENDPOINT: store.endpointUrl,
          ARCHIVE_PATH: store.destinationPath,
          ARCHIVE_SERVER: source.serverName,
        }),
      ],
      resources: guaranteed({ cpu: "200m", memory: "128Mi" }),
      volumeMounts: [{ name: "tmp", mountPath: "/tmp" }, ...access.volumeMounts],
    },
    volumes: [{ name: "tmp", emptyDir: {} }, ...access.volumes],
  };
}
