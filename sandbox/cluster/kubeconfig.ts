import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { kubeconfigPath, stateDir } from "../paths.ts";
import { apiServerUrl } from "../shape/topology.ts";
import { pkiFile } from "./pki.ts";

/** The name of the sandbox in its kubeconfig, so that no command meant for it can reach another cluster. */
export const contextName = "ha-postgres-sandbox";

/** The kubeconfig of one of the identities of the PKI, for its component. */
export function kubeconfigOf(identity: string): string {
  return join(stateDir, "kubeconfigs", identity);
}

/** Writes the kubeconfig of an identity, with everything inside: it can be copied and works from any folder. */
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

/** The administrator's, for people and for `pulumi`. */
export async function writeAdminKubeconfig(): Promise<void> {
  await writeKubeconfig("admin", kubeconfigPath);
}
