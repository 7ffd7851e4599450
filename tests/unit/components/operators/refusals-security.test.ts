import * as pulumi from "@pulumi/pulumi";
import {
  BarmanCloudPlugin,
  CertManager,
  SealedSecret,
  SealedSecretsController,
  type BarmanCloudPluginArgs,
  type CertManagerArgs,
  type SealedSecretArgs,
  type SealedSecretsControllerArgs,
} from "../../../../components";
import { failure } from "../../support/registrations";
import { ellipticKey, rsaKey, type SealingKeyPair } from "../../support/sealing-keys";

/** A mistake: its title, the wrong arguments, and the lines of the error. */
type Mistake<Args> = [
  what: string,
  wrong: Partial<Args> | Record<string, unknown> | (() => Partial<Args>),
  ...says: string[],
];

async function refusalOf(program: () => unknown): Promise<string[]> {
  const { error, registered } = await failure(program);
  expect(registered).toEqual([]);
  expect(error).toBeInstanceOf(pulumi.InputPropertiesError);
  const [title, ...lines] = (error as Error).message.split("\n");
  expect(title).toMatch(
    /^(CertManager|BarmanCloudPlugin|SealedSecretsController|SealedSecret) "[^"]+" is refused:$/,
  );
  return lines.map((line) => line.replace(/^ {2}- /, ""));
}

let pair: SealingKeyPair;
let other: SealingKeyPair;
let elliptic: SealingKeyPair;
beforeAll(async () => {
  [pair, other, elliptic] = await Promise.all([rsaKey(), rsaKey(), ellipticKey()]);
});

const certManagerMistakes: Mistake<CertManagerArgs>[] = [
  ["no replica", { replicas: 0 }, "replicas = 0: must be at least 1. Use 1 or more."],
  [
    "a namespace that is Kubernetes' own",
    { namespace: "kube-system" },
    'namespace = "kube-system": belongs to Kubernetes: anyone with rights there gets those of the operator, and ' +
      "deleting the stack would try to delete it. Give the operator a separate namespace, or remove this.",
  ],
  [
    "a mirror with a scheme instead of a registry",
    { mirror: { images: "https://registry.example" } },
    'mirror.images = "https://registry.example": must be a registry as in the name of an image. Give host and path ' +
      'without a scheme, such as "registry.example/mirror".',
  ],
  [
    "a check that is misspelt",
    { startupAPICheck: false },
    'startupAPICheck = "[not shown]": is not an argument, and would do nothing. Did you mean `startupApiCheck`? ' +
      "If not, remove it.",
  ],
  [
    "memory without a unit",
    { resources: { cpu: "100m", memory: "256" } },
    'resources.memory = "256": must be an amount of memory that a process can start with. Give a size with its ' +
      'unit, 32Mi or more, such as "256Mi".',
  ],
  [
    "a check for an existing cert-manager",
    { install: false, startupApiCheck: false },
    'startupApiCheck = "[not shown]": has no effect: with `install: false` this component does not manage the ' +
      "operator. Remove it, or let this component install the operator.",
  ],
];

const pluginMistakes: Mistake<BarmanCloudPluginArgs>[] = [
  [
    "a separate namespace",
    { namespace: "backup", createNamespace: true },
    "createNamespace = true: the plugin works only in the namespace of the CloudNativePG operator, which exists " +
      "already. Remove it, and make the plugin depend on the operator.",
  ],
  [
    "two replicas, one of which would never be ready",
    { replicas: 2 },
    'replicas = "[not shown]": is not an argument, and would do nothing. Remove it; there are install, namespace, ' +
      "createNamespace, chart, mirror, values, resources, priorityClassName.",
  ],
  [
    "an unspecified newest version",
    { chart: { version: "latest" } },
    'chart.version = "latest": must be an exact version, or two runs of the same program could install different ' +
      'operators. Give a version such as "0.29.0".',
  ],
];

const controllerMistakes: Mistake<SealedSecretsControllerArgs>[] = [
  [
    "the key of another certificate",
    () => ({ sealingKey: { certificate: pair.certificate, privateKey: other.privateKey } }),
    'sealingKey.privateKey = "[secret]": is not the key of the certificate, so no sealed value could be opened. ' +
      "Take `tls.crt` and `tls.key` from the same Secret of the backup.",
  ],
  [
    "the certificate instead of the key",
    () => ({ sealingKey: { certificate: pair.certificate, privateKey: pair.certificate } }),
    'sealingKey.privateKey = "[secret]": must be an RSA private key without a passphrase, or the controller does ' +
      "not start. Give the key as PEM, the `tls.key` of a backup of the sealing keys.",
  ],
  [
    "a key that is not a string, which is not printed either",
    () => ({
      sealingKey: { certificate: pair.certificate, privateKey: 4711 as unknown as string },
    }),
    'sealingKey.privateKey = "[secret]": must be a string. Give a string.',
  ],
  [
    "base64 of the backup instead of its contents",
    () => ({ sealingKey: { certificate: "LS0tLS1CRUdJTg==", privateKey: pair.privateKey } }),
    'sealingKey.certificate = "[not shown]": must be a certificate of an RSA key, which Sealed Secrets seals with. ' +
      "Give the certificate as PEM, beginning with -----BEGIN CERTIFICATE-----.",
  ],
  [
    "a renewal in days",
    { keyRenewPeriod: "30d" },
    'keyRenewPeriod = "30d": must be a number of hours, or the controller does not start. Write hours such as ' +
      '"720h", or remove it to have only the key of this component.',
  ],
  [
    "a certificate together with a generated key",
    () => ({ certificate: pair.certificate }),
    'certificate = "[not shown]": must not be set: the controller installed here seals with the certificate of its ' +
      "own key. Remove it, or give `sealingKey` to restore a key.",
  ],
  [
    "an existing controller without its certificate",
    { install: false },
    "certificate = (not set): is required with `install: false`, to seal secrets for the existing controller. Give " +
      "the output of `kubeseal --fetch-cert`.",
  ],
  [
    "a chart mirror without a scheme",
    { mirror: { charts: "charts.example" } },
    'mirror.charts = "charts.example": must be an address that Helm can load charts from. Give the whole address, ' +
      'such as "https://charts.example" or "oci://registry.example/charts", without a slash at the end.',
  ],
];

