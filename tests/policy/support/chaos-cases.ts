import type { Case } from "./rules";

const THERE = { namespaces: ["staging"] };
const HERE = { namespaces: ["databases"] };
const kill = (selector: object) => ({ action: "pod-kill", mode: "one", selector });
const NOT_AMONG = "names a namespace in which experiments are not allowed. Use staging.";
const ANY = "without namespaces the experiment may reach all of them. Use staging.";

/** Kinds and specs for the experiment of the good stack, with the messages for each. */
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
    [
      'spec.remoteCluster = "production": no rule can check what runs in another Kubernetes cluster. Remove it.',
    ],
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

export const chaosCases: readonly Case[] = [
  {
    rule: "chaos-allowed",
    of: "experiment",
    path: "spec.selector.pods",
    value: { databases: ["main-1"] },
    says: [`spec.selector.pods = {"databases":["main-1"]}: ${NOT_AMONG}`],
  },
];
