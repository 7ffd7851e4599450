const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;

/** A taint in the form of `spec.taints` of a Node. */
export interface Taint {
  key: string;
  value?: string;
  effect: (typeof effects)[number];
}

export interface NodeTaint {
  /** A node, by name or by number. */
  node: string;
  taint: Taint;
}

/** Keys of taints that Kubernetes accepts, with or without a domain. */
const qualifiedName =
  /^((?=[^/]{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * Reads a taint like `kubectl taint`.
 *
 * @throws Error with the reason if it is not valid.
 */
export function parseTaint(text: string): Taint {
  const [, key = "", value, effect = ""] = /^([^=:]*)(?:=([^:]*))?:(.*)$/.exec(text) ?? [];
  if (key === "" || effect === "") {
    throw new Error(`"${text}" is not a valid taint: it must be key=value:Effect or key:Effect`);
  }
  if (!qualifiedName.test(key)) {
    throw new Error(
      `"${key}" is not a valid key of a taint: it must be a name of letters, digits, "-", "_" and "." ` +
        "of at most 63 characters, with or without a domain and a / before it",
    );
  }
  if (value !== undefined && !labelValue.test(value)) {
    throw new Error(
      `"${value}" is not a valid value of a taint: it must be at most 63 letters, digits, "-", "_" and "."`,
    );
  }
  if (!isEffect(effect)) {
    throw new Error(
      `"${effect}" is not a valid effect of a taint: it must be one of ${effects.join(", ")}`,
    );
  }
  // A Node shows an empty value and no value in the same way.
  return { key, ...(value ? { value } : {}), effect };
}

/**
 * Reads `node3=key=value:Effect`.
 *
 * @throws Error with the reason if it is not valid.
 */
export function parseNodeTaint(text: string): NodeTaint {
  const [, node = "", taint = ""] = /^([^=:]+)=(.*)$/.exec(text) ?? [];
  if (node === "") {
    throw new Error(`"${text}" is not a valid taint of a node: it must be node3=key=value:Effect`);
  }
  return { node, taint: parseTaint(taint) };
}

export function taintText({ key, value, effect }: Taint): string {
  return `${key}${value === undefined ? "" : `=${value}`}:${effect}`;
}

export function isSameTaint(one: Taint, other: Taint): boolean {
  return taintText(one) === taintText(other);
}

function isEffect(text: string): text is Taint["effect"] {
  return (effects as readonly string[]).includes(text);
}
