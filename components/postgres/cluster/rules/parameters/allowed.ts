import { isOff, isOn } from "./boolean";
import { FIXED_PARAMETERS } from "./fixed";
import { rule } from "../../../../contract/rule";
import { propertyPath, type Refusal } from "../../../../contract/schema";
import { hasWeakCipher } from "../../../../formats/ciphers";

/** Parameters with values that no cluster with replicas may run with. */
const DANGEROUS: readonly (Refusal & { parameter: string; when: (value: string) => boolean })[] = [
  {
    parameter: "fsync",
    when: isOff,
    reason: "after a crash of the host the data directory could be damaged beyond recovery",
    remedy: "Remove it; to load data fast, use COPY and UNLOGGED tables",
  },
  {
    parameter: "full_page_writes",
    when: isOff,
    reason: "after a crash of the host half-written pages could not be repaired",
    remedy: "Remove it",
  },
  {
    parameter: "synchronous_commit",
    when: (value) => isOff(value) || value === "local",
    reason: "commits would no longer wait for a replica, and a failover could lose them",
    remedy:
      "Remove it and use SET LOCAL synchronous_commit in the transactions that may be lost, or set synchronous.method to off",
  },
  {
    parameter: "wal_log_hints",
    when: isOff,
    reason: "a former primary could not be rewound and would be cloned again after every failover",
    remedy: "Remove it",
  },
  {
    parameter: "wal_level",
    when: (value) => value !== "replica" && value !== "logical",
    reason: "must be at least `replica` for replicas and the archive",
    remedy: 'Remove it (the operator sets "logical") or use "replica"',
  },
  {
    parameter: "password_encryption",
    when: (value) => value !== "scram-sha-256",
    reason:
      "must be scram-sha-256, the only method here: passwords in another form cannot log in with it",
    remedy: "Remove it",
  },
  {
    parameter: "ssl_min_protocol_version",
    when: (value) => value !== "TLSv1.2" && value !== "TLSv1.3",
    reason: "older versions of TLS are insecure",
    remedy: 'Remove it (the operator sets "TLSv1.3") or use "TLSv1.2"',
  },
  ...["ssl_ciphers", "ssl_tls13_ciphers"].map((parameter) => ({
    parameter,
    when: hasWeakCipher,
    reason: "allows connections that are not encrypted, or not authenticated",
    remedy: "Remove it; PostgreSQL's default is secure",
  })),
  {
    parameter: "zero_damaged_pages",
    when: isOn,
    reason:
      "damaged pages would be emptied instead of reported, and checksums exist to report them",
    remedy: "Remove it",
  },
  {
    parameter: "ignore_checksum_failure",
    when: isOn,
    reason: "damaged pages would be served instead of reported",
    remedy: "Remove it",
  },
];

export const parametersAllowed = rule({
  name: "parameters-allowed",
  why: "Some parameters belong to the operator, and some give up what a replicated cluster is for.",
  *check({ parameters }: { parameters: Record<string, string> }) {
    for (const [parameter, value] of Object.entries(parameters)) {
      const refused = parameterRefusal(parameter, value.trim());
      if (refused) yield { path: propertyPath(["parameters", parameter]), value, ...refused };
    }
  },
});

function parameterRefusal(parameter: string, value: string): Refusal | undefined {
  if (!/^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)?$/.test(parameter)) {
    return {
      reason: "is not a valid name of a parameter, and would be in postgresql.conf as it is",
      remedy: "Use the name from PostgreSQL's documentation",
    };
  }
  if (/[\r\n\0]/.test(value)) {
    return {
      reason: "a line break would end the setting in postgresql.conf and begin another",
      remedy: "Write the value in one line",
    };
  }
  if (parameter.toLowerCase() === "shared_preload_libraries") {
    return {
      reason:
        "is what sharedPreloadLibraries sets, and the operator adds those whose parameters are set: pg_stat_statements, pgaudit, auto_explain and pg_failover_slots",
      remedy: "Remove it, and list the others in sharedPreloadLibraries",
    };
  }
  if (FIXED_PARAMETERS.has(parameter.toLowerCase())) {
    return {
      reason: "is set by the operator, which refuses any other value",
      remedy:
        parameter.toLowerCase().includes("archive") || parameter.toLowerCase().includes("restore")
          ? "Remove it; archiving and recovery are configured through the backup of the cluster"
          : "Remove it",
    };
  }
  const dangerous = DANGEROUS.find(
    (entry) => entry.parameter === parameter.toLowerCase() && entry.when(value),
  );
  if (dangerous || parameter === parameter.toLowerCase()) return dangerous;
  return {
    reason: `must be in lower case: PostgreSQL ignores case, so this and \`${parameter.toLowerCase()}\` would override each other`,
    remedy: `Write it as \`${parameter.toLowerCase()}\``,
  };
}
