import { accessSync, constants } from "node:fs";
import { readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { s3Bucket, s3Credentials } from "../sandbox/cluster/control-plane.ts";
import { contextName } from "../sandbox/cluster/kubeconfig.ts";
import { pkiFile } from "../sandbox/cluster/pki.ts";
import { answers } from "../sandbox/cluster/readiness.ts";
import { stop } from "../sandbox/cluster/stop.ts";
import { binDir, cacheDir, kubeconfigPath, stateDir } from "../sandbox/paths.ts";
import { builtParts, startedSandbox } from "../sandbox/sandbox.ts";
import type { WantedShape } from "../sandbox/shape/shape.ts";
import { hostAddress, s3Port } from "../sandbox/shape/topology.ts";
import { setsOf, withLocalImages } from "./local-images.ts";
import { type LocalStore, withLocalStore } from "./local-store.ts";
import type { PreparedStack, StackDocument } from "./stack-file.ts";

/** A Kubernetes cluster that the stack is deployed to. */
export interface Target {
  /** How messages call it. */
  title: string;
  /** The kubeconfig context in which `pulumi` and `kubectl` work. */
  context: string;
  /** `KUBECONFIG`, where it is not the user's own. */
  kubeconfig?: string;
  /** Where the state of the stack is kept. */
  stateFolder: string;
  /** The profile of the policy pack for a stack that has none of its own name. */
  profile: "dev" | "prod";
  /** Makes the cluster and the programs ready for a stack, and tells with what configuration it fits there. */
  prepare: (stack: StackDocument) => Promise<PreparedStack>;
  /** Whether it is a cluster that is not ours to make and to remove. */
  isOwnedByUser: boolean;
  /** Whether there is anything that could be asked. */
  isReachable: () => Promise<boolean>;
  /** What to do when there is not. */
  whenSilent: string;
  /** What `down` does after everything was destroyed. */
  dispose: () => Promise<void>;
}

/**
 * The user's own cluster when a context is named, and the sandbox otherwise: no other is ever touched.
 *
 * @throws Error when a shape is wanted of a cluster that is not the sandbox.
 */
export function targetOf(context: string | undefined, shape: WantedShape = {}): Target {
  if (context === undefined) return sandbox(shape);
  if (Object.keys(shape).length === 0) return ownCluster(context);
  throw new Error(
    `--nodes, --zones and --taint shape the sandbox, and --context ${context} names a cluster of your own, whose nodes ` +
      "are as they are. Leave out either",
  );
}

function sandbox(shape: WantedShape): Target {
  return {
    title: "the sandbox",
    context: contextName,
    kubeconfig: kubeconfigPath,
    // Inside the sandbox: the state describes what is in it and ends with it.
    stateFolder: join(stateDir, "pulumi"),
    profile: "dev",
    prepare: async (stack) => {
      const local = withLocalImages(stack, await startedSandbox(setsOf(stack), { shape }));
      return withLocalStore(local, await localStore());
    },
    isOwnedByUser: false,
    isReachable: answers,
    whenSilent: "`npm run sandbox -- stop` removes it with all that is on it",
    dispose: stop,
  };
}

/** The S3 store that every sandbox has. */
async function localStore(): Promise<LocalStore> {
  return {
    endpointUrl: `https://${hostAddress}:${s3Port}`,
    bucketName: s3Bucket,
    caCertificate: await readFile(pkiFile("ca.crt"), "utf8"),
    ...(await s3Credentials()),
  };
}

function ownCluster(context: string): Target {
  const reach = () =>
    execa("kubectl", ["--context", context, "version", "--request-timeout=10s"], {
      reject: false,
      env: environmentOf({}),
    });
  return {
    title: `the cluster of context ${context}`,
    context,
    stateFolder: join(cacheDir, "pulumi", encodeURIComponent(context)),
    profile: "prod",
    prepare: async (stack) => {
      if (!isOnPath("pulumi")) await builtParts(["pulumi"]);
      const { failed, stderr } = await reach();
      if (failed) throw new Error(`the context ${context} does not answer:\n${stderr}`);
      return stack;
    },
    isOwnedByUser: true,
    isReachable: async () => !(await reach()).failed,
    whenSilent: `See \`kubectl --context ${context} version\``,
    dispose: () => Promise.resolve(),
  };
}

/** What is built of Go, and what the engine needs besides. */
export const ownPrograms = [binDir, join(import.meta.dirname, "engine/plugins")];

/**
 * Where programs find each other and the cluster. On the user's own cluster the user's programs come first and ours are
 * for what is missing; in the sandbox it is the other way round.
 */
export function environmentOf({ kubeconfig }: Pick<Target, "kubeconfig">): Record<string, string> {
  const path = process.env["PATH"] ?? "";
  if (kubeconfig === undefined) return { PATH: [path, ...ownPrograms].join(delimiter) };
  return { PATH: [...ownPrograms, path].join(delimiter), KUBECONFIG: kubeconfig };
}

/** Whether the engine on a target is the one that was built here: in the sandbox, and where the user has none. */
export function isOwnEngine({ kubeconfig }: Pick<Target, "kubeconfig">): boolean {
  return kubeconfig !== undefined || !isOnPath("pulumi");
}

/** For the engine: the user's own has plugins of its own, and would take ours instead where it found them. */
export function engineEnvironment(target: Pick<Target, "kubeconfig">): Record<string, string> {
  return isOwnEngine(target) ? environmentOf(target) : {};
}

function isOnPath(program: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
