import { poolerEncryption } from "../../../components/postgres/pooler/rules/encryption";
import { placed, specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { POOLER } from "../../engine/types";

const MODES = ["require", "verify-ca", "verify-full"];

export const poolerEncrypted = resourceRule({
  name: "pooler-encrypted",
  group: "security",
  description:
    "A Pooler accepts and opens connections only with TLS, and requires a secret of each client.",
  why: "By default it also accepts plain ones, regardless of the database's pg_hba, and opens database connections for all its clients.",
  remediation: "Set spec.pgbouncer.parameters.client_tls_sslmode: require.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pgbouncer.org/config.html#client_tls_sslmode",
  types: [POOLER],
  *check(pooler) {
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
