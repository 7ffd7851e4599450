import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { kubeconfigPath } from "../paths.ts";
import { apiServerUrl } from "../shape/topology.ts";
import { program } from "../programs.ts";
import { localPathConfigMap } from "./control-plane.ts";
import { pkiFile } from "./pki.ts";
import { daemonLog } from "./processes.ts";

/** Runs `kubectl` against the sandbox and no other cluster. */
export function kubectl(args: readonly string[], options: { input?: string; reject?: false } = {}) {
  return execa(program("kubectl"), ["--kubeconfig", kubeconfigPath, ...args], options);
}

/**
 * Waits until the API server answers.
 *
 * @throws Error that names its log after a minute.
 */
export async function waitUntilServing(): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await answers())) {
    if (Date.now() > deadline) {
      throw new Error(
        `the API server does not answer; see ${daemonLog("kube-apiserver")} and ${daemonLog("etcd")}`,
      );
    }
    await sleep(200);
  }
}

/** Whether a sandbox runs here and answers requests. */
export async function answers(): Promise<boolean> {
  const certificates = await Promise.all(
    ["ca.crt", "admin.crt", "admin.key"].map((file) => readFile(pkiFile(file))),
  ).catch(() => undefined);
  if (!certificates) return false;
  const [ca, cert, key] = certificates;
  return new Promise((resolve) => {
    const call = request(`${apiServerUrl}/readyz`, { ca, cert, key, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.on("timeout", () => call.destroy());
    call.on("error", () => {
      resolve(false);
    });
    call.end();
  });
}

/**
 * Waits until nodes accept pods.
 *
 * @throws Error of `kubectl` after two minutes.
 */
export async function waitUntilNodesReady(names: readonly string[]): Promise<void> {
  // `kubectl wait` fails at once for a node that has not registered yet.
  const deadline = Date.now() + 60_000;
  for (const name of names) {
    while ((await kubectl(["get", "node", name, "--ignore-not-found"])).stdout === "") {
      if (Date.now() > deadline) {
        throw new Error(`${name} has not registered; see ${daemonLog(`${name}/kubelet`)}`);
      }
      await sleep(200);
    }
  }
  const targets = names.map((name) => `node/${name}`);
  await kubectl(["wait", "--for=condition=Ready", "--timeout=120s", ...targets]);
}

/** Creates the objects of every cluster, such as a default StorageClass. */
export async function applyDefaults(): Promise<void> {
  const objects = [
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: {
        name: "local-path",
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      },
      provisioner: "rancher.io/local-path",
      volumeBindingMode: "WaitForFirstConsumer",
      reclaimPolicy: "Delete",
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: localPathConfigMap, namespace: "kube-system" },
      data: {
        setup: '#!/bin/sh\nset -eu\nmkdir -m 0777 -p "$VOL_DIR"\n',
        teardown: '#!/bin/sh\nset -eu\nrm -rf "$VOL_DIR"\n',
      },
    },
  ];
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
  await kubectl(["apply", "-f", "-"], { input: list });
}
