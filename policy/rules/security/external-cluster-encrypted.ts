import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

/** What libpq takes where nothing is said: TLS if the server happens to have it. */
const DEFAULT_MODE = "prefer";

export const externalClusterEncrypted = resourceRule({
  name: "external-cluster-encrypted",
  group: "security",
  description: "A Cluster connects to others by TLS.",
  why: "A copy of all data crosses the network, and so does the login of the role that may read it.",
  remediation: "Set spec.externalClusters[].connectionParameters.sslmode: verify-full.",
  severity: "high",
  level: "mandatory",
  link: "https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION",
  types: [CLUSTER],
  *judge(cluster) {
    for (const external of specOf(cluster).at("externalClusters").items) {
      const parameters = external.at("connectionParameters");
      // One that is reached through its archive alone.
      if (!parameters.at("host").isSet && !parameters.at("hostaddr").isSet) continue;
      const mode = parameters.at("sslmode");
      if (["require", "verify-ca", "verify-full"].includes(mode.text ?? DEFAULT_MODE)) continue;
      yield at(
        mode,
        mode.isSet
          ? "the connection may be without TLS"
          : "it is prefer where nothing is said, and the connection may be without TLS",
        "Set it to verify-full, with sslRootCert",
      );
    }
  },
});
