/** The source of the definitions of a project's kinds. */
export interface CrdSource {
  /** Name of the files made from it: `schemas/<name>.json`, `<name>.ts` and `definitions/<name>.ts`. */
  name: string;
  /** The Go module that carries the definitions. */
  module: string;
  /** Folder below `sandbox/toolchain/` whose go.mod pins the module: the version that the sandbox runs. */
  toolchain: string;
  /** Folder of the definitions inside the module. */
  folder: string;
  /** File name by kind, for kinds that this project declares or reads. */
  files: Record<string, string>;
  /** Properties of `spec` by kind that are kept as any object, or any objects in a list: they are large. */
  untyped?: Record<string, readonly string[]>;
  /** Folder of the definitions in the chart, for a component to install. */
  chartDefinitions?: string;
}

export const CRD_SOURCES: CrdSource[] = [
  {
    name: "cloudnative-pg",
    module: "github.com/cloudnative-pg/cloudnative-pg",
    toolchain: "cloudnative-pg",
    folder: "config/crd/bases",
    files: {
      Cluster: "postgresql.cnpg.io_clusters.yaml",
      Pooler: "postgresql.cnpg.io_poolers.yaml",
      Database: "postgresql.cnpg.io_databases.yaml",
      Backup: "postgresql.cnpg.io_backups.yaml",
      ScheduledBackup: "postgresql.cnpg.io_scheduledbackups.yaml",
      DatabaseRole: "postgresql.cnpg.io_databaseroles.yaml",
      ImageCatalog: "postgresql.cnpg.io_imagecatalogs.yaml",
      ClusterImageCatalog: "postgresql.cnpg.io_clusterimagecatalogs.yaml",
    },
  },
  {
    name: "barman-plugin",
    module: "github.com/cloudnative-pg/plugin-barman-cloud",
    toolchain: "barman-plugin",
    folder: "config/crd/bases",
    files: { ObjectStore: "barmancloud.cnpg.io_objectstores.yaml" },
  },
  {
    name: "cert-manager",
    module: "github.com/cert-manager/cert-manager",
    toolchain: "cert-manager",
    folder: "deploy/crds",
    files: {
      Certificate: "cert-manager.io_certificates.yaml",
      Issuer: "cert-manager.io_issuers.yaml",
      ClusterIssuer: "cert-manager.io_clusterissuers.yaml",
    },
    // Databases have certificates of a private authority, never of a public one.
    untyped: { Issuer: ["acme"], ClusterIssuer: ["acme"] },
  },
  {
    name: "chaos-mesh",
    module: "github.com/chaos-mesh/chaos-mesh",
    toolchain: "chaos-mesh",
    folder: "config/crd/bases",
    files: {
      PodChaos: "chaos-mesh.org_podchaos.yaml",
      NetworkChaos: "chaos-mesh.org_networkchaos.yaml",
      Schedule: "chaos-mesh.org_schedules.yaml",
      Workflow: "chaos-mesh.org_workflows.yaml",
    },
    untyped: {
      Schedule: [
        "awsChaos",
        "azureChaos",
        "blockChaos",
        "dnsChaos",
        "gcpChaos",
        "httpChaos",
        "jvmChaos",
        "kernelChaos",
        "physicalmachineChaos",
        "stressChaos",
        "timeChaos",
        "workflow",
      ],
      // A copy of all kinds in each step; the Schedule in it is the one above.
      Workflow: ["templates"],
    },
    chartDefinitions: "helm/chaos-mesh/crds",
  },
  {
    name: "prometheus-operator",
    module: "github.com/prometheus-operator/prometheus-operator",
    toolchain: "prometheus-operator",
    folder: "example/prometheus-operator-crd",
    files: {
      PodMonitor: "monitoring.coreos.com_podmonitors.yaml",
      PrometheusRule: "monitoring.coreos.com_prometheusrules.yaml",
    },
    chartDefinitions: "example/prometheus-operator-crd",
  },
  {
    name: "rook",
    module: "github.com/rook/rook",
    toolchain: "rook",
    folder: "deploy/examples",
    files: {
      CephCluster: "crds.yaml",
      CephBlockPool: "crds.yaml",
      CephFilesystem: "crds.yaml",
    },
  },
  {
    name: "sealed-secrets",
    module: "github.com/bitnami/sealed-secrets",
    toolchain: "sealed-secrets",
    folder: "helm/sealed-secrets/crds",
    files: { SealedSecret: "bitnami.com_sealedsecrets.yaml" },
    chartDefinitions: "helm/sealed-secrets/crds",
  },
];
