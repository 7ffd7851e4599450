import type { Image } from "./build/image.ts";

const binaryPath = "/usr/local/bin:/usr/bin:/bin";

/**
 * Images under their repositories in a real registry, with the tags that the package pins: the sandbox is a mirror like
 * any other.
 */
export const platformImages = {
  sealedSecrets: {
    name: "sealed-secrets",
    repository: "bitnami/sealed-secrets-controller",
    tag: "0.40.0",
    // The chart starts it by its name alone.
    files: [["sealed-secrets", "controller", "/usr/local/bin/controller"]],
    user: "1001",
    path: binaryPath,
    entrypoint: ["controller"],
    seconds: 15,
  },
  // Built without the issuers of ACME and Vault, whose servers do not exist in a sandbox.
  certManagerController: certManagerImage("controller"),
  certManagerWebhook: certManagerImage("webhook"),
  certManagerCaInjector: certManagerImage("cainjector"),
  chaosMesh: {
    name: "chaos-mesh",
    repository: "chaos-mesh/chaos-mesh",
    // A commit: the module proxy has no tag of a release.
    tag: "v2.8.4-47411975a8cb",
    files: [["chaos-mesh", "chaos-controller-manager", "/usr/local/bin/chaos-controller-manager"]],
    user: "0",
    path: binaryPath,
    entrypoint: ["chaos-controller-manager"],
    seconds: 15,
  },
  prometheusOperator: prometheusOperatorImage("prometheus-operator", "operator"),
  prometheusConfigReloader: prometheusOperatorImage("prometheus-config-reloader"),
  prometheus: {
    name: "prometheus",
    repository: "prometheus/prometheus",
    tag: "v3.14.0-distroless",
    files: [
      ["prometheus", "prometheus", "/bin/prometheus"],
      ["prometheus", "promtool", "/bin/promtool"],
    ],
    user: "65532:65532",
    path: binaryPath,
    entrypoint: ["/bin/prometheus"],
    seconds: 15,
  },
  barmanPlugin: {
    name: "plugin-barman-cloud",
    repository: "cloudnative-pg/plugin-barman-cloud",
    tag: "v0.14.0",
    files: [["barman-plugin", "manager", "/manager"]],
    user: "65532:65532",
    path: "/",
    entrypoint: ["/manager"],
    seconds: 15,
  },
  barmanSidecar: {
    name: "plugin-barman-cloud-sidecar",
    repository: "cloudnative-pg/plugin-barman-cloud-sidecar",
    tag: "v0.14.0",
    rootfs: "debian-barman",
    files: [["barman-plugin", "manager", "/manager"]],
    user: "26:26",
    path: binaryPath,
    entrypoint: ["/manager"],
    seconds: 25,
  },
} as const satisfies Record<string, Image>;

function certManagerImage(component: string): Image {
  return {
    name: `cert-manager-${component}`,
    repository: `jetstack/cert-manager-${component}`,
    tag: "v1.21.1",
    files: [["cert-manager", component, `/${component}`]],
    user: "1000",
    path: "/",
    entrypoint: [`/${component}`],
    seconds: 15,
  };
}

function prometheusOperatorImage(name: string, binary = name): Image {
  return {
    name,
    repository: `prometheus-operator/${name}`,
    tag: "v0.93.1",
    files: [["prometheus-operator", binary, `/bin/${binary}`]],
    user: "65534",
    path: binaryPath,
    entrypoint: [`/bin/${binary}`],
    seconds: 15,
  };
}
