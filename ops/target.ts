import { delimiter, join } from "node:path";
import { execa } from "execa";
import { imageReference } from "../sandbox/build/image.ts";
import { contextName } from "../sandbox/cluster/kubeconfig.ts";
import { answers } from "../sandbox/cluster/readiness.ts";
import { stop } from "../sandbox/cluster/stop.ts";
import { chartPart, images } from "../sandbox/parts.ts";
import { binDir, cacheDir, kubeconfigPath, stateDir } from "../sandbox/paths.ts";
import { builtParts, startedSandbox } from "../sandbox/sandbox.ts";
import type { StackDocument } from "./stack-file.ts";

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
  /** Makes the cluster and the programs ready, and what the stack's configuration needs to fit. */
  prepare: () => Promise<(stack: StackDocument) => StackDocument>;
  /** Whether there is anything that could be asked. */
  isReachable: () => Promise<boolean>;
  /** What `down` does after everything was destroyed. */
  dispose: () => Promise<void>;
}

/** The user's own cluster when a context is named, and the sandbox otherwise: no other is ever touched. */
export function targetOf(context: string | undefined): Target {
  return context === undefined ? sandbox : ownCluster(context);
}

const sandbox: Target = {
  title: "the sandbox",
  context: contextName,
  kubeconfig: kubeconfigPath,
  // Inside the sandbox: the state describes what is in it and ends with it.
  stateFolder: join(stateDir, "pulumi"),
  prepare: async () => {
    const artefacts = await startedSandbox(["kubernetes", "postgres", "pulumi"]);
    const chart = join(artefacts.get(chartPart) ?? "", "cloudnative-pg-0.29.0.tgz");
    return (stack) => withLocalImages(stack, chart);
  },
  isReachable: answers,
  dispose: stop,
};

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
    prepare: async () => {
      if (!(await isOnPath("pulumi"))) await builtParts(["pulumi"]);
      const { failed, stderr } = await reach();
      if (failed) throw new Error(`the context ${context} does not answer:\n${stderr}`);
      return (stack) => stack;
    },
    isReachable: async () => !(await reach()).failed,
    dispose: () => Promise.resolve(),
  };
}

/**
 * Where programs find each other and the cluster. On the user's own cluster the user's programs come first and ours are
 * for what is missing; in the sandbox it is the other way round.
 */
export function environmentOf({ kubeconfig }: Pick<Target, "kubeconfig">): Record<string, string> {
  const path = process.env["PATH"] ?? "";
  if (kubeconfig === undefined) return { PATH: [path, binDir].join(delimiter) };
  return { PATH: [binDir, path].join(delimiter), KUBECONFIG: kubeconfig };
}

async function isOnPath(program: string): Promise<boolean> {
  const { failed } = await execa(program, ["version"], { reject: false });
  return !failed;
}

/** The same stack from images that were built here, since none can be pulled. */
function withLocalImages(stack: StackDocument, chart: string): StackDocument {
  const [repository = "", tag = ""] = imageReference(images.operator).split(/:(?=[^:]*$)/);
  const postgresql = imageReference(images.postgresql);
  const version = Number(images.postgresql.tag);
  const config = { ...stack.config };
  config["ha-postgres:operator"] = {
    ...object(config["ha-postgres:operator"]),
    chart: { chart },
    image: { repository, tag },
    imagePullPolicy: "Never",
  };
  config["ha-postgres:clusters"] = eachOf(config["ha-postgres:clusters"], (cluster) => ({
    ...cluster,
    version,
    image: postgresql,
  }));
  config["ha-postgres:poolers"] = eachOf(config["ha-postgres:poolers"], (pooler) => ({
    ...pooler,
    image: postgresql,
  }));
  return { ...stack, config };
}

type Values = Record<string, unknown>;

function eachOf(map: unknown, change: (value: Values) => Values): Values {
  return Object.fromEntries(
    Object.entries(object(map)).map(([name, value]) => [name, change(object(value))]),
  );
}

function object(value: unknown): Values {
  return typeof value === "object" && value !== null ? (value as Values) : {};
}
