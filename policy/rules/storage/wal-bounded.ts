import { walFitsVolume } from "../../../components/postgres/cluster/rules/parameters/wal-fits-volume";
import { instancesOf, parametersOf, placedParameters, specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { sizeWithUnit } from "../../resources/sizes";
import { CLUSTER } from "../../engine/types";

const REMEDY =
  "Use MB or GB and less than spec.walStorage.size, half of it for max_slot_wal_keep_size";

const SLOTS = "max_slot_wal_keep_size";
const UNBOUNDED = "-1";

export const walBounded = resourceRule({
  name: "wal-bounded",
  group: "storage",
  description: "The WAL that the settings keep fits its volume.",
  why: walFitsVolume.why,
  remediation:
    "Set spec.postgresql.parameters.max_slot_wal_keep_size to half of spec.walStorage.size.",
  severity: "high",
  level: "mandatory",
  link: "https://www.postgresql.org/docs/current/runtime-config-replication.html#GUC-MAX-SLOT-WAL-KEEP-SIZE",
  types: [CLUSTER],
  *check(cluster) {
    const { [SLOTS]: slots, ...others } = parametersOf(cluster);
    // A single instance has no replica whose slot could keep anything.
    const isChecked = instancesOf(cluster) > 1 || (slots ?? UNBOUNDED) !== UNBOUNDED;
    const parameters = { ...others, ...(isChecked && slots !== undefined && { [SLOTS]: slots }) };
    const size = sizeWithUnit(specOf(cluster).at("walStorage", "size").scalar);
    const found = walFitsVolume.check({ walStorage: { size }, parameters });
    // The component's remedies name defaults that a Cluster does not have.
    const remedied = found.map((violation) => ({ ...violation, remedy: REMEDY }));
    yield* placedParameters(cluster, remedied);
    if (!isChecked || slots !== undefined) return;
    yield at(
      specOf(cluster).at("postgresql", "parameters", SLOTS),
      "the slot of a lost replica keeps WAL until the volume is full, which stops the cluster",
      "Set it to half of the WAL volume, with MB or GB",
    );
  },
});
