import { nearestOf } from "../../components/contract/nearest";
import { propertyPath } from "../../components/contract/schema";
import { under, type Violation } from "../../components/contract/violation";
import { secretLabelsFree } from "../../components/formats/labels";
import { objectName } from "../../components/formats/names";
import { sealedSecret } from "../../components/security/sealed-secret/values";
import type { StackConfig } from "../schema";
import { watchNamespace } from "../watch";
import { keysOf, KEYS_OF_TYPE, secretNamespaces, typeOf } from "./declared";
import type { SecretConfig } from "./schema";

/** Finds what is wrong with the declared Secrets themselves. */
export function secretViolations(stack: StackConfig): Violation[] {
  return Object.entries(stack.secrets).flatMap(([name, declared]) => [
    ...nameViolations(name),
    ...noSource(propertyPath(["secrets", name]), declared),
    ...under(propertyPath(["secrets", name]), [
      ...sourceViolations(declared),
      ...keyViolations(name, declared),
      ...typeViolations(declared),
      ...secretLabelsFree.check(declared),
      ...placeViolations(stack, declared),
      ...sealedViolations(stack, declared),
    ]),
  ]);
}

function nameViolations(name: string): Violation[] {
  if (objectName.safeParse(name).success) return [];
  return [
    {
      path: propertyPath(["secrets", name]),
      value: "[not shown]",
      reason: "is not a valid name of a Kubernetes object",
      remedy: "Use at most 253 lower-case letters, digits, dashes and dots",
    },
  ];
}

const SOURCES = ["data", "sealed", "external"] as const;

function noSource(path: string, declared: SecretConfig): Violation[] {
  if (SOURCES.some((source) => declared[source] !== undefined)) return [];
  return [
    {
      path,
      value: {},
      reason: "must have data, sealed or external: nothing says where the Secret comes from",
      remedy:
        "Set data with encrypted values, sealed, or external: true if something else makes it",
    },
  ];
}

function sourceViolations(declared: SecretConfig): Violation[] {
  const [first, second] = SOURCES.filter((source) => declared[source] !== undefined);
  if (first !== undefined && second !== undefined) {
    return [
      {
        path: second,
        value: "[not shown]",
        reason: `must not be set together with ${first}: the Secret has one source`,
        remedy: "Remove one of them",
      },
    ];
  }
  return (["type", "labels"] as const)
    .filter((argument) => declared.external && declared[argument] !== undefined)
    .map((argument) => ({
      path: argument,
      value: "[not shown]",
      reason: "has no effect on an external Secret, which something else makes",
      remedy: "Set it there, and remove it here",
    }));
}

function keyViolations(name: string, declared: SecretConfig): Violation[] {
  const { data, sealed } = declared;
  const field = data === undefined ? "sealed" : "data";
  const values = data ?? sealed;
  if (values === undefined) return [];
  if (Object.keys(values).length === 0) {
    return [{ path: field, value: {}, reason: "has no values", remedy: "Add at least one" }];
  }
  // The component validates keys and sealed values alike, whichever they are.
  const args = {
    namespace: "known-later",
    ...(data ? { data, certificate: LATER } : { encryptedData: values }),
  };
  return sealedSecret
    .validate(name, args)
    .violations.filter(({ path }) => /^(data|encryptedData)\W/.test(path))
    .map((violation) => ({
      ...violation,
      path: violation.path.replace(/^(data|encryptedData)/, field),
      // A stack seals nothing itself.
      remedy: violation.remedy.replace(/^Set `data` and `certificate`.* or use/, "Use"),
    }));
}

/** Not needed to validate keys. */
const LATER = new Promise<never>(() => undefined);

function typeViolations(declared: SecretConfig): Violation[] {
  const keys = keysOf(declared);
  const { type } = declared;
  if (keys === undefined || type === undefined) return [];
  const missing = (KEYS_OF_TYPE[typeOf(declared)] ?? []).filter((key) => !keys.includes(key));
  if (missing.length === 0) return [];
  return [
    {
      path: "type",
      value: type,
      reason: `needs the ${missing.length > 1 ? "keys" : "key"} ${missing.join(" and ")}, which the Secret does not have`,
      remedy: "Add them, or leave the type out",
    },
  ];
}

function placeViolations(stack: StackConfig, { namespaces = [] }: SecretConfig): Violation[] {
  return namespaces.flatMap((namespace, index) => {
    const path = `namespaces[${index}]`;
    if (namespaces.indexOf(namespace) < index) {
      return [
        { path, value: namespace, reason: "must not be named twice", remedy: "Remove it here" },
      ];
    }
    const known = [
      ...Object.keys(stack.namespaces),
      ...(stack.watch ? [watchNamespace(stack.watch)] : []),
    ];
    if (known.includes(namespace)) return [];
    const nearest = nearestOf(namespace, known);
    return [
      {
        path,
        value: namespace,
        reason: `must be a namespace of the stack's databases${stack.watch ? ", or that of its watch" : ""}`,
        remedy:
          nearest === undefined ? `Use one of ${known.join(", ")}` : `Did you mean ${nearest}?`,
      },
    ];
  });
}

function sealedViolations(stack: StackConfig, declared: SecretConfig): Violation[] {
  const { sealed, scope = "strict" } = declared;
  if (!sealed) {
    return declared.scope === undefined
      ? []
      : [
          {
            path: "scope",
            value: "[not shown]",
            reason: "has no effect without sealed values",
            remedy: "Remove it",
          },
        ];
  }
  const places = secretNamespaces(stack, declared);
  return [
    ...(stack.platform.sealedSecrets
      ? []
      : [
          {
            path: "sealed",
            value: "[not shown]",
            reason: "needs the Sealed Secrets controller, which the platform does not have",
            remedy:
              "Add sealedSecrets: {} to platform, with install: false if it is already installed",
          },
        ]),
    ...(places.length > 1 && scope !== "cluster-wide"
      ? [
          {
            path: "namespaces",
            value: "[not shown]",
            reason: `must be a single one: values that are sealed ${scope === "strict" ? "for one name and namespace" : "for one namespace"} are opened nowhere else`,
            remedy: "Seal it again for each, as another Secret, or with the scope cluster-wide",
          },
        ]
      : []),
  ];
}
