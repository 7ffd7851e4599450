import { z } from "zod";
import { refusal, type Fields } from "../../contract/schema";
import { externalName } from "../../formats/certificates";
import { isQualifiedName } from "../../formats/labels";
import { network } from "../../formats/ip-ranges";
import {
  ExposedInstances,
  ExposedServiceType,
  type ClusterExposedArgs,
  type PoolerExposedArgs,
} from "./args";

const loadBalancerClass = z.string().refine(
  isQualifiedName,
  refusal({
    reason: "is not a valid class of load balancers in Kubernetes",
    remedy: 'Use the name that the balancer documents, such as "service.k8s.aws/nlb"',
  }),
);

const suffix = z.string().refine(
  (text) => /^[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?$/.test(text),
  refusal({
    reason: "is not a valid end of the name of a Service",
    remedy: "Use at most 12 lower-case letters, digits and dashes",
  }),
);

const common = {
  sourceRanges: z.array(network).min(1),
  serviceType: z.enum(ExposedServiceType).optional(),
  port: z.int().min(1).max(65_535).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  loadBalancerClass: loadBalancerClass.optional(),
  externalNames: z.array(externalName).optional(),
  name: suffix.optional(),
} satisfies Fields<PoolerExposedArgs>;

/** The schema of what a pooler is exposed by. */
export const poolerExposedSchema = z.array(z.strictObject(common));

/** The schema of what a cluster is exposed by. */
export const clusterExposedSchema = z.array(
  z.strictObject({
    ...common,
    type: z.enum(ExposedInstances).optional(),
  } satisfies Fields<ClusterExposedArgs>),
);
