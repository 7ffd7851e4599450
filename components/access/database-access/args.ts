import type * as pulumi from "@pulumi/pulumi";

/** Whom a Role is for, as in Kubernetes. */
export const AccessSubjectKind = {
  /** A group of users, as the API server's login names it. */
  Group: "Group",
  /** One user, by the same. */
  User: "User",
  /** An account of programs in the Kubernetes cluster. */
  ServiceAccount: "ServiceAccount",
} as const;
/** Whom a Role is for, as in Kubernetes. */
export type AccessSubjectKind = (typeof AccessSubjectKind)[keyof typeof AccessSubjectKind];

/** A subject of a RoleBinding. */
export interface AccessSubjectArgs {
  /** What it is. */
  kind: AccessSubjectKind;
  /** Its name. Groups and users are named by whatever the API server authenticates them with. */
  name: string;
  /**
   * Namespace of a service account; groups and users have none.
   *
   * @default - none
   */
  namespace?: string;
}

/** Arguments of DatabaseAccess: a namespace, and at least one list. */
export interface DatabaseAccessArgs {
  /** Namespace of the databases, to which all rights are limited. **A change replaces everything.** */
  namespace: pulumi.Input<string>;
  /**
   * Those who may do everything with the objects of CloudNativePG and of the Barman Cloud plugin, delete clusters
   * included, and read the Secrets that `secrets` names.
   *
   * @default - none
   */
  admins?: AccessSubjectArgs[];
  /**
   * Those who may keep databases running: see everything that viewers do, the logs and the status of each instance; make
   * backups; restart, promote and reload (`kubectl cnpg`). They delete no cluster and read no Secret by themselves; yet whoever
   * changes a cluster can have it mount any Secret of the namespace.
   *
   * @default - none
   */
  operators?: AccessSubjectArgs[];
  /**
   * Those who may see the state of clusters, poolers, backups and their pods, and no Secret, log or data.
   *
   * @default - none
   */
  viewers?: AccessSubjectArgs[];
  /**
   * Names of the Secrets that admins may read, such as `cluster.ownerSecretName`. They need not exist.
   *
   * @default - none
   */
  secrets?: pulumi.Input<string>[];
  /**
   * What the names of the Roles and RoleBindings begin with: `<this>-admins`. **A change replaces them.**
   *
   * @default - the name of the component
   */
  accessName?: string;
}
