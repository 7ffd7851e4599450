import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../crds/cloudnative-pg";
import type { WithInputs } from "../kubernetes/with-inputs";
import type { BackupStore } from "./args/store";

type Stores = readonly (BackupStore | undefined)[];

/** What the service account of pods is annotated with, so that it is somebody in a cloud: each cloud reads its own. */
export function identityAnnotations(stores: Stores): Record<string, pulumi.Input<string>> {
  const first = (read: (store: BackupStore) => pulumi.Input<string> | undefined) =>
    stores.map((store) => store && read(store)).find((found) => found !== undefined);
  const found = {
    "eks.amazonaws.com/role-arn": first(({ roleArn }) => roleArn),
    "iam.gke.io/gcp-service-account": first(({ google }) => google?.serviceAccount),
    "azure.workload.identity/client-id": first(({ azure }) => azure?.clientId),
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Labels of pods that log in to these stores: Azure gives tokens to none without. */
export function identityLabels(stores: Stores): Record<string, string> {
  return stores.some((store) => store?.azure?.clientId !== undefined)
    ? { "azure.workload.identity/use": "true" }
    : {};
}

/** The identity that the pods of a cluster have at its stores, by their service account. */
export function identityOf(
  stores: Stores,
): Pick<WithInputs<ClusterSpec>, "serviceAccountTemplate"> {
  const annotations = identityAnnotations(stores);
  if (Object.keys(annotations).length === 0) return {};
  return { serviceAccountTemplate: { metadata: { annotations } } };
}
