import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { guaranteed, type PodResources } from "../../kubernetes/pod-resources";
import type { Mirror, OperatorChart } from "../release/args";
import { splitChartImage } from "../release/chart-image";
import { SEALED_SECRETS_IMAGE } from "../versions";

/** The settings that the chart's values are built from. */
export interface SealedSecretsControllerSettings {
  /** Certificate of the key that the controller starts with. */
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
 * @see https://github.com/bitnami/sealed-secrets/blob/v0.40.0/helm/sealed-secrets/values.yaml
 */
export function sealedSecretsControllerValues(settings: SealedSecretsControllerSettings) {
  const { certificate, keyRenewPeriod = "0", resources, priorityClassName } = settings;
  return {
    // The name that kubeseal looks for.
    fullnameOverride: "sealed-secrets-controller",
    image: splitChartImage(SEALED_SECRETS_IMAGE, settings),
    keyrenewperiod: keyRenewPeriod,
    resources: guaranteed(resources),
    // The controller reads its keys only when it starts.
    podAnnotations: {
      "checksum/sealing-key": pulumi
        .output(certificate)
        .apply((pem) => createHash("sha256").update(pem).digest("hex")),
    },
    priorityClassName,
  };
}
