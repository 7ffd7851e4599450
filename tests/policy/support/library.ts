import * as proxy from "@pulumi/policy/proxy";

/** Internals of the library: the proxy of a policy's properties, and the text of a value that is not known yet. */
interface Proxies {
  unknownCheckingProxy: (properties: unknown) => unknown;
  unknownStringValue: string;
  UnknownValueError: new () => Error;
}

export const { unknownCheckingProxy, unknownStringValue, UnknownValueError } =
  proxy as unknown as Proxies;
