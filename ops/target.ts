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
import { buildParts, startSandbox } from "../sandbox/sandbox.ts";
import type { WantedShape } from "../sandbox/shape/shape.ts";
import { hostAddress, s3Port } from "../sandbox/shape/topology.ts";
import { setsOf, withLocalImages } from "./local-images.ts";
import { type LocalStore, withLocalStore } from "./local-store.ts";
import type { PreparedStack, StackDocument } from "./stack-file.ts";

/** A Kubernetes cluster that the stack is deployed to. */
export interface Target {
  /** Its name in messages. */
  title: string;
  /** The kubeconfig context that `pulumi` and `kubectl` use. */
  context: string;
  /** `KUBECONFIG`, if it is not the user's own. */
  kubeconfig?: string;
  /** Folder of the stack's state. */
  stateFolder: string;
  /** The profile of the policy pack for a stack without a profile of its name. */
  profile: "dev" | "prod";
  /** Prepares the cluster and the programs for a stack, and returns the configuration that fits the target. */
  prepare: (stack: StackDocument) => Promise<PreparedStack>;
  /** Whether the cluster belongs to the user, so that it is neither created nor removed. */
  isOwnedByUser: boolean;
  /** Whether the cluster answers. */
  isReachable: () => Promise<boolean>;
  /** The remedy if it does not. */
  whenSilent: string;
  /** The last step of `down`, after everything was destroyed. */
  dispose: () => Promise<void>;
}

/**
 * The user's own cluster if a context is named, otherwise the sandbox. No other cluster is ever used.
 *
 * @throws Error if a shape is requested for a cluster that is not the sandbox.
 */
export function targetOf(context: string | undefined, shape: WantedShape = {}): Target {
  if (context === undefined) return sandbox(shape);
  if (Object.keys(shape).length === 0) return ownCluster(context);
  throw new Error(
    `--nodes, --zones and --taint shape the sandbox, and --context ${context} names your own cluster, whose nodes ` +
      "do not change. Leave out one of them",
  );
}

function sandbox(shape: WantedShape): Target {
  return {
    title: "the sandbox",
    context: contextName,
    kubeconfig: kubeconfigPath,
    // Inside the sandbox: the state describes its content and is removed with it.
    stateFolder: join(stateDir, "pulumi"),
    profile: "dev",
    prepare: async (stack) => {
      const local = withLocalImages(stack, await startSandbox(setsOf(stack), { shape }));
      return withLocalStore(local, await localStore());
    },
    isOwnedByUser: false,
    isReachable: answers,
    whenSilent: "Run `npm run sandbox -- stop` to remove it with everything on it",
    dispose: stop,
  };
}

/** The S3 store of the sandbox. */
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
      if (!isOnPath("pulumi")) await buildParts(["pulumi"]);
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

/** Folders of the programs that were built here, and of the engine's plugins. */
export const ownPrograms = [binDir, join(import.meta.dirname, "engine/plugins")];

/**
 * The environment in which programs find each other and the cluster. On the user's own cluster the user's programs take
 * precedence over ours; in the sandbox ours do.
 */
export function environmentOf({ kubeconfig }: Pick<Target, "kubeconfig">): Record<string, string> {
  const path = process.env["PATH"] ?? "";
  if (kubeconfig === undefined) return { PATH: [path, ...ownPrograms].join(delimiter) };
  return { PATH: [...ownPrograms, path].join(delimiter), KUBECONFIG: kubeconfig };
}

/** Whether the engine of a target was built here: in the sandbox, and if the user has none. */
export function isOwnEngine({ kubeconfig }: Pick<Target, "kubeconfig">): boolean {
  return kubeconfig !== undefined || !isOnPath("pulumi");
}

/** The environment of the engine. The user's own engine has its own plugins, and would use ours if it found them. */
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
