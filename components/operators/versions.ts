/**
 * The one place where a chart or image version is written. Each is overridable where it is used, for a mirror or an
 * air-gapped registry; raising one here is a release of this package.
 */

/** Helm chart of the CloudNativePG operator. Source: https://github.com/cloudnative-pg/charts/releases */
export const CLOUDNATIVE_PG_CHART = {
  chart: "cloudnative-pg",
  repository: "https://cloudnative-pg.github.io/charts",
  version: "0.29.0",
} as const;

/**
 * Image of the CloudNativePG operator, which is also the init container of every database and pooler pod.
 * Source: https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.0/pkg/versions/versions.go
 */
export const CLOUDNATIVE_PG_IMAGE = {
  repository: "ghcr.io/cloudnative-pg/cloudnative-pg",
  tag: "1.30.0",
} as const;

/**
 * PgBouncer of the version that the operator was built with.
 * Source: https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.0/pkg/versions/versions.go
 */
export const PGBOUNCER_IMAGE = "ghcr.io/cloudnative-pg/pgbouncer:1.25.1";

/**
 * PostgreSQL by major version: every major that CloudNativePG 1.30 supports, in its newest minor as of 2026-08-31,
 * `standard` (with pgAudit, pgvector and all locales; without the Barman tools, which the plugin replaces) on Debian 13.
 * Tag and digest, so that no restart ever runs other bytes.
 * Source: https://github.com/cloudnative-pg/artifacts/blob/main/image-catalogs/catalog-standard-trixie.yaml
 */
export const POSTGRES_IMAGES = {
  14: "ghcr.io/cloudnative-pg/postgresql:14.24-202608310817-standard-trixie@sha256:19fdf3596c337c9ae3725dbcec345e85f64e3097b1e0e375575bc6d53c3e4497",
  15: "ghcr.io/cloudnative-pg/postgresql:15.19-202608310817-standard-trixie@sha256:10c19625c4f43cd4f1cb04caf072a942853e10e510d96e9be656b3a7f0ad968a",
  16: "ghcr.io/cloudnative-pg/postgresql:16.15-202608310817-standard-trixie@sha256:6fedafdbf8b5b241e94c0307783a4875525141b98c4cbb8ec8a0b4134e9545d6",
  17: "ghcr.io/cloudnative-pg/postgresql:17.11-202608310816-standard-trixie@sha256:0eea5ac8c5e3043db94f4d512ffcfb9c06d6270a97f6d56e9f08e1571ef0484e",
  18: "ghcr.io/cloudnative-pg/postgresql:18.6-202608310817-standard-trixie@sha256:c2a773217853c6e0ffe7da9c37ea456466efb20cf844f27511a73fa6a81e3152",
} as const;

/** PostgreSQL for a new cluster: the newest major, as CloudNativePG 1.30 itself chooses. */
export const POSTGRES_IMAGE = POSTGRES_IMAGES[18];
