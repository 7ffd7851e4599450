import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Artefacts } from "./build/build.ts";
import { binDir } from "./paths.ts";

const kubernetesPrograms = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubelet",
  "kube-proxy",
  "kubectl",
] as const;

const programs: Readonly<Record<string, readonly string[]>> = {
  etcd: ["etcd"],
  coredns: ["coredns"],
  network: ["network-policy-agent", "network-policy-cni", "service-load-balancer"],
  versitygw: ["versitygw"],
  "local-path-provisioner": ["local-path-provisioner"],
  pulumi: ["pulumi"],
  "pulumi-language-nodejs": ["pulumi-language-nodejs"],
  "pulumi-kubernetes": ["pulumi-resource-kubernetes"],
  "pulumi-terraform-providers": ["pulumi-resource-random", "pulumi-resource-tls"],
  "sealed-secrets": ["kubeseal"],
  prometheus: ["promtool"],
};

const known = new Set<string>([...kubernetesPrograms, ...Object.values(programs).flat()]);

/** The path of a built program. */
export function program(name: string): string {
  return join(binDir, name);
}

/**
 * Links the built programs into one folder. All of Kubernetes is one file that acts by the name that it is called by,
 * which saves linking the same libraries six times.
 */
export async function linkPrograms(artefacts: Artefacts): Promise<void> {
  await mkdir(binDir, { recursive: true });
  // Programs of an earlier version of the sandbox would be found on the PATH.
  for (const name of await readdir(binDir)) if (!known.has(name)) await rm(program(name));
  for (const [part, folder] of artefacts) {
    const links = part === "kubernetes" ? kubernetesPrograms : (programs[part] ?? []);
    for (const name of links) {
      await rm(program(name), { force: true });
      await symlink(join(folder, part === "kubernetes" ? "kubernetes" : name), program(name));
    }
  }
}
