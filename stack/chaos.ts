import type * as pulumi from "@pulumi/pulumi";
import { PrimaryFault, type PrimaryChaosArgs } from "../components";
import { primaryChaos } from "../components/chaos/primary-chaos/values";
import { propertyPath } from "../components/contract/schema";
import { type Violation, under } from "../components/contract/violation";
import { databasesOf, namespaceOf, type Declared, type ValidateDatabase } from "./declared";
import { oneOf } from "./one-of";
import type { ChaosConfig, StackConfig } from "./schema";

/** Returns the annotation with which Chaos Mesh reaches the pods of a namespace; none without experiments in it. */
export function chaosAnnotations(
  stack: StackConfig,
  namespace: string,
): Record<string, string> | undefined {
  const isReached = databasesOf(stack).some(
    (declared) =>
      Object.hasOwn(stack.chaos, declared.key) && namespaceOf(stack, declared) === namespace,
  );
  return isReached ? { "chaos-mesh.org/inject": "enabled" } : undefined;
}

/** The name of the component and of its Workflow. */
export function chaosName(database: string): string {
  return `${database}-chaos`;
}

/** Returns the arguments of a PrimaryChaos. */
export function chaosArgs(
  config: ChaosConfig,
  { name, namespace }: { name: pulumi.Input<string>; namespace: pulumi.Input<string> },
): PrimaryChaosArgs {
  return { ...config, namespace, cluster: name };
}

/** Finds what is wrong with the experiments of a stack. */
export function chaosViolations(stack: StackConfig, validate: ValidateDatabase): Violation[] {
  const entries = Object.entries(stack.chaos);
  return [
    ...chaosMeshMissing(stack),
    ...entries.flatMap(([key, config]) => {
      const where = propertyPath(["chaos", key]);
      const args = chaosArgs(config, { name: "known-later", namespace: stack.namespace });
      const { violations } = primaryChaos.validate(chaosName(key), args);
      return [
        ...under(where, violations),
        ...targetViolations(stack, key, validate),
        ...daemonMissing(stack, where, config),
      ];
    }),
  ];
}

function chaosMeshMissing({ chaos, platform }: StackConfig): Violation[] {
  const [first] = Object.keys(chaos);
  if (first === undefined || platform.chaosMesh) return [];
  return [
    {
      path: "platform.chaosMesh",
      value: undefined,
      reason: `is required by ${propertyPath(["chaos", first])}, which Chaos Mesh runs`,
      remedy: "Add chaosMesh: {}, or { install: false } if it is already installed",
    },
  ];
}

/** An experiment needs a database that is there, that can fail over, and that nobody depends on. */
function targetViolations(
  stack: StackConfig,
  key: string,
  validate: ValidateDatabase,
): Violation[] {
  const databases = databasesOf(stack);
  const path = propertyPath(["chaos", key]);
  const target = databases.find((declared) => declared.key === key);
  if (!target) {
    const names = databases.map((declared) => declared.key);
    return [
      {
        path,
        value: key,
        reason: "must have the key of a database of the stack",
        remedy: oneOf(names),
      },
    ];
  }
  const pathOf = ({ kind, key: own }: Declared) => propertyPath([kind, own]);
  const namespace = namespaceOf(stack, target);
  const isProtected = (declared: Declared) =>
    declared.config.deletionProtection === true && namespaceOf(stack, declared) === namespace;
  const protectedOne = [target, ...databases].find(isProtected);
  return [
    ...(protectedOne
      ? [
          {
            path,
            value: key,
            reason: `opens the namespace ${namespace} for experiments, and ${pathOf(protectedOne)} in it has deletionProtection`,
            remedy: "Try it in a stack that nobody depends on, with the same settings",
          },
        ]
      : []),
    ...(stack.namespaces[namespace]?.create === false
      ? [
          {
            path,
            value: key,
            reason: `needs an annotation of the namespace ${namespace}, which the stack does not create and leaves as it is`,
            remedy: "Try it in a namespace that the stack creates",
          },
        ]
      : []),
    ...(validate(target).values.instances === 1
      ? [
          {
            path,
            value: key,
            reason: `has nothing to fail over to: ${pathOf(target)} has a single instance`,
            remedy: "Give it more instances, or remove the experiment",
          },
        ]
      : []),
  ];
}

/** Without the daemon Chaos Mesh would say in the experiment's events alone that it cannot. */
function daemonMissing({ platform }: StackConfig, where: string, { fault }: ChaosConfig) {
  const withoutDaemon: readonly string[] = [PrimaryFault.Kill, PrimaryFault.Failure];
  if (platform.chaosMesh?.daemon !== false) return [];
  if (fault === undefined || withoutDaemon.includes(fault)) return [];
  return [
    {
      path: `${where}.fault`,
      value: fault,
      reason: "needs the daemon of Chaos Mesh, and platform.chaosMesh.daemon is false",
      remedy: `Use ${withoutDaemon.join(" or ")}, or let the daemon run`,
    },
  ];
}
