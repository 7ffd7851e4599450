import { parseDuration } from "../../../components/formats/durations";
import { experimentsOf } from "../../resources/chaos";
import { at, resourceRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { CHAOS } from "../../engine/types";

/** Actions that are over at once. */
const ONE_SHOT = ["pod-kill", "container-kill"];

export const chaosBounded = resourceRule({
  name: "chaos-bounded",
  group: "operations",
  description: "A chaos experiment has a limited duration.",
  why: "Without a duration it continues until it is stopped by hand.",
  remediation: "Set spec.duration: 5m.",
  severity: "high",
  level: "mandatory",
  link: "https://chaos-mesh.org/docs/run-a-chaos-experiment/",
  types: CHAOS,
  settings: { mostSeconds: count(600, "The longest duration of an experiment, in seconds") },
  *check(resource, { mostSeconds }) {
    for (const { spec, deadline } of experimentsOf(resource)) {
      if (ONE_SHOT.includes(spec.at("action").text ?? "")) continue;
      // A workflow ends each step at the deadline of the step.
      const duration = deadline?.isSet === true ? deadline : spec.at("duration");
      const seconds = parseDuration(duration.text ?? "");
      if (seconds !== undefined && seconds <= mostSeconds) continue;
      yield at(
        duration,
        seconds === undefined
          ? "the experiment continues until it is stopped by hand"
          : `exceeds the ${mostSeconds} s that an experiment may last`,
        `Set it to "${mostSeconds}s" or less`,
      );
    }
  },
});
