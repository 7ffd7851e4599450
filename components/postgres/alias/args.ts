import type * as pulumi from "@pulumi/pulumi";
import type { PoolerCredentials } from "../pooler/args";

/** Arguments of DatabaseAlias. */
export interface DatabaseAliasArgs {
  /**
   * Namespace of the clusters that it leads to, one after the other: a Service leads only to pods of its own namespace. **A
   * change replaces everything.**
   */
  namespace: pulumi.Input<string>;
  /**
   * Name of the cluster that clients reach: `cluster.name`. A change updates the Services in place, so that new connections
   * lead to the other cluster at once. **Open connections stay where they are** until they end, or until the cluster that they
   * are at is fenced or deleted.
   *
   * For `sslmode=verify-full` the server's certificate of each of the clusters has to have the names of the Services. In a stack
   * they have; elsewhere name the Services in `additionalServices` of ClusterCertificates.
   */
  cluster: pulumi.Input<string>;
  /**
   * Login of the cluster's owner, `cluster.credentials`, for the Secret `<alias>-app`. It has the keys of the cluster's own
   * Secret, with the host of the alias.
   *
   * @default - no Secret is created
   */
  credentials?: pulumi.Input<PoolerCredentials>;
  /**
   * What the names of the Services and of the Secret begin with: `<this>-rw`, `<this>-ro`, `<this>-r` and `<this>-app`. At most
   * 50 characters. **A change replaces them.**
   *
   * @default - the name of the component
   */
  aliasName?: string;
  /**
   * Labels for all objects.
   *
   * @default - only the recommended ones
   */
  labels?: Record<string, string>;
}
