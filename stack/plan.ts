import type { ClusterCertificatesArgs, SourceParametersArgs } from "../components";
import type { Validated } from "../components/contract/contract";
import { STANDBY_PARAMETERS } from "../components/postgres/cluster/rules/parameters/source-capacity";
import { postgresCluster, type ClusterValues } from "../components/postgres/cluster/values";
import type { CommonValues } from "../components/postgres/cluster/values-common";
import { importedCluster } from "../components/postgres/import/values";
import { recoveryCluster } from "../components/postgres/recovery/values";
import { replicaCluster } from "../components/postgres/replica/values";
import { stackStore } from "./backups/backups";
import { byName } from "./by-name";
import { certifiedOf } from "./certificates/certificates";
import {
  clusterArgs,
  importArgs,
  recoveryArgs,
  replicaArgs,
  type Context,
  type SourceCluster,
} from "./databases/databases";
import { databaseOf, namespaceOf, type Declared } from "./declared";
import { imageOf, plannedImages } from "./images/images";
import type { SourceConfig } from "./databases/schema";
import type { StackConfig } from "./schema";
import { withTaken } from "./sources/like-source";
import { UNKNOWN } from "./unknown";

/** A stack before its deployment: each database with its defaults and violations, determined once. */
export class Plan {
  private readonly clusters = new Map<string, Validated<ClusterValues>>();
  private readonly copies = new Map<object, Validated<CommonValues>>();
  private readonly context: Context;

  constructor(readonly config: StackConfig) {
    const store = stackStore(config);
    this.context = {
      namespaces: byName(),
      stores: byName(
        Object.fromEntries(
          Object.keys(config.namespaces).flatMap((name) => (store ? [[name, store]] : [])),
        ),
      ),
      images: plannedImages(config),
      issued: byName(Object.fromEntries(certifiedOf(config).map(({ key }) => [key, ISSUED]))),
      sourceParameters: this.sourceParameters,
      sourceDatabase: this.sourceDatabase,
    };
  }

  /** Returns a database with its defaults, and everything that its component would refuse. */
  readonly database = (declared: Declared): Validated<CommonValues> => {
    const { kind, key, config } = declared;
    if (kind === "clusters") return this.cluster(key, config);
    const known = this.copies.get(config);
    if (known) return known;
    if (kind === "imports") {
      const args = importArgs(this.config, key, config, this.context);
      const imported = importedCluster.validate(key, args);
      this.copies.set(config, imported);
      return imported;
    }
    const from = this.sourceCluster(config.source);
    const validated =
      kind === "recoveries"
        ? recoveryCluster.validate(key, recoveryArgs(this.config, key, config, this.context, from))
        : replicaCluster.validate(key, replicaArgs(this.config, key, config, this.context, from));
    this.copies.set(config, validated);
    return validated;
  };

  /** Returns the parameters of a cluster of the stack that its copies must at least match. */
  readonly sourceParameters = (key: string): SourceParametersArgs | undefined => {
    const config = this.config.clusters[key];
    if (!config) return undefined;
    const { parameters } = this.cluster(key, config).values;
    return Object.fromEntries(STANDBY_PARAMETERS.map((name) => [name, parameters[name]]));
  };

  /** Returns the database that a cluster of the stack is created with, and its owner. */
  readonly sourceDatabase = (key: string): { name: string; owner: string } | undefined => {
    const config = this.config.clusters[key];
    return config && this.cluster(key, config).values.database;
  };

  /**
   * Returns a database with its defaults, and the store of the stack as its namespace uses it. Of an image that the stack
   * builds the defaults have a digest of noughts, in the place of which it gets the real one.
   */
  readonly dumped = (key: string, { stores, images }: Pick<Context, "stores" | "images">) => {
    const declared = databaseOf(this.config, key);
    if (!declared) throw new Error(`The stack declares no database ${key}.`);
    const store = stores[namespaceOf(this.config, declared)];
    const { values } = this.database(declared);
    const { image } = withTaken(this.config, declared.config);
    const built = typeof image === "object" ? imageOf(image, images) : undefined;
    return { values: { ...values, image: built ?? values.image }, store };
  };

  private cluster(key: string, config: StackConfig["clusters"][string]): Validated<ClusterValues> {
    const known = this.clusters.get(key);
    if (known) return known;
    const args = clusterArgs(this.config, key, config, this.context);
    const validated = postgresCluster.validate(key, args);
    this.clusters.set(key, validated);
    return validated;
  }

  private sourceCluster({ cluster: key }: SourceConfig): SourceCluster | undefined {
    const config = key === undefined ? undefined : this.config.clusters[key];
    if (key === undefined || !config) return undefined;
    const { values } = this.cluster(key, config);
    return {
      name: values.clusterName,
      hostRw: UNKNOWN,
      caSecretName: UNKNOWN,
      backupServerName: UNKNOWN,
      ...(config.replica?.enabled === true && { demotionToken: UNKNOWN }),
    };
  }
}

const ISSUED: ClusterCertificatesArgs = {
  serverTlsSecret: UNKNOWN,
  serverCaSecret: UNKNOWN,
  clientCaSecret: UNKNOWN,
  replicationTlsSecret: UNKNOWN,
};
