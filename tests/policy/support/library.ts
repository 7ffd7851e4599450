import * as proxy from "@pulumi/policy/proxy";

/** What the library keeps to itself: how it hands properties to a policy, and what it puts for what is not known yet. */
interface Proxies {
  unknownCheckingProxy: (properties: unknown) => unknown;
  unknownStringValue: string;
  UnknownValueError: new () => Error;
}

export const { unknownCheckingProxy, unknownStringValue, UnknownValueError } =
  proxy as unknown as Proxies;
