/** An object of a namespace, as far as it shows why something waits. */
export interface Observed {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  /** Fields of a claim, and of a pod. */
  spec?: { storageClassName?: string; volumes?: { name: string; secret?: object }[] };
  status?: {
    phase?: string;
    /** Of a cluster, and of a database or a role. */
    phaseReason?: string;
    applied?: boolean;
    message?: string;
    conditions?: { type: string; status: string; message?: string }[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
  /** Fields of an event; of a failed pod, `message` is the last error of its log. */
  type?: string;
  reason?: string;
  message?: string;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  involvedObject?: { kind?: string; name?: string };
}

interface ContainerStatus {
  name: string;
  state?: { waiting?: { reason?: string; message?: string } };
}
