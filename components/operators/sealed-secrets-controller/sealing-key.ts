import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { recommendedLabels } from "../../kubernetes/labels";
import { sealingKeyPair } from "../../formats/sealing-key-pair";
import { refuse } from "../../contract/violation";
import type { SealingKeyArgs } from "./args";

/** A key that the controller finds when it starts. */
export interface SealingKey {
  /** PEM, public. */
  certificate: pulumi.Output<string>;
  secret: k8s.core.v1.Secret;
}

/** Label by which the controller finds its keys, and by which they are backed up. */
const ACTIVE_KEY = { "sealedsecrets.bitnami.com/sealed-secrets-key": "active" };

/** Creates the Secret with the key, and the key itself unless one is given. */
export function createSealingKey(
  parent: pulumi.ComponentResource,
  name: string,
  namespace: pulumi.Input<string>,
  given: SealingKeyArgs | undefined,
  protect: true | undefined,
): SealingKey {
  const { certificate, privateKey } = given
    ? checked(name, given)
    : generated(parent, name, protect);
  const secret = new k8s.core.v1.Secret(
    `${name}-sealing-key`,
    {
      metadata: {
        name: `${name}-sealing-key`,
        namespace,
        labels: { ...recommendedLabels("sealed-secrets", name, "sealing-key"), ...ACTIVE_KEY },
      },
      type: "kubernetes.io/tls",
      stringData: { "tls.crt": certificate, "tls.key": pulumi.secret(privateKey) },
    },
    { parent, protect },
  );
  return { certificate, secret };
}

/** Validates a key that another resource produces as soon as it is known: with the wrong key no secret can be opened. */
function checked(
  name: string,
  given: SealingKeyArgs,
): { certificate: pulumi.Output<string>; privateKey: pulumi.Output<string> } {
  const pair = pulumi
    .all([given.certificate, given.privateKey])
    .apply(([certificate, privateKey]) => {
      const sealingKey = { certificate, privateKey };
      refuse(`SealedSecretsController "${name}"`, sealingKeyPair.check({ sealingKey }));
      return sealingKey;
    });
  return {
    // Public, even if both came out of one secret.
    certificate: pulumi.unsecret(pair.certificate),
    privateKey: pulumi.secret(pair.privateKey),
  };
}

function generated(
  parent: pulumi.ComponentResource,
  name: string,
  protect: true | undefined,
): { certificate: pulumi.Output<string>; privateKey: pulumi.Output<string> } {
  const key = new tls.PrivateKey(
    `${name}-sealing-key`,
    { algorithm: "RSA", rsaBits: 4096 },
    { parent, protect },
  );
  const certificate = new tls.SelfSignedCert(
    `${name}-sealing-certificate`,
    {
      privateKeyPem: key.privateKeyPem,
      subject: { commonName: "sealed-secrets" },
      // Ten years, like the controller's. A new certificate has the same key, so sealed values stay readable.
      validityPeriodHours: 10 * 365 * 24,
      allowedUses: ["key_encipherment"],
    },
    { parent },
  );
  return { certificate: pulumi.unsecret(certificate.certPem), privateKey: key.privateKeyPem };
}
