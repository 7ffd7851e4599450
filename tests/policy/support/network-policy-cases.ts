import type { Case } from "./rules";

const of = "networkPolicy";
const RULE = "spec.ingress.0";
const OPEN =
  "any source may reach PostgreSQL. Name the pods, namespaces or addresses of your clients.";
const LOCKED = "Add the caller to spec.ingress of one of them.";

/** Sources of the rule for clients, and whether they are unrestricted. */
function sources(from: unknown, isOpen: boolean): Case {
  const says = isOpen
    ? [`spec.ingress[0].from = ${from === undefined ? "(not set)" : JSON.stringify(from)}: ${OPEN}`]
    : [];
  return { rule: "network-policy-sources", of, path: RULE, value: { from }, says };
}

const blocks = (...cidrs: string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
const ports = (value: unknown[], isOpen: boolean): Case => ({
  rule: "network-policy-sources",
  of,
  path: RULE,
  value: { ports: value },
  says: isOpen ? [`spec.ingress[0].from = (not set): ${OPEN}`] : [],
});
const callers = (ingress: unknown[], ...says: string[]): Case => ({
  rule: "network-policy-callers",
  of,
  path: "spec.ingress",
  value: ingress,
  says: says.map(
    (who) => `metadata.name = "main": no NetworkPolicy for its pods allows ${who}. ${LOCKED}`,
  ),
});
const operator = { podSelector: { matchLabels: { "app.kubernetes.io/name": "cloudnative-pg" } } };
const instances = { podSelector: { matchLabels: { "cnpg.io/cluster": "main" } } };
const anywhere = { namespaceSelector: {} };
const all = [{ port: 5432 }, { port: 8000 }];

export const networkPolicyCases: readonly Case[] = [
  sources(undefined, true),
  sources([], true),
  sources([{}], true),
  sources(blocks("0.0.0.0/1", "128.0.0.0/1"), true),
  sources(blocks("0.0.0.0/2", "64.0.0.0/2"), true),
  sources(blocks("::/0"), true),
  sources(blocks("2000::/3"), true),
  sources([{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }], true),
  sources([anywhere], true),
  sources([{ namespaceSelector: {}, podSelector: {} }], true),
  sources(
    [
      {
        namespaceSelector: {
          matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "Exists" }],
        },
      },
    ],
    true,
  ),
  sources(blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"), false),
  sources([{ podSelector: {} }], false),
  sources([{ ...anywhere, ...operator }], false),
  sources([{ namespaceSelector: { matchLabels: { team: "a" } } }], false),
  ports([{ port: 5000, endPort: 6000 }], true),
  ports([{ port: "postgresql" }], true),
  ports([{ port: 9187 }, { port: 5432, protocol: "UDP" }], false),
  // A second policy for the same pods, by other selectors.
  ...[
    {},
    { matchLabels: { "app.kubernetes.io/name": "postgresql" } },
    { matchLabels: { role: "primary" } },
    { matchExpressions: [{ key: "cnpg.io/cluster", operator: "Exists" }] },
    { matchExpressions: [{ key: "a", operator: "DoesNotExist" }] },
  ].map((podSelector): Case => ({
    rule: "network-policy-sources",
    of: "poolerPolicy",
    path: "spec",
    value: { podSelector, ingress: [{}] },
    says: [`spec.ingress[0].from = (not set): ${OPEN}`],
  })),
  {
    rule: "network-policy-sources",
    of: "poolerPolicy",
    path: "spec",
    value: { podSelector: { matchLabels: { app: "web" } }, ingress: [{}] },
    says: [],
  },
  callers(
    [{ from: [{ podSelector: {} }] }],
    "the operator to reach port 8000",
    "the operator to reach port 5432",
  ),
  callers(
    [{ from: [{ ...anywhere, ...operator }], ports: [{ port: 8000 }] }],
    "the operator to reach port 5432",
    "its own instances to reach port 8000",
    "its own instances to reach port 5432",
    "Prometheus to reach port 9187",
  ),
  callers(
    [{ from: [{ ...anywhere, ...operator }, instances], ports: all }],
    "Prometheus to reach port 9187",
  ),
  callers([
    { from: [{ ...anywhere, ...operator }, instances], ports: all },
    { ports: [{ port: "metrics" }] },
  ]),
  callers([
    {
      from: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "cnpg-system" } },
          ...operator,
        },
        { podSelector: {} },
      ],
    },
  ]),
  callers([{ from: blocks("10.0.0.0/8") }, { from: [instances] }]),
];
