import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { recommendedLabels } from "../../kubernetes/labels";
import { sealedSecretValues } from "./rules/values";
import { refuse } from "../../contract/violation";
import { seal, sealingLabel } from "./seal";
import { SealedSecretScope, type SealedSecretArgs } from "./args";
import { sealedSecretObject } from "./spec";
import { sealedSecret } from "./values";

/**
 * A Secret whose declaration may be public: the values are sealed at deployment for the controller of one cluster, or were
 * sealed before. `pulumi up` returns when the Secret exists. The values themselves are not in the state.
 *
 * @example
 * ```typescript
 * const token = new SealedSecret(
 *   "api-token",
 *   { namespace: "shop", data: { token: config.requireSecret("token") }, certificate: controller.certificate },
 *   { dependsOn: controller },
 * );
 * // To be committed, and applied or given as `encryptedData` from then on.
 * export const manifest = token.manifest;
 * ```
 *
 * It needs the Sealed Secrets controller (SealedSecretsController installs it). Sealing the same values again gives the same
 * text, so nothing changes unless a value, the certificate, the name, the namespace or the scope does.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered; outputs of
 * other resources are validated as soon as they are known.
 *
 * @see https://github.com/bitnami/sealed-secrets#usage
 */
export class SealedSecret extends pulumi.ComponentResource {
  /** Name of the Secret, known once it exists. */
  public readonly name: pulumi.Output<string>;
  /** Namespace of the Secret. */
  public readonly namespace: pulumi.Output<string>;
  /** The SealedSecret as JSON, for a repository or `kubectl apply`. It holds no secret. */
  public readonly manifest: pulumi.Output<string>;

  constructor(name: string, args: SealedSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    args = sealedSecret.accept(name, args);
    super("ha-postgres:index:SealedSecret", name, {}, opts);

    const secretName = args.secretName ?? name;
    const object = sealedSecretObject({
      name: secretName,
      namespace: args.namespace,
      scope: args.scope ?? SealedSecretScope.Strict,
      type: args.type ?? "Opaque",
      labels: pulumi.output(secretName).apply((instance) => ({
        ...args.labels,
        ...recommendedLabels("sealed-secrets", instance, "secret"),
      })),
      encryptedData: args.data
        ? sealed(this, name, args, args.data)
        : alreadySealed(name, args.encryptedData ?? {}),
    });
    const resource = createSealedSecret(this, name, object);

    this.name = resource.metadata.name;
    this.namespace = resource.metadata.namespace;
    this.manifest = pulumi.output(object).apply((known) => `${JSON.stringify(known, null, 2)}\n`);
    this.registerOutputs({ name: this.name, namespace: this.namespace, manifest: this.manifest });
  }
}

function sealed(
  parent: SealedSecret,
  name: string,
  {
    namespace,
    secretName = name,
    certificate = "",
    scope = SealedSecretScope.Strict,
  }: SealedSecretArgs,
  data: Record<string, pulumi.Input<string>>,
): pulumi.Output<Record<string, string>> {
  const seed = new random.RandomBytes(`${name}-sealing-seed`, { length: 32 }, { parent });
  const encryptedData = pulumi
    .all([pulumi.all(data), certificate, namespace, secretName, seed.base64])
    .apply(([values, pem, inNamespace, ofName, bytes]) => {
      refuse(`SealedSecret "${name}"`, sealedSecretValues.check({ certificate: pem }));
      const label = sealingLabel(scope, { namespace: inNamespace, name: ofName });
      const sealing = { certificate: pem, label, seed: Buffer.from(bytes, "base64") };
      return Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, seal(key, value, sealing)]),
      );
    });
  // The input was secret; the output is made to be public.
  return pulumi.unsecret(encryptedData);
}

function alreadySealed(
  name: string,
  given: Record<string, pulumi.Input<string>>,
): pulumi.Output<Record<string, string>> {
  return pulumi.all(given).apply((encryptedData) => {
    refuse(`SealedSecret "${name}"`, sealedSecretValues.check({ encryptedData }));
    return encryptedData;
  });
}

function createSealedSecret(
  parent: SealedSecret,
  name: string,
  { metadata, ...object }: ReturnType<typeof sealedSecretObject>,
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    `${name}-sealed-secret`,
    {
      ...object,
      metadata: {
        ...metadata,
        annotations: { ...metadata.annotations, "pulumi.com/waitFor": "condition=Synced" },
      },
    },
    {
      parent,
      // Kubernetes forbids changing the type of a Secret, so the controller could not.
      replaceOnChanges: ["spec.template.type"],
      deleteBeforeReplace: true,
      // The controller takes seconds. If it cannot open a value now, it cannot later.
      customTimeouts: { create: "3m", update: "3m" },
    },
  );
}
