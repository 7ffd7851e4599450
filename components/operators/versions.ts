/**
 * The only file with versions of charts and images. Each is overridable where it is used, for a mirror or an
 * air-gapped registry; raising one here is a release of this package.
 *
 * Each chart has the day on which it was released or, if that is not known, pinned; its images are of the same day. Images
 * by digest have the day of their build in their tag. `npm run versions` shows all of it.
 */

/** Helm chart of the CloudNativePG operator. Source: https://github.com/cloudnative-pg/charts/releases */
export const CLOUDNATIVE_PG_CHART = {
  chart: "cloudnative-pg",
  repository: "https://cloudnative-pg.github.io/charts",
  version: "0.29.1",
  released: "2026-09-23",
} as const;

/**
 * Image of the CloudNativePG operator, which is also the init container of every database and pooler pod.
 * Source: https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.1/pkg/versions/versions.go
 */
export const CLOUDNATIVE_PG_IMAGE = {
  repository: "ghcr.io/cloudnative-pg/cloudnative-pg",
  tag: "1.30.1",
} as const;

/**
 * PgBouncer of the version that CloudNativePG 1.30.1 was built with, because one malformed SCRAM packet from any client
 * crashes 1.25.1 (CVE-2026-6664). Tag and digest, so that no restart ever runs other bytes.
 * Source: https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.1/pkg/versions/versions.go; build and digest as
 * https://github.com/ydixken/pgcopydb-operator pulls them in its tests.
 */
export const PGBOUNCER_IMAGE =
  "ghcr.io/cloudnative-pg/pgbouncer:1.25.2-202609151159-trixie@sha256:218c1c9bd0c217dae3a6561b75446b7f5dde0ada55b73956659ee4b8a4bcc8ee";

/**
 * PostgreSQL by major version: every major that still gets fixes and that CloudNativePG 1.30 supports, in its newest minor,
 * `standard` (with pgAudit, pgvector and all locales; without the Barman tools, which the plugin replaces) on Debian 13.
 * Tag and digest, so that no restart ever runs other bytes.
 * Source: https://github.com/cloudnative-pg/artifacts/blob/main/image-catalogs/catalog-standard-trixie.yaml
 */
export const POSTGRES_IMAGES = {
  15: "ghcr.io/cloudnative-pg/postgresql:15.19-202608310817-standard-trixie@sha256:10c19625c4f43cd4f1cb04caf072a942853e10e510d96e9be656b3a7f0ad968a",
  16: "ghcr.io/cloudnative-pg/postgresql:16.15-202608310817-standard-trixie@sha256:6fedafdbf8b5b241e94c0307783a4875525141b98c4cbb8ec8a0b4134e9545d6",
  17: "ghcr.io/cloudnative-pg/postgresql:17.11-202608310816-standard-trixie@sha256:0eea5ac8c5e3043db94f4d512ffcfb9c06d6270a97f6d56e9f08e1571ef0484e",
  18: "ghcr.io/cloudnative-pg/postgresql:18.6-202608310817-standard-trixie@sha256:c2a773217853c6e0ffe7da9c37ea456466efb20cf844f27511a73fa6a81e3152",
} as const;

/** PostgreSQL for a new cluster: the newest major, as CloudNativePG 1.30 itself chooses. */
export const POSTGRES_IMAGE = POSTGRES_IMAGES[18];

/** Helm chart of cert-manager. Source: https://github.com/cert-manager/cert-manager/releases/tag/v1.21.1 */
export const CERT_MANAGER_CHART = {
  chart: "cert-manager",
  repository: "oci://quay.io/jetstack/charts",
  version: "v1.21.1",
  released: "2026-07-29",
} as const;

/**
 * Images of cert-manager, all of one version: also the solver's, which answers ACME challenges in other namespaces.
 * Source: https://github.com/cert-manager/cert-manager/blob/v1.21.1/deploy/charts/cert-manager/values.yaml
 */
export const CERT_MANAGER_IMAGES = {
  controller: { repository: "quay.io/jetstack/cert-manager-controller", tag: "v1.21.1" },
  webhook: { repository: "quay.io/jetstack/cert-manager-webhook", tag: "v1.21.1" },
  cainjector: { repository: "quay.io/jetstack/cert-manager-cainjector", tag: "v1.21.1" },
  acmesolver: { repository: "quay.io/jetstack/cert-manager-acmesolver", tag: "v1.21.1" },
  startupapicheck: { repository: "quay.io/jetstack/cert-manager-startupapicheck", tag: "v1.21.1" },
} as const;

