import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { guaranteed, type PodResources } from "../pod-resources";
import { operatorRules } from "../rules/operator-rules";
import { ruleViolations } from "../rules/rule";
import { sealedSecretsCertificate } from "../rules/sealed-secrets-certificate";
import { sealedSecretsControllerShape } from "../rules/sealed-secrets-controller-shape";
import { sealingKeyPair } from "../rules/sealing-key-pair";
import { shapeViolations } from "../rules/shape";
import type { Violation } from "../rules/violation";
import { splitChartImage } from "./chart-image";
import type { Mirror } from "./mirror";
import type { OperatorChart } from "./operator-chart";
import type { SealedSecretsControllerArgs } from "./sealed-secrets-controller";
import { SEALED_SECRETS_IMAGE } from "./versions";

/** Where the controller is unless the arguments say otherwise: not kube-system as upstream has it, see operatorNamespace. */
export const SEALED_SECRETS_NAMESPACE = "sealed-secrets";

/** Everything that is wrong with the arguments. */
export function sealedSecretsControllerViolations(args: SealedSecretsControllerArgs): Violation[] {
  const malformed = shapeViolations(sealedSecretsControllerShape, args).map(withoutKey);
  // The certificate is what is told about a controller that is somebody else's.
  const { certificate, ...settings } = args;
  return [
    ...malformed,
    ...ruleViolations(operatorRules, settings, malformed),
    ...ruleViolations(
      [sealedSecretsCertificate],
      { install: args.install, certificate },
      malformed,
    ),
    ...ruleViolations([sealingKeyPair], args, malformed),
  ];
}

function withoutKey(violation: Violation): Violation {
  return violation.path === "sealingKey.privateKey"
    ? { ...violation, value: "[secret]" }
    : violation;
}

/** What the chart's values are made of. */
export interface SealedSecretsControllerSettings {
  /** Certificate of the key that the controller is to start with. */
  certificate: pulumi.Input<string>;
  keyRenewPeriod?: string;
  resources: PodResources;
  chart?: OperatorChart;
  mirror?: Mirror;
  priorityClassName?: pulumi.Input<string>;
}

/**
 * Values of the chart `sealed-secrets`, only those that differ from its defaults or that this package promises.
 *
 * Upstream: https://github.com/bitnami/sealed-secrets/blob/v0.40.0/helm/sealed-secrets/values.yaml
 */
export function sealedSecretsControllerValues(settings: SealedSecretsControllerSettings) {
  const { certificate, keyRenewPeriod = "0", resources, priorityClassName } = settings;
  return {
    // The name that kubeseal looks for.
    fullnameOverride: "sealed-secrets-controller",
    image: splitChartImage(SEALED_SECRETS_IMAGE, settings),
    keyrenewperiod: keyRenewPeriod,
    resources: guaranteed(resources),
    // The controller reads its keys when it starts, and never again.
    podAnnotations: {
      "checksum/sealing-key": pulumi
        .output(certificate)
        .apply((pem) => createHash("sha256").update(pem).digest("hex")),
    },
    ...(priorityClassName !== undefined && { priorityClassName }),
  };
}
