/** When a generated password is replaced by another one. */
export interface PasswordRotationArgs {
  /**
   * Number of the generated password, from 1. A change generates another one, which applies within seconds: open
   * connections go on, and poolers accept it at once. Applications need the new content of the Secret for their next
   * connection.
   *
   * @default 1
   */
  passwordVersion?: number;
  /**
   * Age at which `pulumi up` generates another password, in days (`90d`) or weeks (`12w`). In the last tenth of it every
   * run warns. The age counts from the deployment that first has this argument, or from the last `passwordVersion`. A shorter
   * age, a longer one or none counts from there, too: after the first replacement it generates another password at once.
   *
   * @default - none: the password stays until `passwordVersion` changes
   */
  passwordMaxAge?: string;
}