/**
 * Helm chart of the Barman Cloud plugin.
 * Source: https://github.com/cloudnative-pg/charts/releases/tag/plugin-barman-cloud-v0.7.1
 */
export const BARMAN_CLOUD_CHART = {
  chart: "plugin-barman-cloud",
  repository: "https://cloudnative-pg.github.io/charts",
  version: "0.7.1",
  released: "2026-07-29",
} as const;

/**
 * Images of the Barman Cloud plugin: its server, and the sidecar that it puts into every database pod with backups. They
 * communicate with each other, and the chart has the definitions of exactly this version.
 * Source: https://github.com/cloudnative-pg/plugin-barman-cloud/blob/v0.14.0/manifest.yaml
 */
export const BARMAN_CLOUD_IMAGES = {
  plugin: { repository: "ghcr.io/cloudnative-pg/plugin-barman-cloud", tag: "v0.14.0" },
  sidecar: { repository: "ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar", tag: "v0.14.0" },
} as const;

/**
 * Helm chart of Sealed Secrets. Not 2.19.1: its 0.38.4 was an incomplete release, and 0.39.0 and 0.40.0 each closed a
 * way to make the controller decrypt values that it should not.
 * Source: https://github.com/bitnami/sealed-secrets/blob/main/RELEASE-NOTES.md
 */
export const SEALED_SECRETS_CHART = {
  chart: "sealed-secrets",
  repository: "https://bitnami.github.io/sealed-secrets",
  version: "2.20.0",
  pinned: "2026-11-21",
} as const;

/**
 * Image of the Sealed Secrets controller.
 * Source: https://github.com/bitnami/sealed-secrets/blob/main/helm/sealed-secrets/Chart.yaml
 */
export const SEALED_SECRETS_IMAGE = {
  repository: "docker.io/bitnami/sealed-secrets-controller",
  tag: "0.40.0",
} as const;

/** Helm chart of Chaos Mesh. Source: https://github.com/chaos-mesh/chaos-mesh/releases/tag/v2.8.3 */
export const CHAOS_MESH_CHART = {
  chart: "chaos-mesh",
  repository: "https://charts.chaos-mesh.org",
  version: "2.8.3",
  released: "2026-06-09",
} as const;

/**
 * Images of Chaos Mesh, and the one that an experiment gives a pod to make it fail: by default that is `pause:latest`.
 * Source: https://github.com/chaos-mesh/chaos-mesh/blob/v2.8.3/helm/chaos-mesh/values.yaml
 */
export const CHAOS_MESH_IMAGES = {
  controllerManager: { repository: "ghcr.io/chaos-mesh/chaos-mesh", tag: "v2.8.3" },
  daemon: { repository: "ghcr.io/chaos-mesh/chaos-daemon", tag: "v2.8.3" },
  dashboard: { repository: "ghcr.io/chaos-mesh/chaos-dashboard", tag: "v2.8.3" },
  dnsServer: { repository: "ghcr.io/chaos-mesh/chaos-coredns", tag: "v0.2.8" },
  pause: { repository: "registry.k8s.io/pause", tag: "3.10.1" },
} as const;

/**
 * Helm chart of the Prometheus stack.
 * Source: https://github.com/prometheus-community/helm-charts/releases/tag/kube-prometheus-stack-88.5.3
 */
export const PROMETHEUS_STACK_CHART = {
  chart: "kube-prometheus-stack",
  repository: "oci://ghcr.io/prometheus-community/charts",
  version: "88.5.3",
  released: "2026-08-21",
} as const;

/**
 * Images of the Prometheus stack, its subcharts' included. The operator starts Thanos only with a Prometheus that
 * requests it, but gets the image at its start.
 * Source: https://github.com/prometheus-community/helm-charts/blob/kube-prometheus-stack-88.5.3/charts/kube-prometheus-stack/values.yaml
 */
