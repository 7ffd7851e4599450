import { Platform, type PlatformArgs } from "../../../../components";
import { refusalOf } from "../../support/refusal";

const DEVICES = { storage: { deviceFilter: "^nvme" } };

const mistakes: [string, PlatformArgs, ...string[]][] = [
  [
    "Kubernetes that is too old for the operator",
    { kubernetesVersion: "1.29" },
    'kubernetesVersion = "1.29": cloudNativePg 1.30.1 works with Kubernetes 1.31 to 1.37. Upgrade Kubernetes to 1.31 or ' +
      "later, or set cloudNativePg.chart.version to a release for 1.29.",
  ],
  [
    "Kubernetes that is too new for an older operator, known by its chart",
    { kubernetesVersion: "v1.36.3", cloudNativePg: { chart: { version: "0.27.1" } } },
    'kubernetesVersion = "v1.36.3": cloudNativePg 1.28 works with Kubernetes 1.32 to 1.35. Set ' +
      "cloudNativePg.chart.version to a release that knows Kubernetes 1.36.",
  ],
  [
    "Kubernetes that no operator knows, all of them at once",
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
    "a version of Kubernetes that is none",
    { kubernetesVersion: "latest" },
    'kubernetesVersion = "latest": it is no version of Kubernetes. Write it like "1.35".',
  ],
  [
    "PostgreSQL that the operator does not run",
    { postgresMajors: [18, 13, 19] },
    "postgresMajors[1] = 13: CloudNativePG 1.30.1 runs PostgreSQL 14 to 18. Use one of these, or another release of the " +
      "operator.",
    "postgresMajors[2] = 19: CloudNativePG 1.30.1 runs PostgreSQL 14 to 18. Use one of these, or another release of the " +
      "operator.",
  ],
  [
    "the plugin without cert-manager",
    { barmanCloudPlugin: {} },
    'barmanCloudPlugin = "[wanted]": it needs certificates of cert-manager\'s, which this platform does not have. Add ' +
      "certManager: {}, or certManager: { install: false } where one is there already.",
  ],
  [
    "the plugin away from the operator",
    {
      certManager: {},
      cloudNativePg: { namespace: "postgres-operator" },
      barmanCloudPlugin: { namespace: "cnpg-system" },
    },
    'barmanCloudPlugin.namespace = "cnpg-system": the operator looks for its plugins in its own namespace, ' +
      "postgres-operator. Leave the namespace out.",
  ],
  [
    "the plugin with an operator that knows no plugins",
    {
      certManager: {},
      barmanCloudPlugin: {},
      cloudNativePg: { image: { tag: "1.25.1" }, chart: { version: "0.23.0" } },
    },
    'barmanCloudPlugin = "[wanted]": it needs CloudNativePG 1.26 or later, and this platform has 1.25.1. Use a newer ' +
      "operator: leave cloudNativePg.chart.version and cloudNativePg.image out.",
  ],
  [
    "Ceph without Rook",
    { rookCeph: DEVICES },
    'rookCeph = "[wanted]": this platform has no operator that would create it. Add rookCephOperator: {}, or ' +
      "rookCephOperator: { install: false } where one is there already.",
  ],
  [
    "two parts that create one namespace",
    { certManager: { namespace: "operators" }, chaosMesh: { namespace: "operators" } },
    'chaosMesh.namespace = "operators": certManager creates this namespace already. Use another namespace, or set ' +
      "chaosMesh.createNamespace to false.",
  ],
  [
    "a mirror of charts without a scheme",
    { mirror: { charts: "charts.example" } },
    'mirror.charts = "charts.example": it is no address that Helm could take charts from. Give the whole address, such ' +
      'as "https://charts.example" or "oci://registry.example/charts", without a slash at the end.',
  ],
  [
    "a mirror of images with a scheme",
    { mirror: { images: "https://registry.example" } },
    'mirror.images = "https://registry.example": it is no registry as it stands in an image\'s name. Give host and path ' +
      'without a scheme, such as "registry.example/mirror".',
  ],
  [
    "a part that there is not",
    { certmanager: {} } as PlatformArgs,
    'certmanager = "[not shown]": there is no such argument, and it would do nothing. Did you mean `certManager`? If ' +
      "not, remove it.",
  ],
  [
    "a part that is not installed, with settings",
    { chaosMesh: { install: false, values: { replicas: 3 } } },
    'chaosMesh.values = "[not shown]": with `install: false` the operator is somebody else\'s, and this would not ' +
      "reach it. Remove it, or let this component install the operator.",
  ],
  [
    "parts that are wrong by themselves, all of them at once, and their being together",
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
