import fc from "fast-check";
import { mostInOne } from "../../../policy/resources/pods/placement";
import { rules } from "../../../policy/rules";
import { GOOD } from "../support/good-stack";
import { changed, check } from "../support/pack";

const ZONE = "topology.kubernetes.io/zone";
const HOST = "kubernetes.io/hostname";
const OWN = { matchLabels: { "cnpg.io/cluster": "main" } };
const REMEDY = "Select all of these pods and no others, by the labels that the operator gives them";

/** The messages of the placement rules for the good Cluster or Pooler with some fields changed. */
function says(key: "main" | "pooler", changes: Record<string, unknown>): string[] {
  const { type, object } = GOOD[key] ?? { type: "", object: {} };
  const mutated = Object.entries(changes).reduce(
    (whole, [path, value]) => changed(whole, path, value),
    object,
  );
  const checked = rules.filter(({ name }) =>
    ["zone-spread", "anti-affinity", "pooler-spread"].includes(name),
  );
  return check(checked, [{ type, name: key, object: mutated }]).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}

const spread = (fields: object = {}) => [
  {
    topologyKey: ZONE,
    maxSkew: 1,
    whenUnsatisfiable: "DoNotSchedule",
    labelSelector: OWN,
    ...fields,
  },
];
const SPREADS = "spec.topologySpreadConstraints";
const term = (topologyKey: string, labelSelector: object = OWN, more: object = {}) => ({
  requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector, ...more }],
});
const nodes = (...terms: object[]) => ({
  requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
});
const zoneIn = (...values: string[]) => ({
  matchExpressions: [{ key: ZONE, operator: "In", values }],
});

describe("instances are apart", () => {
  test.each<[string, Record<string, unknown>]>([
    ["by a spread over zones", { [SPREADS]: spread() }],
    [
      "by one that also selects the Jobs that create the volumes",
      {
        [SPREADS]: spread({
          labelSelector: {
            matchExpressions: [
              { key: "cnpg.io/cluster", operator: "In", values: ["main"] },
              { key: "cnpg.io/podRole", operator: "NotIn", values: ["pooler"] },
            ],
          },
        }),
      },
    ],
    [
      "by one over inherited labels",
      {
        "spec.inheritedMetadata": { labels: { app: "shop-db" } },
        [SPREADS]: spread({ labelSelector: { matchLabels: { app: "shop-db" } } }),
      },
    ],
    [
      "by a larger skew that leaves a majority",
      { "spec.instances": 7, [SPREADS]: spread({ maxSkew: 2 }) },
    ],
    [
      "by a spread over regions",
      { [SPREADS]: spread({ topologyKey: "topology.kubernetes.io/region" }) },
    ],
    [
      "by one good constraint beside bad ones",
      { [SPREADS]: [...spread({ maxSkew: 3 }), ...spread()] },
    ],
    [
      "by required anti-affinity over zones",
      {
        [SPREADS]: undefined,
        "spec.affinity": { podAntiAffinityType: "required", topologyKey: ZONE },
      },
    ],
    [
      "by their own required term over zones",
      {
        [SPREADS]: undefined,
        "spec.affinity": { enablePodAntiAffinity: false, additionalPodAntiAffinity: term(ZONE) },
      },
    ],
    [
      "by their own required term over hosts",
      { "spec.affinity": { enablePodAntiAffinity: false, additionalPodAntiAffinity: term(HOST) } },
    ],
    [
      "by a term for several namespaces",
      {
        "spec.affinity": {
          enablePodAntiAffinity: false,
          additionalPodAntiAffinity: term(HOST, OWN, { namespaces: ["other", "databases"] }),
        },
      },
    ],
    [
      "by a spread over hosts that requires as many as there are instances",
      {
        "spec.affinity": { podAntiAffinityType: "preferred" },
        [SPREADS]: [...spread(), ...spread({ topologyKey: HOST, minDomains: 3 })],
      },
    ],
    ["on the nodes of two zones", { "spec.affinity.nodeAffinity": nodes(zoneIn("a", "b")) }],
    [
      "on the nodes of one zone or another",
      { "spec.affinity.nodeAffinity": nodes(zoneIn("a"), zoneIn("b")) },
    ],
    [
      "on the nodes of one zone or any with a fast disk",
      {
        "spec.affinity.nodeAffinity": nodes(zoneIn("a"), {
          matchExpressions: [{ key: "disk", operator: "In", values: ["fast"] }],
        }),
      },
    ],
    ["on nodes for databases", { "spec.affinity.nodeSelector": { role: "postgres" } }],
    [
      "if there is only one",
      { "spec.instances": 1, [SPREADS]: undefined, "spec.affinity": undefined },
    ],
  ])("%s", (_, changes) => {
    expect(says("main", changes)).toEqual([]);
  });
});

