import * as deserialization from "@pulumi/policy/deserialize";
import * as proxies from "@pulumi/policy/proxy";

/**
 * The library unpacks a resource again for each policy, and all resources for each policy over a stack: with a hundred
 * rules that is most of the pack's cost. A single policy cannot run all rules, since the library passes the
 * configuration and the level of a rule only to the policy of its name. So each message of the engine is unpacked once,
 * and the result is kept as long as the message exists.
 *
 * Only for validation: a remediation changes what it receives, and needs secrets to stay marked.
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
