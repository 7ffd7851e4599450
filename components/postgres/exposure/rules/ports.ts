import { rule } from "../../../contract/rule";
import { ExposedServiceType, type PoolerExposedArgs } from "../args";

/** What Kubernetes gives to Services unless it is configured otherwise. */
const LOWEST = 30_000;
const HIGHEST = 32_767;

export const exposedPorts = rule({
  name: "exposed-ports",
  why: "A node has each port once, and Kubernetes gives Services only some of them.",
  *check({ exposed }: { exposed: PoolerExposedArgs[] }) {
    const onNodes = exposed.flatMap(({ serviceType, port }, index) =>
      serviceType === ExposedServiceType.NodePort && port !== undefined ? [{ port, index }] : [],
    );
    yield* onNodes.flatMap(({ port, index }) => {
      const found = { path: `exposed[${index}].port`, value: port };
      if (port < LOWEST || port > HIGHEST) {
        return [
          {
            ...found,
            reason: `is not a port that Kubernetes opens on nodes, which are ${LOWEST} to ${HIGHEST}`,
            remedy: "Use one of these; or none, and Kubernetes chooses one",
          },
        ];
      }
      const first = onNodes.find((other) => other.port === port);
      return first === undefined || first.index === index
        ? []
        : [
            {
              ...found,
              reason: `is already the port of exposed[${first.index}] on every node`,
              remedy: "Use another one",
            },
          ];
    });
  },
});

export const exposedBalancer = rule({
  name: "exposed-balancer",
  why: "Kubernetes refuses the class of a load balancer where there is none.",
  *check({ exposed }: { exposed: PoolerExposedArgs[] }) {
    yield* exposed.flatMap(({ serviceType, loadBalancerClass }, index) =>
      serviceType === ExposedServiceType.NodePort && loadBalancerClass !== undefined
        ? [
            {
              path: `exposed[${index}].loadBalancerClass`,
              value: loadBalancerClass,
              reason: "needs a load balancer, and a NodePort has none",
              remedy: "Remove it, or set serviceType: LoadBalancer",
            },
          ]
        : [],
    );
  },
});
