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

/** A mistake: what somebody wrote, and what the error says of it. */
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
  [
    "no replica",
    { replicas: 0 },
    "replicas = 0: it is below the least that is possible, 1. Use 1 or more.",
  ],
  [
    "a namespace that is Kubernetes' own",
    { namespace: "kube-system" },
    'namespace = "kube-system": it belongs to Kubernetes, so whoever has rights there gets those of the operator, and ' +
      "deleting the stack would try to delete it. Give the operator a namespace of its own, or leave " +
      "this out.",
  ],
  [
    "a mirror with a scheme in the place of a registry",
    { mirror: { images: "https://registry.example" } },
    'mirror.images = "https://registry.example": it is no registry as it stands in an image\'s name. Give host and path ' +
      'without a scheme, such as "registry.example/mirror".',
  ],
  [
    "a check that is misspelt",
    { startupAPICheck: false },
    'startupAPICheck = "[not shown]": there is no such argument, and it would do nothing. Did you mean `startupApiCheck`? ' +
      "If not, remove it.",
  ],
  [
    "memory without a unit",
    { resources: { cpu: "100m", memory: "256" } },
    'resources.memory = "256": it is no amount of memory that a process can start in. Give a size with its unit, 32Mi or ' +
      'more, such as "256Mi".',
  ],
  [
    "a check for cert-manager that is somebody else's",
    { install: false, startupApiCheck: false },
    'startupApiCheck = "[not shown]": with `install: false` the operator is somebody else\'s, and this would not reach it. ' +
      "Remove it, or let this component install the operator.",
  ],
];

const pluginMistakes: Mistake<BarmanCloudPluginArgs>[] = [
  [
    "a namespace of its own",
    { namespace: "backup", createNamespace: true },
    "createNamespace = true: the plugin only works in the namespace of the CloudNativePG operator, which is there already. " +
      "Remove it, and let the plugin depend on the operator.",
  ],
  [
    "two replicas, of which one would never be ready",
    { replicas: 2 },
    'replicas = "[not shown]": there is no such argument, and it would do nothing. Remove it; there are install, namespace, ' +
      "createNamespace, chart, mirror, values, resources, priorityClassName.",
  ],
  [
    "the newest version, whatever it is",
    { chart: { version: "latest" } },
    'chart.version = "latest": it is no exact version, so two runs of the same program could install different operators. ' +
      'Give a version such as "0.29.0".',
  ],
];

const controllerMistakes: Mistake<SealedSecretsControllerArgs>[] = [
  [
    "the key of another certificate",
    () => ({ sealingKey: { certificate: pair.certificate, privateKey: other.privateKey } }),
    'sealingKey.privateKey = "[secret]": it is not the key of the certificate, so nothing that is sealed could be opened. ' +
      "Take `tls.crt` and `tls.key` from the same Secret of the backup.",
  ],
  [
    "the certificate in the place of the key",
    () => ({ sealingKey: { certificate: pair.certificate, privateKey: pair.certificate } }),
    'sealingKey.privateKey = "[secret]": it is no RSA private key without a passphrase, and the controller would not ' +
      "start. Give the key as PEM, the `tls.key` of a backup of the sealing keys.",
  ],
  [
    "a key that is no text, which is not printed all the same",
    () => ({
      sealingKey: { certificate: pair.certificate, privateKey: 4711 as unknown as string },
    }),
    'sealingKey.privateKey = "[secret]": it has to be of type string. Give a string.',
  ],
  [
    "base64 of the backup in the place of what it holds",
    () => ({ sealingKey: { certificate: "LS0tLS1CRUdJTg==", privateKey: pair.privateKey } }),
    'sealingKey.certificate = "[not shown]": it is no certificate of an RSA key, which is what Sealed Secrets seals ' +
      "with. Give the certificate as PEM, beginning with -----BEGIN CERTIFICATE-----.",
  ],
  [
    "a renewal in days",
    { keyRenewPeriod: "30d" },
    'keyRenewPeriod = "30d": it is no number of hours, and the controller would not start. Write hours such as "720h", or ' +
      "leave it out to have no keys beside the one of this component.",
  ],
  [
    "a certificate beside the key of its own",
    () => ({ certificate: pair.certificate }),
    'certificate = "[not shown]": the controller that is installed here seals with the certificate of its own key. Give ' +
      "`sealingKey` to restore a key, or remove it.",
  ],
  [
    "a controller of somebody else's without its certificate",
    { install: false },
    "certificate = (not set): with `install: false` nothing here knows what to seal with for the controller that is " +
      "there. Give what `kubeseal --fetch-cert` prints.",
  ],
  [
    "a chart mirror without a scheme",
    { mirror: { charts: "charts.example" } },
    'mirror.charts = "charts.example": it is no address that Helm could take charts from. Give the whole address, such as ' +
      '"https://charts.example" or "oci://registry.example/charts", without a slash at the end.',
  ],
];

const sealedMistakes: Mistake<SealedSecretArgs>[] = [
  [
    "nothing to seal",
    { data: undefined, certificate: undefined },
    "data = (not set): there is nothing to put into the Secret. Give `data` and `certificate`, or `encryptedData` that is " +
      "sealed already.",
  ],
  [
    "no value",
    { data: {} },
    "data = {}: the controller makes no Secret of nothing. Give at least one value.",
  ],
  [
    "values without the certificate to seal them",
    { certificate: undefined },
    "certificate = (not set): without the controller's certificate nothing can be sealed. Give `certificate` of the " +
      "SealedSecretsController.",
  ],
  [
    "a plain value as a sealed one, which is not printed",
    { data: undefined, certificate: undefined, encryptedData: { token: "hunter2" } },
    'encryptedData.token = "[secret]": it is not a sealed value, and would stand readable in the state and in the ' +
      "cluster. Give `data` and `certificate` to have it sealed, or what `kubeseal --raw` prints.",
  ],
  [
    "values of both kinds",
    { encryptedData: { token: "hunter2" } },
    'encryptedData = "[not shown]": `data` is sealed here, and which of the two were meant cannot be told. Remove one of ' +
      "them.",
    'encryptedData.token = "[secret]": it is not a sealed value, and would stand readable in the state and in the ' +
      "cluster. Give `data` and `certificate` to have it sealed, or what `kubeseal --raw` prints.",
  ],
  [
    "a certificate of a key that is not RSA",
    () => ({ certificate: elliptic.certificate }),
    'certificate = "[not shown]": it is no certificate of an RSA key, which is what Sealed Secrets seals with. Give the ' +
      "certificate as PEM, beginning with -----BEGIN CERTIFICATE-----.",
  ],
  [
    "a number, which is not printed",
    { data: { pin: 4711 } },
    'data.pin = "[secret]": it has to be of type string. Give a string.',
  ],
  [
    "a key that no Secret can have",
    { data: { "api token": "x" } },
    'data["api token"] = "[secret]": Kubernetes takes no Secret with such a key. Use letters, digits, `-`, `_` and `.` in ' +
      "the key.",
  ],
  [
    "a scope that there is not",
    { scope: "global" },
    'scope = "global": it is none of the values this can have. Use one of "strict", "namespace-wide", "cluster-wide".',
  ],
  [
    "a name that no Secret can have",
    { secretName: "API_Token" },
    'secretName = "API_Token": Kubernetes takes no object of that name. Use at most 253 lower-case letters, digits, dashes ' +
      "and dots.",
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
      'secretName = "API Token": Kubernetes takes no object of that name. Use at most 253 lower-case letters, digits, ' +
        "dashes and dots.",
    ]);
  });
});
