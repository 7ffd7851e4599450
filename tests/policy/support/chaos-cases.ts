import type { Case } from "./rules";

const THERE = { namespaces: ["staging"] };
const HERE = { namespaces: ["databases"] };
const kill = (selector: object) => ({ action: "pod-kill", mode: "one", selector });
const NOT_AMONG = "it is not among the namespaces that experiments may run in. Use staging.";
const ANY = "without namespaces the experiment may reach all of them. Use staging.";

/** What an experiment of the good stack is made into: its kind and its spec, and what is then said. */
const allowed: readonly (readonly [string, object, string[]])[] = [
  ["PodChaos", kill(THERE), []],
  ["PodChaos", kill({ pods: { staging: ["web-1"] } }), []],
  [
    "PodChaos",
    kill({ pods: { databases: ["main-1"] } }),
    [`spec.selector.pods = {"databases":["main-1"]}: ${NOT_AMONG}`],
  ],
  [
    "PodChaos",
    kill({ ...THERE, pods: { databases: ["main-1"] } }),
    [`spec.selector.pods = {"databases":["main-1"]}: ${NOT_AMONG}`],
  ],
  [
    "PodChaos",
    { ...kill(THERE), remoteCluster: "production" },
    ['spec.remoteCluster = "production": what it does there nobody here can judge. Remove it.'],
  ],
  [
    "NetworkChaos",
    { action: "partition", selector: THERE, target: { mode: "all", selector: HERE } },
    [`spec.target.selector.namespaces = ["databases"]: ${NOT_AMONG}`],
  ],
  [
    "NetworkChaos",
    { action: "partition", selector: THERE, target: { mode: "all", selector: {} } },
    [`spec.target.selector.namespaces = (not set): ${ANY}`],
  ],
  ["NetworkChaos", { action: "partition", selector: THERE, target: { selector: THERE } }, []],
  [
    "Schedule",
    { schedule: "@daily", type: "PodChaos", podChaos: kill(HERE) },
    [`spec.podChaos.selector.namespaces = ["databases"]: ${NOT_AMONG}`],
  ],
  [
    "Schedule",
    { schedule: "@daily", type: "Workflow", workflow: { templates: [{ podChaos: kill(HERE) }] } },
    [`spec.workflow.templates[0].podChaos.selector.namespaces = ["databases"]: ${NOT_AMONG}`],
  ],
  [
    "Workflow",
    {
      entry: "all",
      templates: [{ templateType: "Serial", children: ["kill"] }, { podChaos: kill(HERE) }],
    },
    [`spec.templates[1].podChaos.selector.namespaces = ["databases"]: ${NOT_AMONG}`],
  ],
  [
    "Workflow",
    {
      templates: [
        {
          templateType: "Schedule",
          schedule: { schedule: "@daily", networkChaos: { selector: {} } },
        },
      ],
    },
    [`spec.templates[0].schedule.networkChaos.selector.namespaces = (not set): ${ANY}`],
  ],
  [
    "Workflow",
    { templates: [{ podChaos: kill(THERE) }, { networkChaos: { selector: THERE } }] },
    [],
  ],
];

export const chaosKinds = allowed.map(([kind, spec, says]) => ({ kind, spec, says }));

/** How long: a step of a workflow ends by its deadline. */
export const chaosCases: readonly Case[] = [
  {
    rule: "chaos-allowed",
    of: "experiment",
    path: "spec.selector.pods",
    value: { databases: ["main-1"] },
    says: [`spec.selector.pods = {"databases":["main-1"]}: ${NOT_AMONG}`],
  },
];
