import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { execa } from "execa";
import { deployedClusters, instancesOf } from "./clusters.ts";
import { kubectl, kubectlArguments } from "./kubectl.ts";
import { deployedStack } from "./status.ts";
import { type Target, environmentOf } from "./target.ts";

/**
 * Runs `psql` inside the cluster, through the read-write service and over TLS like an application. The password is
 * passed on standard input to a file in the pod's memory, since command lines appear in audit logs.
 */
export async function psql(
  target: Target,
  stack: string,
  clusterName: string | undefined,
  args: string[],
): Promise<void> {
  const clusters = await deployedClusters(await deployedStack(target, stack));
  const cluster = clusters.find(({ name }) => clusterName === undefined || name === clusterName);
  if (!cluster) {
    const names = clusters.map(({ name }) => name).join(", ");
    throw new Error(`the stack has no cluster ${clusterName ?? ""}; it has ${names}`);
  }
  const ready = (await instancesOf(target, cluster)).find((instance) => instance.ready);
  if (!ready) throw new Error(`no instance of ${cluster.name} is ready; see npm run status`);
  const inNamespace = `--namespace=${cluster.namespace}`;
  const secret = await kubectl(
    target,
    "get",
    "secret",
    cluster.ownerSecretName,
    inNamespace,
    "--output=jsonpath={.data.password}",
  );
  const password = Buffer.from(secret, "base64").toString("utf8");
  const inPod = ["exec", ready.name, inNamespace, "--container=postgres", "--stdin"];
  const passFile = `/dev/shm/psql-${randomUUID()}`;
  await execa(
    "kubectl",
    [...kubectlArguments(target), ...inPod, "--", "sh", "-c", `umask 077 && cat > ${passFile}`],
    { env: environmentOf(target), input: `*:*:*:*:${password}\n` },
  );
  const child = spawn(
    "kubectl",
    [
      ...kubectlArguments(target),
      ...inPod,
      ...(process.stdin.isTTY ? ["--tty"] : []),
      "--",
      "env",
      `PGPASSFILE=${passFile}`,
      "sh",
      "-c",
      'psql "$@"; code=$?; rm -f "$PGPASSFILE"; exit $code',
      "psql",
      `--host=${cluster.hostRw}`,
      `--port=${cluster.port}`,
      `--username=${cluster.user}`,
      `--dbname=${cluster.database}`,
      ...args,
    ],
    { stdio: "inherit", env: { ...process.env, ...environmentOf(target) } },
  );
  const [code] = (await once(child, "exit")) as [number | null];
  process.exitCode = code ?? 1;
}
