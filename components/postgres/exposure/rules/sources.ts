import { annotationsFree } from "../../../formats/annotations";
import { areUnrestricted, rangeOf } from "../../../formats/ip-ranges";
import { rule } from "../../../contract/rule";
import { propertyPath } from "../../../contract/schema";
import { under, type Violation } from "../../../contract/violation";
import type { PoolerExposedArgs } from "../args";

export const exposedSourceRanges = rule({
  name: "exposed-source-ranges",
  why: "A database that is open to the Internet is attacked from the first hour.",
  *check({ exposed }: { exposed: PoolerExposedArgs[] }) {
    yield* exposed.flatMap(({ sourceRanges }, index): Violation[] => {
      const path = `exposed[${index}].sourceRanges`;
      const crooked = sourceRanges.flatMap((text, at) =>
        isWhole(text)
          ? []
          : [
              {
                path: `${path}[${at}]`,
                value: text,
                reason:
                  "has an address inside of the network and not its first one, so that it is unclear which is meant",
                remedy:
                  "Write the first address of the network, or the full length for a single one",
              },
            ],
      );
      if (crooked.length > 0) return crooked;
      return areUnrestricted(sourceRanges.flatMap((text) => rangeOf(text) ?? []))
        ? [
            {
              path,
              value: sourceRanges,
              reason: "hold an eighth of all addresses or more, and keep nobody out",
              remedy: "Set them to the networks of your clients",
            },
          ]
        : [];
    });
  },
});

/** Whether the address of a network is its first one. */
function isWhole(text: string): boolean {
  const [address = ""] = text.split("/");
  return rangeOf(text)?.first === rangeOf(address)?.first;
}

export const exposedNetworkPolicy = rule({
  name: "exposed-network-policy",
  why: "Node ports go past the load balancer, and only a NetworkPolicy keeps out who connects to them.",
  *check({
    exposed,
    networkPolicy,
  }: {
    exposed: PoolerExposedArgs[];
    networkPolicy: { enabled: boolean };
  }) {
    if (exposed.length === 0 || networkPolicy.enabled) return;
    yield {
      path: "networkPolicy.enabled",
      value: false,
      reason:
        "leaves nothing that holds connections past the load balancer to the sourceRanges of `exposed`",
      remedy: "Remove it: policies of your own add to this one",
    };
  },
});

/** Annotations that say what arguments say. */
const SET_BY: Readonly<Record<string, string>> = {
  "service.beta.kubernetes.io/load-balancer-source-ranges": "sourceRanges",
};

export const exposedAnnotations = rule({
  name: "exposed-annotations",
  why: "The operator and Pulumi act on annotations of their own, and what is said twice is wrong once.",
  *check({ exposed }: { exposed: PoolerExposedArgs[] }) {
    yield* exposed.flatMap(({ annotations = {} }, index) => [
      ...under(`exposed[${index}]`, annotationsFree.check({ annotations })),
      ...Object.entries(annotations).flatMap(([key, value]) => {
        const argument = SET_BY[key];
        return argument === undefined
          ? []
          : [
              {
                path: propertyPath(["exposed", index, "annotations", key]),
                value,
                reason: `is what ${argument} sets, and the two would contradict each other`,
                remedy: `Remove it, and set ${argument} instead`,
              },
            ];
      }),
    ]);
  },
});
