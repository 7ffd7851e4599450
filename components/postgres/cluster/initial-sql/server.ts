import * as pulumi from "@pulumi/pulumi";
import type { ClusterSpecBootstrapInitdb } from "../../../crds/cloudnative-pg";
import type { WithInputs } from "../../../kubernetes/with-inputs";
import { parameterOf } from "../../../upstream/postgres/parameters";
import type { ClusterSpecPart } from "../../overrides/parts";
import { initdb } from "../initdb";
import type { ClusterValues } from "../values";

/** The options that the operator gives to initdb. */
export function initdbOptions(values: ClusterValues): string[] {
  const bootstrap: WithInputs<ClusterSpecBootstrapInitdb> = initdb(values);
  const { dataChecksums, encoding, localeCollate, localeCType } = bootstrap;
  const { localeProvider, icuLocale, builtinLocale } = bootstrap;
  const given = {
    encoding,
    "lc-collate": localeCollate,
    "lc-ctype": localeCType,
    "locale-provider": localeProvider,
    "icu-locale": icuLocale,
    "builtin-locale": builtinLocale,
  };
  return [
    ...(dataChecksums === true ? ["--data-checksums"] : []),
    ...Object.entries(given).flatMap(([name, value]) =>
      typeof value === "string" ? [`--${name}=${value}`] : [],
    ),
  ];
}

/** The part of the Cluster that comes from the argument `spec`. */
export function partOf({ spec = {} }: Pick<ClusterValues, "spec">): ClusterSpecPart {
  return spec;
}

/** Libraries that the operator loads as soon as one of their parameters is set. */
const LOADED_BY_PARAMETERS = ["auto_explain", "pg_failover_slots", "pg_stat_statements", "pgaudit"];

/** The lines of postgresql.conf that SQL may depend on. */
export function serverSettings(values: ClusterValues): pulumi.Output<string> {
  const { parameters } = values;
  const own = Object.entries(parameters).filter(([name]) => decidesOnSql(name, values.version));
  const managed = LOADED_BY_PARAMETERS.filter((library) =>
    own.some(([name]) => name.startsWith(`${library}.`)),
  );
  return pulumi.output(partOf(values).postgresql?.shared_preload_libraries ?? []).apply((given) => {
    const libraries = [...new Set([...given, ...managed])];
    return [
      ...(libraries.length > 0 ? [setting("shared_preload_libraries", libraries.join(","))] : []),
      // The operator's default, and not PostgreSQL's.
      setting("wal_level", parameters["wal_level"] ?? "logical"),
      ...own.map(([name, value]) => setting(name, value)),
    ].join("\n");
  });
}

/**
 * Parameters of extensions, and what a session can set, but for numbers, which are sizes, costs and times of the real
 * server, and for what it records.
 */
function decidesOnSql(name: string, version: number): boolean {
  if (name.includes(".")) return true;
  if (/^(log|track)_/.test(name)) return false;
  const { context = "", type = "" } = parameterOf(name, version) ?? {};
  return ["user", "superuser"].includes(context) && ["string", "enum", "bool"].includes(type);
}

function setting(name: string, value: string): string {
  return `${name} = '${value.replaceAll("'", "''")}'`;
}
