import { BARE_UNITS, parsePostgresSize } from "../../../../formats/postgres-size";
import { MiB, parseBytes, parseCores } from "../../../../formats/quantity";
import { rule } from "../../../../contract/rule";
import type { Violation } from "../../../../contract/violation";
import type { ClusterEphemeralVolumesArgs } from "../../args/contents";
import type { ClusterResourcesArgs } from "../../args/resources";
import type { OfSomeKinds } from "../some-kinds";

export interface LimitedPods {
  resources: ClusterResourcesArgs;
  parameters: Record<string, string>;
  ephemeralVolumesSizeLimit?: OfSomeKinds<ClusterEphemeralVolumesArgs>;
}

export const limitsAbove = rule({
  name: "limits-above",
  why: "Kubernetes refuses pods with limits below their requests, and kills those that use more than theirs.",
  *check({ resources, parameters, ephemeralVolumesSizeLimit = {} }: LimitedPods) {
    yield* limitsBelow(resources);
    yield* hugePages(resources, parameters["shared_buffers"]);
    const memory = resources.limits?.memory ?? resources.memory;
    const { shm } = ephemeralVolumesSizeLimit;
    if ((parseBytes(shm) ?? 0) <= (parseBytes(memory) ?? Number.POSITIVE_INFINITY)) return;
    yield {
      path: "ephemeralVolumesSizeLimit.shm",
      value: shm,
      reason: `exceeds the memory limit of the pod, ${memory}, of which it is a part`,
      remedy: "Use less, or raise resources.memory",
    };
  },
});

/** Also of poolers, whose resources have the same names. */
export function* limitsBelow({
  cpu,
  memory,
  limits = {},
}: Pick<ClusterResourcesArgs, "cpu" | "memory" | "limits">): Generator<Violation> {
  const remedy = "Raise it, or remove it for a limit that equals the request";
  if ((parseCores(limits.cpu) ?? Number.POSITIVE_INFINITY) < (parseCores(cpu) ?? 0)) {
    const reason = `is below the request of ${cpu}, and Kubernetes refuses such pods`;
    yield { path: "resources.limits.cpu", value: limits.cpu, reason, remedy };
  }
  if ((parseBytes(limits.memory) ?? Number.POSITIVE_INFINITY) < (parseBytes(memory) ?? 0)) {
    const reason = `is below the request of ${memory}, and Kubernetes refuses such pods`;
    yield { path: "resources.limits.memory", value: limits.memory, reason, remedy };
  }
}

function* hugePages(
  { hugePages: pages }: ClusterResourcesArgs,
  sharedBuffers: string | undefined,
): Generator<Violation> {
  if (!pages) return;
  const amount = parseBytes(pages.amount) ?? 0;
  const page = parseBytes(pages.size) ?? 1;
  const found = { path: "resources.hugePages.amount", value: pages.amount };
  if (amount % page !== 0) {
    yield {
      ...found,
      reason: `is not a whole number of pages of ${pages.size}, and Kubernetes refuses such pods`,
      remedy: `Use a multiple of ${pages.size}`,
    };
    return;
  }
  const buffers = parsePostgresSize(sharedBuffers ?? "", BARE_UNITS["shared_buffers"]);
  // PostgreSQL's other shared memory is a few percent of it.
  const least = Math.ceil(((buffers ?? 0) * 1.1) / page) * page;
  if (buffers === undefined || amount >= least) return;
  yield {
    ...found,
    reason: `does not hold shared_buffers of ${sharedBuffers ?? ""} and a tenth, and PostgreSQL uses all of its huge pages or none`,
    remedy: `Use ${least / MiB}Mi or more, or lower parameters.shared_buffers`,
  };
}
