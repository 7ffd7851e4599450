import type { ClusterSpecBootstrapInitdb } from "../../../crds/cloudnative-pg";
import type { WithInputs } from "../../../kubernetes/with-inputs";
import { parameterOf } from "../../../upstream/postgres/parameters";
import type { ClusterSpecPart } from "../../overrides/parts";
import { preloadedLibraries } from "../extensions/libraries";
import { extensionSettings } from "../extensions/volumes";
import { initdb } from "../initdb";
import type { ClusterValues } from "../values";
import type { CommonValues } from "../values-common";

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
export function partOf({ spec = {} }: Pick<CommonValues, "spec">): ClusterSpecPart {
  return spec;
}

/** The lines of postgresql.conf that SQL may depend on. */
export function serverSettings(values: CommonValues): string {
  const { parameters, version, extensionImages } = values;
  const libraries = preloadedLibraries(values);
  const own = Object.entries(parameters).filter(([name]) => decidesOnSql(name, version));
  return [
    ...(libraries.length > 0 ? [setting("shared_preload_libraries", libraries.join(","))] : []),
    ...extensionSettings(extensionImages).map(([name, value]) => setting(name, value)),
    // The operator's default, and not PostgreSQL's.
    setting("wal_level", parameters["wal_level"] ?? "logical"),
    ...own.map(([name, value]) => setting(name, value)),
  ].join("\n");
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
