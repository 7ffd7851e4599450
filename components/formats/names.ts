import { z } from "zod";
import { parseBytes, parseCores } from "./quantity";
import { refusal } from "../contract/schema";

/**
 * A volume or memory size of at least `least`.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function size(least: string) {
  const leastBytes = parseBytes(least) ?? 0;
  return z
    .string()
    .refine((text) => parseBytes(text) !== undefined, {
      ...refusal({
        reason: "must have a unit: a bare number means bytes",
        remedy: `Write a number with a unit, such as "${least}" or "10Gi"`,
      }),
      abort: true,
    })
    .refine(
      (text) => (parseBytes(text) ?? 0) >= leastBytes,
      refusal({
        reason: `must be at least ${least}, the minimum that PostgreSQL can work with here`,
        remedy: `Use ${least} or more`,
      }),
    );
}

/** CPU in cores, `"2"`, `"0.5"` or `"500m"`, of at least 100m. */
export const cores = z
  .string()
  .refine((text) => parseCores(text) !== undefined, {
    ...refusal({
      reason: "is not a valid number of cores",
      remedy: 'Write cores such as "2" or thousandths of one such as "500m"',
    }),
    abort: true,
  })
  .refine(
    (text) => (parseCores(text) ?? 0) >= 0.1,
    refusal({
      reason: "with less than a tenth of a core the probes time out and the instance is restarted",
      remedy: 'Use "100m" or more',
    }),
  );

/** The name of a namespaced object that others refer to: a Secret, a StorageClass. */
export const objectName = z.string().refine(
  (text) =>
    text.length <= 253 &&
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text),
  refusal({
    reason: "is not a valid name of a Kubernetes object",
    remedy: "Use at most 253 lower-case letters, digits, dashes and dots",
  }),
);

/** A namespace, whose name is also part of host names. */
export const namespaceName = z.string().refine(
  (text) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text),
  refusal({
    reason: "is not a valid name of a Kubernetes namespace",
    remedy: "Use at most 63 lower-case letters, digits and dashes",
  }),
);

/**
 * A role or database. Narrower than PostgreSQL, which accepts any text in quotes: these names are also used in
 * connection strings and in names of Kubernetes objects.
 */
export const identifier = z.string().refine(
  (text) => /^[a-z]([a-z0-9_-]{0,61}[a-z0-9])?$/.test(text),
  refusal({
    reason: "needs quoting or escaping in SQL, URIs or object names",
    remedy:
      "Use at most 63 lower-case letters, digits, `_` and `-`, a letter first and no punctuation last",
  }),
);

/**
 * An existing role or database, whose name is given. In SQL the operator quotes it; in connection strings it does not, so
 * spaces, quotes and the like are excluded.
 */
export const existingName = z.string().refine(
  (text) => /^[\p{L}\p{N}_][\p{L}\p{N}_.@$-]*$/u.test(text) && Buffer.byteLength(text) <= 63,
  refusal({
    reason: "needs quoting, but the operator connects with the name unquoted",
    remedy:
      "Rename it in the source: at most 63 bytes of letters, digits, `_`, `-`, `.`, `@` and `$`, and only `_` of the punctuation first",
  }),
);

/** An extension's name, as in `CREATE EXTENSION`. */
export const extensionName = z.string().refine(
  (text) => /^[A-Za-z_][A-Za-z0-9_-]{0,62}$/.test(text),
  refusal({
    reason: "is not a valid name of an extension",
    remedy: "Use the name under which `pg_available_extensions` lists it",
  }),
);

/** A duration as Go and Pulumi write it. */
export const duration = z.string().refine(
  (text) => /^([1-9]\d*h)?([1-9]\d*m)?([1-9]\d*s)?$/.test(text) && text !== "",
  refusal({
    reason: "is not a valid duration",
    remedy: 'Write hours, minutes and seconds, such as "90m" or "1h30m"',
  }),
);
