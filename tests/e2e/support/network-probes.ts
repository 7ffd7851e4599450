/** Pods that answer on many ports and try each other's, to see what the network lets through. */
import { eventually, run } from "./commands";
import { direct, directOk } from "./direct";

/** Answers each line on TCP 8080 to 8083 and UDP 5353 with its name and the address that the line came from. */
const server = `
use strict; use IO::Socket::INET; use IO::Select;
my @listening = map { IO::Socket::INET->new(LocalPort => $_, Listen => 9, ReuseAddr => 1) or die $! } 8080..8083;
my %is_listening = map { fileno($_) => 1 } @listening;
my $udp = IO::Socket::INET->new(LocalPort => 5353, Proto => "udp") or die $!;
my $sockets = IO::Select->new(@listening, $udp);
$SIG{TERM} = sub { exit };
while (1) {
  for my $socket ($sockets->can_read) {
    my $line;
    if ($is_listening{fileno $socket}) { $sockets->add($socket->accept) }
    elsif (fileno $socket == fileno $udp) {
      $udp->recv($line, 99);
      $udp->send("$ENV{HOSTNAME} " . $udp->peerhost . "\\n");
    }
    elsif (sysread $socket, $line, 99) { syswrite $socket, "$ENV{HOSTNAME} " . $socket->peerhost . "\\n" }
    else { $sockets->remove($socket); close $socket }
  }
}
`;

/**
 * Prints each target, such as tcp/10.244.1.2/8080, that answers within a second, and what it says. It is read at once,
 * since of a datagram there is no second read.
 */
const probe = `
for target in "$@"; do
  timeout 1 bash -c 'exec 3<>"/dev/$0" && echo >&3 && answer=$(dd bs=99 count=1 <&3) && [ "$answer" ] && echo "$0 $answer"' "$target" &
done 2>/dev/null
wait
`;

/** Prints each target that a connection to comes about within a second. */
const connect = `
for target in "$@"; do timeout 1 bash -c '>"/dev/$0" && echo "$0"' "$target" & done 2>/dev/null
wait
`;

export const image = "localhost/ha-postgres/base:trixie";

interface ProbePod {
  name: string;
  namespace: string;
  node: string;
  /** The number of the port that it calls web. */
  web?: number;
}

/** A pod that answers. What the kubelet thinks of it shows whether it is probed. */
export function probePod({ name, namespace, node, web = 8080 }: ProbePod) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: "probe",
          image,
          imagePullPolicy: "Never",
          command: ["perl", "-e", server],
          ports: [
            { name: "web", containerPort: web },
            { name: "lookup", containerPort: 5353, protocol: "UDP" },
          ],
          readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1, failureThreshold: 1 },
        },
      ],
    },
  };
}

/** This machine, as a client. */
export const machine = "machine";

/** What of some targets answers a client, which is `namespace/pod` or this machine: target -> answer. */
export async function answers(
  client: string,
  targets: readonly string[],
): Promise<Map<string, string>> {
  const lines = await printed(client, probe, targets);
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
  );
}

/** Those of some targets that a client can connect to; what is there need not say anything. */
export async function connections(client: string, targets: readonly string[]): Promise<string[]> {
  const lines = await printed(client, connect, targets);
  return targets.filter((target) => lines.includes(target));
}

async function printed(
  client: string,
  script: string,
  targets: readonly string[],
): Promise<string[]> {
  const command = ["-c", script, "probe", ...targets];
  const [namespace = "", pod = ""] = client.split("/");
  const { output } =
    client === machine
      ? await run("bash", command)
      : await direct("exec", pod, `--namespace=${namespace}`, "--", "bash", ...command);
  return output.split("\n").filter((line) => line !== "");
}

export async function addressOf(pod: string): Promise<string> {
  const [namespace = "", name = ""] = pod.split("/");
  return eventually(
    () =>
      directOk("get", "pod", name, `--namespace=${namespace}`, "--output=jsonpath={.status.podIP}"),
    (address) => address !== "",
    60_000,
  );
}
