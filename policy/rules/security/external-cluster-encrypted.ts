import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

/** libpq's default: TLS only if the server supports it. */
const DEFAULT_MODE = "prefer";

export const externalClusterEncrypted = resourceRule({
  name: "external-cluster-encrypted",
  group: "security",
  description: "A Cluster connects to others with TLS.",
  why: "A copy of all data crosses the network, and so does the login of the role that may read it.",
  remediation: "Set spec.externalClusters[].connectionParameters.sslmode: verify-full.",
  severity: "high",
  level: "mandatory",
  link: "https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION",
  types: [CLUSTER],
  *check(cluster) {
    for (const external of specOf(cluster).at("externalClusters").items) {
      const parameters = external.at("connectionParameters");
      // Such a cluster is read only through its archive.
      if (!parameters.at("host").isSet && !parameters.at("hostaddr").isSet) continue;
      const mode = parameters.at("sslmode");
      if (["require", "verify-ca", "verify-full"].includes(mode.text ?? DEFAULT_MODE)) continue;
      yield at(
        mode,
        mode.isSet
          ? "allows a connection without TLS"
          : "defaults to prefer, which allows a connection without TLS",
        "Set it to verify-full, with sslRootCert",
      );
    }
  },
});
