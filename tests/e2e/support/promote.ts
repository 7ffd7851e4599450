import { kubectl } from "./commands";

/** Makes an instance the primary, as `kubectl cnpg promote` does. */
export async function promote(cluster: string, instance: string): Promise<void> {
  const status = {
    targetPrimary: instance,
    targetPrimaryTimestamp: new Date().toISOString(),
    phase: "Switchover in progress",
    phaseReason: `Switching over to ${instance}`,
  };
  await kubectl(
    ...["patch", "cluster.postgresql.cnpg.io", cluster, "--namespace=databases"],
    ...["--subresource=status", "--type=merge", `--patch=${JSON.stringify({ status })}`],
  );
}
