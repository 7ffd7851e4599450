import * as deserialization from "@pulumi/policy/deserialize";
import * as proxies from "@pulumi/policy/proxy";

/**
 * The library unpacks a resource anew for each policy, and for each policy over a stack all resources of it: with a
 * hundred rules that is most of what the pack costs. It has no place for a single policy that runs all rules, since what
 * is configured of a rule, and its level, is told to the policy of its name alone. So the unpacking itself is done once
 * for each message of the engine's and remembered for as long as that is there.
 *
 * Only for what is judged: a remediation changes what it is given, and asks for secrets to be kept as such.
 */
export function unpackOnce(): void {
  const { deserializeProperties } = deserialization as unknown as Unpacking;
  const { unknownCheckingProxy } = proxies as unknown as Proxies;
  const unpacked = new WeakMap<object, object>();
  const guarded = new WeakMap<object, object>();
  Object.assign(deserialization, {
    deserializeProperties: (message: object, keepsSecrets: boolean) =>
      keepsSecrets
        ? deserializeProperties(message, true)
        : remembered(unpacked, message, () => deserializeProperties(message, false)),
  });
  Object.assign(proxies, {
    unknownCheckingProxy: (properties: object) =>
      remembered(guarded, properties, () => unknownCheckingProxy(properties)),
  });
}

function remembered(known: WeakMap<object, object>, key: object, make: () => object): object {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

interface Unpacking {
  deserializeProperties: (message: object, keepsSecrets: boolean) => object;
}

interface Proxies {
  unknownCheckingProxy: (properties: object) => object;
}
