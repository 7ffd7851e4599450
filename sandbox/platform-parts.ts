import { debianPart } from "./build/debian.ts";
import { goPart } from "./build/go.ts";
import type { Part } from "./build/part.ts";

/** Operators that are not needed by databases, built only on request. */
export const platformFamilies: readonly Part[] = [
  goPart({
    name: "prometheus",
    packages: ["prometheus", "promtool"].map(
      (name) => `github.com/prometheus/prometheus/cmd/${name}`,
    ),
    variables: { "github.com/prometheus/common/version.Version": "3.14.0" },
    // A cluster needs one of its discovery mechanisms, and none of the SDKs of twenty clouds.
    tags: ["remove_all_sd", "enable_kubernetes_sd"],
  }),
  goPart({
    name: "chaos-mesh",
    packages: ["github.com/chaos-mesh/chaos-mesh/cmd/chaos-controller-manager"],
  }),
  goPart({
    name: "sealed-secrets",
    packages: ["controller", "kubeseal"].map(
      (name) => `github.com/bitnami/sealed-secrets/cmd/${name}`,
    ),
    variables: { "main.VERSION": "0.40.0" },
  }),
  goPart({
    name: "prometheus-operator",
    packages: ["operator", "prometheus-config-reloader"].map(
      (name) => `github.com/prometheus-operator/prometheus-operator/cmd/${name}`,
    ),
    variables: { "github.com/prometheus/common/version.Version": "0.93.1" },
  }),
  goPart({
    name: "cert-manager",
    packages: ["controller", "webhook", "cainjector"].map((name) => `./cmd/${name}`),
    variables: { "github.com/cert-manager/cert-manager/pkg/util.AppVersion": "v1.21.1" },
  }),
  goPart({
    name: "barman-plugin",
    packages: ["github.com/cloudnative-pg/plugin-barman-cloud/cmd/manager"],
  }),
  debianPart({
    name: "debian-barman",
    packages: ["barman-cli-cloud", "python3-boto3", "ca-certificates"],
    seconds: 60,
  }),
];
