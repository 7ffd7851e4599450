import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ExposedServiceType, type ExposedEndpoint, type PoolerExposedArgs } from "./args";
import { exposedServiceSpec } from "./spec";

type ServiceStatus = k8s.types.output.core.v1.ServiceStatus;

/** What a Service exposes, and what it is called. */
export interface Exposure {
  exposed: PoolerExposedArgs;
  /** The end of the resource's name, after that of its component. */
  suffix: string;
  metadata: { name: string; namespace: pulumi.Input<string>; labels: Record<string, string> };
  selector: Record<string, string>;
}

/**
 * Creates the Services, once there is something behind them. Undefined without any. A deployment waits until each has its
 * address.
 */
export function createExposed(
  parent: pulumi.Resource,
  name: string,
  exposures: readonly Exposure[],
  dependsOn: pulumi.Resource[],
): pulumi.Output<ExposedEndpoint[]> | undefined {
  if (exposures.length === 0) return undefined;
  return pulumi.all(
    exposures.map(({ exposed, suffix, metadata, selector }) => {
      const service = new k8s.core.v1.Service(
        `${name}-${suffix}`,
        {
          metadata: {
            ...metadata,
            ...(exposed.annotations && { annotations: exposed.annotations }),
          },
          spec: exposedServiceSpec(exposed, selector),
        },
        {
          parent,
          dependsOn,
          // Kubernetes allows no other for the same Service, and two Services cannot have the same name.
          replaceOnChanges: ["spec.loadBalancerClass"],
          deleteBeforeReplace: true,
          customTimeouts: { create: "10m", update: "10m" },
        },
      );
      return endpoint(exposed, metadata.name, service);
    }),
  );
}

function endpoint(
  { serviceType, externalNames = [] }: PoolerExposedArgs,
  name: string,
  { spec, status }: k8s.core.v1.Service,
): pulumi.Output<ExposedEndpoint> {
  return pulumi
    .all([spec, status as pulumi.Output<Partial<ServiceStatus> | undefined>])
    .apply(([{ ports }, now]) => {
      const [port] = ports;
      const onNodes = serviceType === ExposedServiceType.NodePort;
      return {
        service: name,
        port: (onNodes ? port?.nodePort : port?.port) ?? 0,
        addresses: (now?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname),
        externalNames,
      };
    });
}
