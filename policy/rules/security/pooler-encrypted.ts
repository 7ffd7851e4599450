import { poolerEncryption } from "../../../components/postgres/pooler/rules/encryption";
import { placed, specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { POOLER } from "../../engine/types";

const MODES = ["require", "verify-ca", "verify-full"];

export const poolerEncrypted = resourceRule({
  name: "pooler-encrypted",
  group: "security",
  description:
    "A Pooler takes and opens no connection without TLS, and asks everybody for a secret.",
  why: "Its default also takes plain ones, whatever pg_hba says behind it, and it connects to the database for whomever it lets in.",
  remediation: "Set spec.pgbouncer.parameters.client_tls_sslmode: require.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pgbouncer.org/config.html#client_tls_sslmode",
  types: [POOLER],
  *judge(pooler) {
    const declared = specOf(pooler).at("pgbouncer", "parameters");
    const mode = declared.at("client_tls_sslmode");
    const found = placed(poolerEncryption.check({ parameters: declared.texts }), {
      parameters: declared.path,
    });
    yield* found;
    if (found.some(({ path }) => path === mode.path)) return;
    if (MODES.includes((mode.text ?? "").trim().toLowerCase())) return;
    yield at(mode, "clients may connect without TLS", "Set it to require");
  },
});
