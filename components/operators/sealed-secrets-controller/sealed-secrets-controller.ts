import * as pulumi from "@pulumi/pulumi";
import { createDefinitions, readDefinitions } from "../../kubernetes/definitions";
import { installed } from "../release/installed";
import { createOperatorNamespace, createRelease } from "../release/release";
import { createSealingKey } from "./sealing-key";
import { sealedSecretsControllerValues } from "./spec";
import { SEALED_SECRETS_NAMESPACE, sealedSecretsController } from "./values";
import { SEALED_SECRETS_CHART, SEALED_SECRETS_IMAGE } from "../versions";
import type { SealedSecretsControllerArgs } from "./args";

/**
 * The Sealed Secrets controller, which turns SealedSecrets, which may be public, into Secrets. Its key is created or
 * restored here before it starts, so that a rebuilt cluster opens secrets sealed for the previous one.
 *
 * @example
 * ```typescript
 * const controller = new SealedSecretsController("sealed-secrets", { deletionProtection: true });
 * const token = new SealedSecret(
 *   "api-token",
 *   { namespace: "shop", data: { token: config.requireSecret("token") }, certificate: controller.certificate },
 *   { dependsOn: controller },
 * );
 * ```
 *
 * It is one pod, as in its chart; while it restarts, existing Secrets stay. `kubeseal` finds it with
 * `--controller-namespace`. The SealedSecret definition is a separate resource, which is upgraded with this package and
 * stays when the component is deleted.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered; a key
 * that another resource produces is validated as soon as it is known.
 *
 * @see https://github.com/bitnami/sealed-secrets#readme
 */
export class SealedSecretsController extends pulumi.ComponentResource {
  /** Namespace of the controller. */
  public readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release: the component's. */
  public readonly name: pulumi.Output<string>;
  /** Version of the controller: its image's tag, or the chart's version when that was given. */
  public readonly version: pulumi.Output<string>;
  /** Whether the controller runs: known once it does. */
  public readonly ready: pulumi.Output<boolean>;
  /** Certificate that secrets are sealed with, as PEM. It is public: use it with `kubeseal --cert`. */
  public readonly certificate: pulumi.Output<string>;

  constructor(
    name: string,
    args: SealedSecretsControllerArgs = {},
    opts?: pulumi.ComponentResourceOptions,
  ) {
    args = sealedSecretsController.accept(name, args);
    super("ha-postgres:index:SealedSecretsController", name, {}, opts);

    const { install = true, namespace = SEALED_SECRETS_NAMESPACE, chart } = args;
    const controller = install ? installController(this, name, namespace, args) : undefined;
    const version = chart?.version ?? SEALED_SECRETS_IMAGE.tag;
    const told = installed(controller ? [controller.release] : [], { namespace, name, version });
    this.namespace = told.namespace;
    this.name = told.name;
    this.version = told.version;
    this.ready = told.ready;
    // The rules require one.
    this.certificate =
      controller?.certificate ?? pulumi.unsecret(pulumi.output(args.certificate ?? ""));
    this.registerOutputs({ ...told, certificate: this.certificate });
  }
}

function installController(
  parent: SealedSecretsController,
  name: string,
  namespace: pulumi.Input<string>,
  args: SealedSecretsControllerArgs,
) {
  const { createNamespace = true, sealingKey, deletionProtection, chart, mirror } = args;
  const home = createNamespace
    ? createOperatorNamespace(parent, name, "sealed-secrets", namespace, "restricted").metadata.name
    : namespace;
  // Undefined, not false, when it is off: children inherit the protection of a protected component.
  const protect = deletionProtection ? true : undefined;
  const { certificate, secret } = createSealingKey(parent, name, home, sealingKey, protect);
  const definitions = createDefinitions(parent, name, readDefinitions("sealed-secrets"));
  const release = createRelease(parent, name, {
    namespace: home,
    pinned: SEALED_SECRETS_CHART,
    chart,
    mirror,
    values: sealedSecretsControllerValues({
      certificate,
      keyRenewPeriod: args.keyRenewPeriod,
      resources: args.resources ?? { cpu: "100m", memory: "128Mi" },
      chart,
      mirror,
      priorityClassName: args.priorityClassName,
    }),
    extraValues: args.values,
    // Pulling the image takes most of a minute on a slow machine.
    timeout: 300,
    skipCrds: true,
    // A controller that finds no key creates one, which is in no state.
    dependsOn: [secret, ...definitions],
  });
  return { release, certificate };
}
