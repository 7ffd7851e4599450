import { Platform, type PlatformArgs } from "../../../../components";
import { refusalOf } from "../../support/refusal";

const DEVICES = { storage: { deviceFilter: "^nvme" } };

const mistakes: [string, PlatformArgs, ...string[]][] = [
  [
    "a version of Kubernetes that is too old for the operator",
    { kubernetesVersion: "1.29" },
    'kubernetesVersion = "1.29": cloudNativePg 1.30.1 works with Kubernetes 1.31 to 1.37. Upgrade Kubernetes to 1.31 or ' +
      "later, or set cloudNativePg.chart.version to a release for 1.29.",
  ],
  [
    "a version of Kubernetes that is too new for an older operator, known by its chart",
    { kubernetesVersion: "v1.36.3", cloudNativePg: { chart: { version: "0.27.1" } } },
    'kubernetesVersion = "v1.36.3": cloudNativePg 1.28 works with Kubernetes 1.32 to 1.35. Set ' +
      "cloudNativePg.chart.version to a release that supports Kubernetes 1.36.",
  ],
  [
    "a version of Kubernetes that no operator supports, all of them at once",
    {
      kubernetesVersion: "1.30.2+k3s1",
      certManager: {},
      rookCephOperator: {},
    },
    'kubernetesVersion = "1.30.2+k3s1": cloudNativePg 1.30.1 works with Kubernetes 1.31 to 1.37. Upgrade Kubernetes to ' +
      "1.31 or later, or set cloudNativePg.chart.version to a release for 1.30.",
    'kubernetesVersion = "1.30.2+k3s1": certManager v1.21.1 works with Kubernetes 1.33 to 1.36. Upgrade Kubernetes to ' +
      "1.33 or later, or set certManager.chart.version to a release for 1.30.",
    'kubernetesVersion = "1.30.2+k3s1": rookCephOperator v1.20.6 works with Kubernetes 1.31 to 1.36. Upgrade Kubernetes ' +
      "to 1.31 or later, or set rookCephOperator.chart.version to a release for 1.30.",
  ],
  [
    "a malformed version of Kubernetes",
    { kubernetesVersion: "latest" },
    'kubernetesVersion = "latest": is not a valid version of Kubernetes. Write it like "1.35".',
  ],
  [
    "majors of PostgreSQL that the operator does not run",
    { postgresMajors: [18, 13, 19] },
    "postgresMajors[1] = 13: CloudNativePG 1.30.1 runs PostgreSQL 14 to 18. Use one of these, or another release of the " +
      "operator.",
    "postgresMajors[2] = 19: CloudNativePG 1.30.1 runs PostgreSQL 14 to 18. Use one of these, or another release of the " +
      "operator.",
  ],
  [
    "the plugin without cert-manager",
    { barmanCloudPlugin: {} },
    'barmanCloudPlugin = "[wanted]": needs certificates of cert-manager, which this platform does not have. Add ' +
      "certManager: {}, or certManager: { install: false } if one exists already.",
  ],
  [
    "the plugin in another namespace than the operator",
    {
      certManager: {},
      cloudNativePg: { namespace: "postgres-operator" },
      barmanCloudPlugin: { namespace: "cnpg-system" },
    },
    'barmanCloudPlugin.namespace = "cnpg-system": must be the namespace of the operator, postgres-operator, which ' +
      "finds plugins only there. Remove the namespace.",
  ],
  [
    "the plugin with an operator that does not support plugins",
    {
      certManager: {},
      barmanCloudPlugin: {},
      cloudNativePg: { image: { tag: "1.25.1" }, chart: { version: "0.23.0" } },
    },
    'barmanCloudPlugin = "[wanted]": needs CloudNativePG 1.26 or later, and this platform has 1.25.1. Use a newer ' +
      "operator: remove cloudNativePg.chart.version and cloudNativePg.image.",
  ],
  [
    "Ceph without Rook",
    { rookCeph: DEVICES },
    'rookCeph = "[wanted]": needs the operator of Rook, which this platform does not have. Add rookCephOperator: ' +
      "{}, or rookCephOperator: { install: false } if one exists already.",
  ],
  [
    "two parts that create one namespace",
    { certManager: { namespace: "operators" }, chaosMesh: { namespace: "operators" } },
    'chaosMesh.namespace = "operators": is already created by certManager. Use another namespace, or set ' +
      "chaosMesh.createNamespace to false.",
  ],
  [
    "a mirror of charts without a scheme",
    { mirror: { charts: "charts.example" } },
    'mirror.charts = "charts.example": must be an address that Helm can load charts from. Give the whole address, ' +
      'such as "https://charts.example" or "oci://registry.example/charts", without a slash at the end.',
  ],
  [
    "a mirror of images with a scheme",
    { mirror: { images: "https://registry.example" } },
    'mirror.images = "https://registry.example": must be a registry as in the name of an image. Give host and path ' +
      'without a scheme, such as "registry.example/mirror".',
  ],
  [
    "an unknown part",
    { certmanager: {} } as PlatformArgs,
    'certmanager = "[not shown]": is not an argument, and would do nothing. Did you mean `certManager`? If ' +
      "not, remove it.",
  ],
  [
    "a part that is not installed, with settings",
    { chaosMesh: { install: false, values: { replicas: 3 } } },
    'chaosMesh.values = "[not shown]": has no effect: with `install: false` this component does not manage the ' +
      "operator. Remove it, or let this component install the operator.",
  ],
  [
    "invalid parts, all of them at once, and their combination",
    {
      kubernetesVersion: "1.20",
      certManager: { replicas: 0 },
      chaosMesh: { chart: { version: "2" } },
      prometheusStack: { prometheus: { retention: "15" } },
    },
    expect.stringMatching(/^certManager\.replicas = 0: /) as string,
    expect.stringMatching(/^prometheusStack\.prometheus\.retention = "15": /) as string,
    expect.stringMatching(/^chaosMesh\.chart\.version = "2": /) as string,
    expect.stringMatching(/^kubernetesVersion = "1.20": cloudNativePg/) as string,
    expect.stringMatching(/^kubernetesVersion = "1.20": certManager/) as string,
  ],
];

describe("Platform refuses", () => {
  test.each(mistakes)("%s", async (_, wrong, ...says) => {
    expect(await refusalOf(() => new Platform("platform", wrong))).toEqual(says);
  });
});