const sealedMistakes: Mistake<SealedSecretArgs>[] = [
  [
    "nothing to seal",
    { data: undefined, certificate: undefined },
    "data = (not set): the Secret would have no values. Set `data` and `certificate`, or `encryptedData` that is " +
      "already sealed.",
  ],
  [
    "no value",
    { data: {} },
    "data = {}: the controller creates no empty Secret. Add at least one value.",
  ],
  [
    "values without the certificate to seal them",
    { certificate: undefined },
    "certificate = (not set): must be set: `data` is sealed with the controller's certificate. Use `certificate` of the " +
      "SealedSecretsController.",
  ],
  [
    "a plain value instead of a sealed one, which is not printed",
    { data: undefined, certificate: undefined, encryptedData: { token: "hunter2" } },
    'encryptedData.token = "[secret]": is not a sealed value, and would be readable in the state and in the cluster. ' +
      "Set `data` and `certificate` to have it sealed, or use the output of `kubeseal --raw`.",
  ],
  [
    "values of both kinds",
    { encryptedData: { token: "hunter2" } },
    'encryptedData = "[not shown]": must not be set together with `data`, which is sealed here. Remove one of ' +
      "them.",
    'encryptedData.token = "[secret]": is not a sealed value, and would be readable in the state and in the cluster. ' +
      "Set `data` and `certificate` to have it sealed, or use the output of `kubeseal --raw`.",
  ],
  [
    "a certificate of a key that is not RSA",
    () => ({ certificate: elliptic.certificate }),
    'certificate = "[not shown]": must be a certificate of an RSA key, which Sealed Secrets seals with. Give the ' +
      "certificate as PEM, beginning with -----BEGIN CERTIFICATE-----.",
  ],
  [
    "a number, which is not printed",
    { data: { pin: 4711 } },
    'data.pin = "[secret]": must be a string. Give a string.',
  ],
  [
    "a key that no Secret can have",
    { data: { "api token": "x" } },
    'data["api token"] = "[secret]": is not a valid key of a Secret. Use letters, digits, `-`, `_` and `.` in ' +
      "the key.",
  ],
  [
    "an unknown scope",
    { scope: "global" },
    'scope = "global": is not a valid value. Use one of "strict", "namespace-wide", "cluster-wide".',
  ],
  [
    "a name that no Secret can have",
    { secretName: "API_Token" },
    'secretName = "API_Token": is not a valid name of a Kubernetes object. Use at most 253 lower-case letters, ' +
      "digits, dashes and dots.",
  ],
  [
    "a label of Kubernetes' own",
    { labels: { "app.kubernetes.io/name": "mine", "cnpg.io/reload": "true" } },
    'labels["app.kubernetes.io/name"] = "mine": labels of this domain are set by this component, by the operator or by ' +
      "Kubernetes. Use a label of your own domain, such as example.com/team.",
  ],
];

const given = <Args>(wrong: Mistake<Args>[1]) =>
  (typeof wrong === "function" ? wrong() : wrong) as Args;

describe("CertManager refuses", () => {
  test.each(certManagerMistakes)("%s", async (_, wrong, ...says) => {
    const program = () => new CertManager("certs", given<CertManagerArgs>(wrong));
    expect(await refusalOf(program)).toEqual(says);
  });
});

describe("BarmanCloudPlugin refuses", () => {
  test.each(pluginMistakes)("%s", async (_, wrong, ...says) => {
    const program = () => new BarmanCloudPlugin("barman", given<BarmanCloudPluginArgs>(wrong));
    expect(await refusalOf(program)).toEqual(says);
  });
});

describe("SealedSecretsController refuses", () => {
  test.each(controllerMistakes)("%s", async (_, wrong, ...says) => {
    const args = given<SealedSecretsControllerArgs>(wrong);
    expect(await refusalOf(() => new SealedSecretsController("sealing", args))).toEqual(says);
  });
});

describe("SealedSecret refuses", () => {
  test.each(sealedMistakes)("%s", async (_, wrong, ...says) => {
    const { certificate } = pair;
    const right: SealedSecretArgs = { namespace: "shop", data: { token: "x" }, certificate };
    const program = () =>
      new SealedSecret("token", { ...right, ...given<SealedSecretArgs>(wrong) });
    expect(await refusalOf(program)).toEqual(says);
  });

  test("a component's name that no Secret can have", async () => {
    const { certificate } = pair;
    const args: SealedSecretArgs = { namespace: "shop", data: { token: "x" }, certificate };
    expect(await refusalOf(() => new SealedSecret("API Token", args))).toEqual([
      'secretName = "API Token": is not a valid name of a Kubernetes object. Use at most 253 lower-case letters, ' +
        "digits, dashes and dots.",
    ]);
  });
});
