import { PrimaryChaos } from "../../../../components";
import { refused } from "../../support/refusal";

/** Arguments over the required ones, and all of their violations: `path: value: reason. remedy.` */
type Mistake = [args: Record<string, unknown>, ...refused: string[]];

const mistakes: Record<string, Mistake> = {
  "no end": [{ lasts: undefined }, "lasts: (not set): must be a string. Give a string."],
  "an end of never": [
    { lasts: "36h" },
    'lasts: "36h": must be at most 24h, so that what was forgotten ends within a day. Use "24h" or less, and deploy it again for another day.',
  ],
  "an end before the beginning": [
    { every: "10m", lasts: "5m" },
    'lasts: "5m": ends before the first fault, which comes after 10m. Use "10m" or more, or a shorter every.',
  ],
  "a kill before the last one is mended": [
    { every: "20s" },
    'every: "20s": leaves less than the 60 s after a fault that a failover and the return of the old primary may take. Use "60s" or more.',
  ],
  "a fault that lasts until the next": [
    { fault: "partition", every: "2m", duration: "90s" },
    'every: "2m": leaves less than the 60 s after a fault of 90s that a failover and the return of the old primary may take. Use "150s" or more, or a shorter duration.',
  ],
  "a fault without an end": [
    { fault: "failure", every: "1h", duration: "30m" },
    'duration: "30m": must be at most 10m: what does not recover by then does not recover by waiting. Use "10m" or less.',
  ],
  "a duration of a kill": [
    { duration: "30s" },
    'duration: "30s": has no effect: a kill is over at once. Remove it, or use fault: failure.',
  ],
  "a delay of a partition": [
    { fault: "partition", delay: "1s" },
    'delay: "1s": has no effect with fault: partition. Remove it, or use fault: latency or slow-disk.',
  ],
  "a delay without a unit": [
    { fault: "latency", delay: "100" },
    'delay: "100": must be a delay of 1 ms to 10 s: with a longer one it is a partition. Write it as "100ms" or "2s".',
  ],
  "a fault that there is not": [
    { fault: "meteor" },
    'fault: "meteor": is not a valid value. Use one of "kill", "failure", "partition", "latency", "slow-disk".',
  ],
  "an interval without a unit": [
    { every: "1" },
    'every: "1": is not a valid duration. Write hours, minutes and seconds, such as "90m" or "1h30m".',
  ],
  "a name that no label can have": [
    { chaosName: "night.kills" },
    'chaosName: "night.kills": must be valid as the name of a Workflow and as a label. Set chaosName (by default the component\'s name) to at most 63 lower-case letters, digits and dashes.',
  ],
};

test.each(Object.entries(mistakes))("%s is refused", async (_, [args, ...expected]) => {
  const base = { namespace: "shop", cluster: "orders", lasts: "8h" };
  const { violations, registered } = await refused(
    () => new PrimaryChaos("orders-chaos", { ...base, ...args }),
  );
  expect(violations).toEqual(expected);
  expect(registered).toEqual([]);
});
