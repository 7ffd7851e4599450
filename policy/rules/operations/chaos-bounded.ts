import { experimentsOf } from "../../resources/chaos";
import { at, resourceRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { CHAOS } from "../../engine/types";

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Actions that are over at once. */
const ONE_SHOT = ["pod-kill", "container-kill"];

export const chaosBounded = resourceRule({
  name: "chaos-bounded",
  group: "operations",
  description: "A chaos experiment ends by itself.",
  why: "One without a duration goes on until somebody remembers it.",
  remediation: "Set spec.duration: 5m.",
  severity: "high",
  level: "mandatory",
  link: "https://chaos-mesh.org/docs/run-a-chaos-experiment/",
  types: CHAOS,
  settings: { mostSeconds: count(600, "The longest experiment in seconds") },
  *judge(subject, { mostSeconds }) {
    for (const { spec, deadline } of experimentsOf(subject)) {
      if (ONE_SHOT.includes(spec.at("action").text ?? "")) continue;
      // A workflow ends its steps by a deadline of their own.
      const duration = deadline?.isSet === true ? deadline : spec.at("duration");
      const seconds = secondsOf(duration.text ?? "");
      if (seconds !== undefined && seconds <= mostSeconds) continue;
      yield at(
        duration,
        seconds === undefined
          ? "the experiment goes on until somebody remembers it"
          : `it is longer than the ${mostSeconds} s that an experiment may last`,
        `Set it to "${mostSeconds}s" or less`,
      );
    }
  },
});

/** `1h30m` in seconds. */
function secondsOf(duration: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(duration)) return undefined;
  const parts = duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g);
  return [...parts].reduce((sum, [, number, unit]) => {
    return sum + Number(number) * (SECONDS[unit ?? ""] ?? 0);
  }, 0);
}
