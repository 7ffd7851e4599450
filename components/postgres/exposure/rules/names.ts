import { rule } from "../../../contract/rule";
import type { Violation } from "../../../contract/violation";
import { SERVICE_SUFFIXES } from "../../../upstream/cloudnative-pg";
import { ExposedInstances, ExposedServiceType, type ClusterExposedArgs } from "../args";

/** The end of the name of a cluster's exposed Service, which its resource has, too. */
export function clusterExposureName({ name, type }: ClusterExposedArgs): string {
  return name ?? `exposed-${type ?? ExposedInstances.ReadWrite}`;
}

/** The same of a pooler. */
export function poolerExposureName({ name = "exposed" }: { name?: string }): string {
  return name;
}

/** The operator's own, and the longest name of a Service. */
const TAKEN: readonly string[] = [...SERVICE_SUFFIXES, "any"];
const LONGEST = 63;

export const clusterExposedNames = rule({
  name: "cluster-exposed-names",
  why: "Two Services of one name would be one, that both write.",
  *check({
    clusterName,
    exposed,
    poolers,
  }: {
    clusterName: string;
    exposed: ClusterExposedArgs[];
    poolers: string[];
  }) {
    yield* nameViolations(clusterName, exposed, clusterExposureName);
    yield* exposed.flatMap((one, index) => {
      const suffix = clusterExposureName(one);
      const at = { path: `exposed[${index}].name`, value: one.name };
      if (TAKEN.includes(suffix)) {
        return [
          {
            ...at,
            reason: `is the end of a Service of CloudNativePG's own, ${clusterName}-${suffix}`,
            remedy: "Use another name, or none",
          },
        ];
      }
      return poolers.includes(`${clusterName}-${suffix}`)
        ? [
            {
              ...at,
              reason: `makes a Service ${clusterName}-${suffix}, and a pooler has that name`,
              remedy: "Set another name",
            },
          ]
        : [];
    });
  },
});

export const poolerExposedNames = rule({
  name: "pooler-exposed-names",
  why: "Two Services of one name would be one, that both write.",
  *check({ poolerName, exposed }: { poolerName: string; exposed: ClusterExposedArgs[] }) {
    yield* nameViolations(poolerName, exposed, poolerExposureName);
  },
});

function nameViolations(
  owner: string,
  exposed: ClusterExposedArgs[],
  suffixOf: (one: ClusterExposedArgs) => string,
): Violation[] {
  const suffixes = exposed.map(suffixOf);
  return exposed.flatMap(({ name }, index) => {
    const suffix = suffixes[index] ?? "";
    const at = { path: `exposed[${index}].name`, value: name };
    const first = suffixes.indexOf(suffix);
    const length = owner.length + 1 + suffix.length;
    if (first < index) {
      return [
        {
          ...at,
          reason: `makes a Service ${owner}-${suffix}, as exposed[${first}] does`,
          remedy: "Set another name for one of the two",
        },
      ];
    }
    return length > LONGEST
      ? [
          {
            ...at,
            reason: `makes the name of a Service of ${length} characters, and the most are ${LONGEST}`,
            remedy: "Set a shorter one",
          },
        ]
      : [];
  });
}

export const exposedExternalNames = rule({
  name: "exposed-external-names",
  why: "A name leads to one address: with two of them clients come to either.",
  *check({ exposed }: { exposed: ClusterExposedArgs[] }) {
    const balanced = exposed.flatMap(({ serviceType, externalNames = [] }, index) =>
      serviceType === ExposedServiceType.NodePort
        ? []
        : externalNames.map((name, at) => ({
            name,
            index,
            path: `exposed[${index}].externalNames[${at}]`,
          })),
    );
    yield* balanced.flatMap(({ name, index, path }) => {
      const first = balanced.find((other) => other.name.toLowerCase() === name.toLowerCase());
      return first === undefined || first.index === index
        ? []
        : [
            {
              path,
              value: name,
              reason: `is a name of exposed[${first.index}] already, which has another address`,
              remedy: "Use another name for one of the two",
            },
          ];
    });
  },
});
