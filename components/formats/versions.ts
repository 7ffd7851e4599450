/**
 * Versions that work together according to their projects. Versions not listed here are not validated: an unknown pair may
 * be fine, a known bad one is refused.
 */

/** Minor versions, oldest and newest, both included: `"1.34"`. */
export interface MinorRange {
  readonly oldest: string;
  readonly newest: string;
}

/**
 * Versions of Kubernetes that each minor release of CloudNativePG is supported on or at least tested with.
 * Source: https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.1/docs/src/supported_releases.md
 */
const CLOUDNATIVE_PG_KUBERNETES: Readonly<Record<string, MinorRange>> = {
  "1.30": { oldest: "1.31", newest: "1.37" },
  "1.29": { oldest: "1.31", newest: "1.37" },
  "1.28": { oldest: "1.32", newest: "1.35" },
  "1.27": { oldest: "1.31", newest: "1.33" },
};

/** Source: https://cert-manager.io/docs/releases/ */
const CERT_MANAGER_KUBERNETES: Readonly<Record<string, MinorRange>> = {
  "1.21": { oldest: "1.33", newest: "1.36" },
};

/** Source: https://github.com/rook/rook/blob/v1.20.6/Documentation/Getting-Started/Prerequisites/prerequisites.md */
const ROOK_KUBERNETES: Readonly<Record<string, MinorRange>> = {
  "1.20": { oldest: "1.31", newest: "1.36" },
};

/** By the platform's name of the operator, then by the operator's minor version. */
export const SUPPORTED_KUBERNETES: Readonly<Record<string, Readonly<Record<string, MinorRange>>>> =
  {
    cloudNativePg: CLOUDNATIVE_PG_KUBERNETES,
    certManager: CERT_MANAGER_KUBERNETES,
    rookCephOperator: ROOK_KUBERNETES,
  };

/**
 * Majors of PostgreSQL that a minor release of CloudNativePG runs, oldest and newest.
 * Source: https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.1/docs/src/supported_releases.md
 */
export const SUPPORTED_POSTGRES: Readonly<Record<string, readonly [number, number]>> = {
  "1.30": [14, 18],
  "1.29": [14, 18],
};

/**
 * The operator's minor version in each minor version of its chart.
 * Source: https://github.com/cloudnative-pg/charts/releases
 */
export const CLOUDNATIVE_PG_OF_CHART: Readonly<Record<string, string>> = {
  "0.29": "1.30",
  "0.28": "1.29",
  "0.27": "1.28",
  "0.26": "1.27",
};

/** The oldest operator that the Barman Cloud plugin works with. Source: https://cloudnative-pg.io/plugin-barman-cloud/docs/intro */
export const OLDEST_OPERATOR_OF_BARMAN_PLUGIN = "1.26";

/** `1.34` of `v1.34.2+k3s1`; undefined for a text that is not a version. */
export function minorOf(version: string): string | undefined {
  return /^v?(\d+\.\d+)(?![\d])/.exec(version)?.[1];
}

/** Negative when `one` is older than `other`, both minor versions. */
export function compareMinors(one: string, other: string): number {
  const [majorOne = 0, minorOne = 0] = one.split(".").map(Number);
  const [majorOther = 0, minorOther = 0] = other.split(".").map(Number);
  return majorOne - majorOther || minorOne - minorOther;
}