/** A value as messages show it. */
function shown(value: unknown): string {
  if (value === undefined) return "(not set)";
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

describe("instances may be together", () => {
  const weak = (selector: unknown, reason: string, at = "labelSelector") =>
    `zone-spread: spec.topologySpreadConstraints[0].${at} = ${shown(selector)}: ${reason}.`;
  const none = "selects 0 of the 3 pods as they are created, and the others may run anywhere";
  const others =
    "selects other pods too, and where those fill the other places all of these may run in one";

  test.each<[string, object, string]>([
    [
      "without a selector",
      { labelSelector: undefined },
      `${weak(undefined, "without a selector the constraint counts no pods, and spreads none")} ${REMEDY}.`,
    ],
    [
      "with one that selects nothing",
      { labelSelector: { matchLabels: { app: "nothing" } } },
      `${weak({ matchLabels: { app: "nothing" } }, none)} ${REMEDY}.`,
    ],
    [
      "with one of another cluster",
      { labelSelector: { matchLabels: { "cnpg.io/cluster": "other" } } },
      `${weak({ matchLabels: { "cnpg.io/cluster": "other" } }, none)} ${REMEDY}.`,
    ],
    [
      "with one of a role, which no instance has when it is created",
      { labelSelector: { matchLabels: { "cnpg.io/instanceRole": "replica" } } },
      `${weak({ matchLabels: { "cnpg.io/instanceRole": "replica" } }, none)} ${REMEDY}.`,
    ],
    [
      "with one that selects some",
      {
        labelSelector: {
          matchExpressions: [
            { key: "cnpg.io/instanceName", operator: "In", values: ["main-1", "main-2"] },
          ],
        },
      },
      `${weak({ matchExpressions: [{ key: "cnpg.io/instanceName", operator: "In", values: ["main-1", "main-2"] }] }, none.replace("0 of", "2 of"))} ${REMEDY}.`,
    ],
    ["with one that selects everything", { labelSelector: {} }, `${weak({}, others)} ${REMEDY}.`],
    [
      "with one that selects all databases",
      { labelSelector: { matchLabels: { "app.kubernetes.io/name": "postgresql" } } },
      `${weak({ matchLabels: { "app.kubernetes.io/name": "postgresql" } }, others)} ${REMEDY}.`,
    ],
    [
      "counted one by one",
      { matchLabelKeys: ["cnpg.io/instanceName"] },
      `${weak(["cnpg.io/instanceName"], "each pod has another value of such a label, and is counted separately", "matchLabelKeys")} Remove it.`,
    ],
    [
      "with a skew of all",
      { maxSkew: 3 },
      `${weak(3, "allows 3 of the 3 pods in one place, and too few remain when it fails", "maxSkew")} Set it to 1.`,
    ],
    [
      "with a skew of most",
      { maxSkew: 2 },
      `${weak(2, "allows 2 of the 3 pods in one place, and too few remain when it fails", "maxSkew")} Set it to 1.`,
    ],
  ])("by a spread %s", (_, fields, message) => {
    expect(says("main", { [SPREADS]: spread(fields) })).toEqual([message]);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    [
      "by anti-affinity over a label that no node has",
      { "spec.affinity.topologyKey": "rack" },
      [
        'anti-affinity: spec.affinity.topologyKey = "rack": nodes without this label do not count as separate, and one may run all instances. Use kubernetes.io/hostname, topology.kubernetes.io/zone, topology.kubernetes.io/region, or add to topologyKeys of this rule a label that all of your nodes have.',
      ],
    ],
    [
      "by a term for the pods of another namespace",
      {
        "spec.affinity": {
          enablePodAntiAffinity: false,
          podAntiAffinityType: "required",
          additionalPodAntiAffinity: term(HOST, OWN, { namespaces: ["other"] }),
        },
      },
      [
        "anti-affinity: spec.affinity.enablePodAntiAffinity = false: all instances may run on one host, and fail with it. Remove it.",
      ],
    ],
    [
      "by a term that excludes its own cluster",
      {
        "spec.affinity": {
          enablePodAntiAffinity: false,
          podAntiAffinityType: "required",
          additionalPodAntiAffinity: term(HOST, OWN, { mismatchLabelKeys: ["cnpg.io/cluster"] }),
        },
      },
      [
        "anti-affinity: spec.affinity.enablePodAntiAffinity = false: all instances may run on one host, and fail with it. Remove it.",
      ],
    ],
    [
      "by a spread over two hosts",
      {
        "spec.affinity": { podAntiAffinityType: "preferred" },
        [SPREADS]: [...spread(), ...spread({ topologyKey: HOST })],
      },
      [
        'anti-affinity: spec.affinity.podAntiAffinityType = "preferred": the scheduler may put two instances on one host, where they fail together. Set it to required.',
      ],
    ],
    [
      "on the nodes of one zone",
      { "spec.affinity.nodeSelector": { [ZONE]: "a" } },
      [
        `zone-spread: spec.affinity.nodeSelector["${ZONE}"] = "a": only nodes with ${ZONE}: a are allowed, so all pods are in one place and fail with it. Allow three values, or remove it.`,
      ],
    ],
    [
      "by a nodeAffinity of one zone in each of its terms",
      { "spec.affinity.nodeAffinity": nodes(zoneIn("a"), zoneIn("a")) },
      [
        `zone-spread: spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms = ${shown([zoneIn("a"), zoneIn("a")])}: only nodes with ${ZONE}: a are allowed, so all pods are in one place and fail with it. Allow three values, or remove it.`,
      ],
    ],
    [
      "by a nodeAffinity of one node",
      {
        "spec.affinity.nodeAffinity": nodes({
          matchFields: [{ key: "metadata.name", operator: "In", values: ["n1"] }],
        }),
      },
      ["anti-affinity", "zone-spread"].map(
        (rule) =>
          `${rule}: spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms = [{"matchFields":[{"key":"metadata.name","operator":"In","values":["n1"]}]}]: only nodes with ${HOST}: n1 are allowed, so all pods are in one place and fail with it. Allow three values, or remove it.`,
      ),
    ],
    [
      "by an affinity for each other",
      { "spec.affinity.additionalPodAffinity": term(ZONE) },
      [
        `zone-spread: spec.affinity.additionalPodAffinity.requiredDuringSchedulingIgnoredDuringExecution[0] = {"topologyKey":"${ZONE}","labelSelector":{"matchLabels":{"cnpg.io/cluster":"main"}}}: puts each pod where the others are, so they fail together. Remove it.`,
      ],
    ],
  ])("%s", (_, changes, messages) => {
    expect(says("main", changes)).toEqual(messages);
  });
});

describe("a pooler", () => {
  const PODS = "spec.template.spec";
  const POOLER = { matchLabels: { "cnpg.io/poolerName": "pooler" } };
  const hosts = (fields: object = {}) => ({
    [`${PODS}.topologySpreadConstraints`]: spread({
      topologyKey: HOST,
      labelSelector: POOLER,
      ...fields,
    }),
  });
  const first = `pooler-spread: ${PODS}.topologySpreadConstraints[0]`;

  test.each<[string, Record<string, unknown>, string[]]>([
    ["is apart by a spread over hosts", hosts(), []],
    ["or over zones", hosts({ topologyKey: ZONE }), []],
    [
      "or by labels of its template",
      {
        "spec.template.metadata": { labels: { app: "gate" } },
        ...hosts({ labelSelector: { matchLabels: { app: "gate" } } }),
      },
      [],
    ],
    ["or within a revision", hosts({ matchLabelKeys: ["pod-template-hash"] }), []],
    [
      "or by anti-affinity over hosts",
      {
        [`${PODS}.topologySpreadConstraints`]: undefined,
        [`${PODS}.affinity`]: { podAntiAffinity: term(HOST, POOLER) },
      },
      [],
    ],
    [
      "and not by anti-affinity against something else",
      {
        [`${PODS}.topologySpreadConstraints`]: undefined,
        [`${PODS}.affinity`]: { podAntiAffinity: term(HOST, { matchLabels: { app: "cache" } }) },
      },
      [
        `pooler-spread: ${PODS}.topologySpreadConstraints = (not set): all instances may run on one host, and fail with it. Add one with topologyKey: kubernetes.io/hostname and whenUnsatisfiable: DoNotSchedule.`,
      ],
    ],
    [
      "nor by a spread that selects nothing",
      hosts({ labelSelector: undefined }),
      [
        `${first}.labelSelector = (not set): without a selector the constraint counts no pods, and spreads none. ${REMEDY}.`,
      ],
    ],
    [
      "nor by one that also selects the instances of the cluster",
      hosts({ labelSelector: OWN }),
      [
        `${first}.labelSelector = {"matchLabels":{"cnpg.io/cluster":"main"}}: selects other pods too, and where those fill the other places all of these may run in one. ${REMEDY}.`,
      ],
    ],
    [
      "nor by one that allows both on one host",
      hosts({ maxSkew: 2 }),
      [
        `${first}.maxSkew = 2: allows all instances in one place, where they fail together. Set it to 1.`,
      ],
    ],
    [
      "nor on one node",
      { [`${PODS}.nodeSelector`]: { [HOST]: "n1" } },
      [
        `pooler-spread: ${PODS}.nodeSelector["${HOST}"] = "n1": only nodes with ${HOST}: n1 are allowed, so all pods are in one place and fail with it. Allow three values, or remove it.`,
      ],
    ],
  ])("%s", (_, changes, messages) => {
    expect(says("pooler", changes)).toEqual(messages);
  });
});

/** A model of the scheduler, which may use any domain that the skew allows: a list of numbers selects the domains. */
function scheduled(
  count: number,
  skew: number,
  domains: number,
  choices: readonly number[],
): number[] {
  const pods = new Array<number>(domains).fill(0);
  for (let pod = 0; pod < count; pod++) {
    const least = Math.min(...pods);
    const open = [...pods.keys()].filter((domain) => (pods[domain] ?? 0) + 1 - least <= skew);
    const chosen = open[(choices[pod] ?? 0) % open.length] ?? 0;
    pods[chosen] = (pods[chosen] ?? 0) + 1;
  }
  return pods;
}

test("no scheduling puts more in one domain than mostInOne returns", () => {
  const number = (max: number) => fc.integer({ min: 1, max });
  fc.assert(
    fc.property(
      number(9),
      number(5),
      fc.integer({ min: 2, max: 6 }),
      fc.array(fc.nat(), { minLength: 9, maxLength: 9 }),
      (count, skew, domains, choices) => {
        const most = Math.max(...scheduled(count, skew, domains, choices));
        expect(most).toBeLessThanOrEqual(mostInOne(count, skew, domains));
      },
    ),
  );
});

test.each([
  [3, 3, 3],
  [3, 2, 3],
  [7, 2, 3],
  [2, 2, 2],
])(
  "and some scheduling of %i pods with skew %i over %i domains puts as many in one",
  (count, skew, domains) => {
    // Always into the first domain that is allowed.
    const most = Math.max(...scheduled(count, skew, domains, []));
    expect(most).toBe(mostInOne(count, skew, domains));
  },
);
