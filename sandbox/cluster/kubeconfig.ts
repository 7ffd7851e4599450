import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { kubeconfigPath, stateDir } from "../paths.ts";
import { apiServerUrl } from "../shape/topology.ts";
import { pkiFile } from "./pki.ts";

/** The context name of the sandbox, so that commands for it cannot reach another cluster. */
export const contextName = "ha-postgres-sandbox";

/** The kubeconfig file of an identity of the PKI. */
export function kubeconfigOf(identity: string): string {
  return join(stateDir, "kubeconfigs", identity);
}

/** Writes the kubeconfig of an identity with embedded certificates, so that it can be copied and used in any folder. */
export async function writeKubeconfig(identity: string, path: string): Promise<void> {
  const encoded = async (file: string) => (await readFile(pkiFile(file))).toString("base64");
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": contextName,
    clusters: [
      {
        name: contextName,
        cluster: { server: apiServerUrl, "certificate-authority-data": await encoded("ca.crt") },
      },
    ],
    users: [
      {
        name: identity,
        user: {
          "client-certificate-data": await encoded(`${identity}.crt`),
          "client-key-data": await encoded(`${identity}.key`),
        },
      },
    ],
    contexts: [{ name: contextName, context: { cluster: contextName, user: identity } }],
  };
  await writeFile(path, JSON.stringify(config, undefined, 2), { mode: 0o600 });
}

/** Writes the administrator's kubeconfig, for users and for `pulumi`. */
export async function writeAdminKubeconfig(): Promise<void> {
  await writeKubeconfig("admin", kubeconfigPath);
}
