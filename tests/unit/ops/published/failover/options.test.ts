import { type FailoverOptions, requestOf } from "../../../../../ops/published/failover/request.ts";
import { lines } from "../../../support/drill-fixtures";

const OPTIONS: FailoverOptions = {
  cluster: "orders",
  fault: ["kill"],
  maxLost: "0",
  rounds: "1",
  lasting: "2m",
  timeout: "5m",
};

const FAULT_REMEDY =
  "Use one or several of switchover, crash, container, kill, freeze, drain, node, volume, operator, with commas between them.";
const DURATION =
  "is not a valid duration. Write days, hours, minutes and seconds, such as 15m or 1h30m.";

describe("the options of a failover drill", () => {
  test.each<[string, Partial<FailoverOptions>, string]>([
    ["no fault", { fault: [] }, `--fault = (not set): must be set. ${FAULT_REMEDY}`],
    [
      "an unknown fault",
      { fault: ["kill,explode"] },
      `--fault = "explode": is not a valid fault. ${FAULT_REMEDY}`,
    ],
    [
      "an invalid name of a cluster",
      { cluster: "shop/orders" },
      '--cluster = "shop/orders": is not a valid name of a Cluster. Use the name alone, as `kubectl get clusters.postgresql.cnpg.io` shows it.',
    ],
    ["an outage without a unit", { maxOutage: "10" }, `--max-outage = "10": ${DURATION}`],
    ["a timeout of nothing", { timeout: "0s" }, `--timeout = "0s": ${DURATION}`],
    ["a fault that lasts for ever", { lasting: "ever" }, `--lasting = "ever": ${DURATION}`],
    [
      "a negative loss",
      { maxLost: "-1" },
      '--max-lost = "-1": must be a whole number of at least 0. Use a number such as 0.',
    ],
    [
      "no rounds",
      { rounds: "0" },
      '--rounds = "0": must be a whole number from 1 to 1000. Use a number such as 1.',
    ],
    [
      "an unknown way",
      { through: "rw,ro" },
      '--through = "ro": is not a valid way to a primary. Use rw for the cluster\'s Service, pooler for its poolers, or rw,pooler for both.',
    ],
    [
      "labels without values",
      { podLabels: "app" },
      '--pod-labels = "app": is not a valid list of labels. Write key=value, with commas between several.',
    ],
    [
      "a command that cuts a node off, and none that brings it back",
      { nodeDown: "ssh $NODE poweroff" },
      "--node-up = (not set): must be set, as --node-down is: a node that is cut off has to come back. Give both commands; each finds the name of the node in $NODE.",
    ],
  ])("with %s are refused", (_, wrong, refused) => {
    expect(lines(requestOf({ ...OPTIONS, ...wrong }).violations)).toEqual([refused]);
  });

  test("are parsed", () => {
    const { request, violations } = requestOf({
      ...OPTIONS,
      namespace: "shop",
      fault: ["kill,crash", "kill"],
      maxOutage: "10s",
      maxLost: "3",
      through: "rw, pooler",
      rounds: "5",
      keepGoing: true,
      lasting: "1m",
      timeout: "10m",
      secret: "writer",
      podLabels: "app=web,example.org/tier=",
      nodeDown: "down",
      nodeUp: "up",
      yes: true,
    });
    expect(violations).toEqual([]);
    expect(request).toEqual({
      cluster: "orders",
      namespace: "shop",
      faults: ["kill", "crash", "kill"],
      rounds: 5,
      maxOutageSeconds: 10,
      maxLost: 3,
      through: ["rw", "pooler"],
      keepGoing: true,
      lastingSeconds: 60,
      timeoutSeconds: 600,
      secret: "writer",
      podLabels: { app: "web", "example.org/tier": "" },
      nodeDown: "down",
      nodeUp: "up",
      isConfirmed: true,
    });
  });
});