export const PROMETHEUS_STACK_IMAGES = {
  operator: { repository: "quay.io/prometheus-operator/prometheus-operator", tag: "v0.93.1" },
  configReloader: {
    repository: "quay.io/prometheus-operator/prometheus-config-reloader",
    tag: "v0.93.1",
  },
  prometheus: { repository: "quay.io/prometheus/prometheus", tag: "v3.14.0-distroless" },
  alertmanager: { repository: "quay.io/prometheus/alertmanager", tag: "v0.34.0" },
  thanos: { repository: "quay.io/thanos/thanos", tag: "v0.42.4" },
  webhookCertificates: { repository: "ghcr.io/jkroepke/kube-webhook-certgen", tag: "1.8.7" },
  grafana: { repository: "docker.io/grafana/grafana", tag: "13.2.0" },
  grafanaSidecar: { repository: "quay.io/kiwigrid/k8s-sidecar", tag: "2.10.1" },
  nodeExporter: { repository: "quay.io/prometheus/node-exporter", tag: "v1.12.1" },
  kubeStateMetrics: {
    repository: "registry.k8s.io/kube-state-metrics/kube-state-metrics",
    tag: "v2.20.0",
  },
} as const;

/** Helm chart of Traefik. Source: https://github.com/traefik/traefik-helm-chart/releases/tag/v41.6.1 */
export const TRAEFIK_CHART = {
  chart: "traefik",
  repository: "https://traefik.github.io/charts",
  version: "41.6.1",
  pinned: "2026-11-21",
} as const;

/**
 * Image of Traefik.
 * Source: https://github.com/traefik/traefik-helm-chart/blob/v41.6.1/traefik/Chart.yaml
 */
export const TRAEFIK_IMAGE = { repository: "docker.io/library/traefik", tag: "v3.7.13" } as const;

/**
 * Image of Node.js, in which the program of a PrimaryWatch runs. Tag and digest, so that no restart ever runs other bytes.
 * Source: https://hub.docker.com/_/node; the digest as public repositories pull it.
 */
export const NODE_IMAGE = {
  repository: "docker.io/library/node",
  tag: "24.19.0-alpine3.24",
  digest: "sha256:d32cdf619f63fe0471182d08996dd516c6275bb5fd31ae06e55a570bd9e1ad43",
  pinned: "2026-11-26",
} as const;

/** Helm chart of the Rook operator. Source: https://github.com/rook/rook/releases/tag/v1.20.6 */
export const ROOK_CEPH_CHART = {
  chart: "rook-ceph",
  repository: "https://charts.rook.io/release",
  version: "v1.20.6",
  released: "2026-08-20",
} as const;

/**
 * Helm chart of the CSI drivers that Rook 1.20 works with.
 * Source: https://github.com/rook/rook/blob/v1.20.6/Documentation/Helm-Charts/csi-drivers-chart.md
 */
export const CEPH_CSI_DRIVERS_CHART = {
  chart: "ceph-csi-drivers",
  repository: "https://ceph.github.io/ceph-csi-operator",
  version: "1.0.4",
  released: "2026-07-07",
} as const;

/**
 * Images of Rook, of the CSI operator that its chart installs, and of the drivers that this one starts.
 * Source: https://github.com/rook/rook/blob/v1.20.6/deploy/examples/images.txt
 */
export const ROOK_CEPH_IMAGES = {
  operator: { repository: "docker.io/rook/ceph", tag: "v1.20.6" },
  csiOperator: { repository: "quay.io/cephcsi/ceph-csi-operator", tag: "v1.0.4" },
  cephcsi: { repository: "quay.io/cephcsi/cephcsi", tag: "v3.17.0" },
  registrar: {
    repository: "registry.k8s.io/sig-storage/csi-node-driver-registrar",
    tag: "v2.17.0",
  },
  provisioner: { repository: "registry.k8s.io/sig-storage/csi-provisioner", tag: "v6.2.0" },
  snapshotter: { repository: "registry.k8s.io/sig-storage/csi-snapshotter", tag: "v8.5.0" },
  attacher: { repository: "registry.k8s.io/sig-storage/csi-attacher", tag: "v4.12.0" },
  resizer: { repository: "registry.k8s.io/sig-storage/csi-resizer", tag: "v2.1.0" },
  csiAddons: { repository: "quay.io/csiaddons/k8s-sidecar", tag: "v0.14.0" },
} as const;

/**
 * Ceph of the version that Rook 1.20.6 was tested with.
 * Source: https://github.com/rook/rook/blob/v1.20.6/deploy/examples/images.txt
 */
export const CEPH_IMAGE = "quay.io/ceph/ceph:v20.2.4";
