import { specOf } from "../../cluster";
import { at, resourceRule } from "../../rule";
import { POOLER } from "../../types";

const MODES = ["require", "verify-ca", "verify-full"];

export const poolerEncrypted = resourceRule({
  name: "pooler-encrypted",
  group: "security",
  description: "A Pooler takes no connection without TLS.",
  why: "Its default also takes plain ones, whatever pg_hba says behind it.",
  remediation: "Set spec.pgbouncer.parameters.client_tls_sslmode: require.",
  severity: "medium",
  level: "advisory",
  link: "https://www.pgbouncer.org/config.html#client_tls_sslmode",
  types: [POOLER],
  *judge(pooler) {
    const mode = specOf(pooler).at("pgbouncer", "parameters", "client_tls_sslmode");
    if (MODES.includes(mode.text ?? "")) return;
    yield at(mode, "clients may connect without TLS", "Set it to require");
  },
});
