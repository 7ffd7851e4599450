/** A pod on each node that tells its node's name to whoever connects. */
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kubectl, kubectlJson } from "./commands";

const image = "localhost/ha-postgres/base:trixie";
const port = 8080;

const server = `
  use IO::Socket::INET;
  my $server = IO::Socket::INET->new(LocalPort => ${port}, Listen => 50, ReuseAddr => 1) or die $!;
  while (my $client = $server->accept) { print $client "$ENV{NODE}\\n"; close $client; }
`;

/** On every node, whatever taint it has. */
export const probe = [
  {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "probe" },
    spec: {
      selector: { matchLabels: { app: "probe" } },
      // All at once, where a node was powered off for a moment.
      updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } },
      template: {
        metadata: { labels: { app: "probe" } },
        spec: {
          terminationGracePeriodSeconds: 0,
          tolerations: [{ operator: "Exists" }],
          containers: [
            {
              name: "probe",
              image,
              imagePullPolicy: "Never",
              command: ["perl", "-e", server],
              env: [{ name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }],
              readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "probe" },
    spec: { selector: { app: "probe" }, ports: [{ port }] },
  },
];

export function sleepingPod(name: string, spec: { containers?: object; [field: string]: unknown }) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { app: name } },
    spec: {
      terminationGracePeriodSeconds: 0,
      ...spec,
      containers: [
        {
          name,
          image,
          imagePullPolicy: "Never",
          command: ["sleep", "infinity"],
          ...spec.containers,
        },
      ],
    },
  };
}

export async function apply(...objects: object[]): Promise<void> {
  const file = join(tmpdir(), `ha-postgres-objects-${process.pid}.json`);
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
  await kubectl("apply", "-f", file);
}

interface Pod {
  metadata: { name: string };
  spec: { nodeName: string };
  status: { podIP: string };
}

/** Of the pod on each node the nodes whose pods have answered it, and at the end whether the service has. */
export async function reached(): Promise<Record<string, string[]>> {
  const { items } = await kubectlJson<{ items: Pod[] }>("get", "pods", "--selector=app=probe");
  const addresses = items.map(({ status }) => status.podIP);
  const script = [
    'ask() { timeout 5 bash -c "exec 3<>/dev/tcp/$1/$2 && cat <&3" 2>&1; }',
    ...addresses.map((address) => `ask ${address} ${port}`),
    `ask probe.default.svc.cluster.local ${port} | sed 's/^node.*/service/'`,
  ].join("\n");
  const answers = items.map(async ({ metadata, spec }) => {
    const told = await kubectl("exec", metadata.name, "--", "bash", "-c", script);
    return [spec.nodeName, told.trimEnd().split("\n").sort()] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}

/** What {@link reached} is when all reach all. */
export function everyone(nodes: string[]): Record<string, string[]> {
  return Object.fromEntries(nodes.map((node) => [node, [...nodes, "service"].sort()]));
}
