import { propertyPath } from "../../components/contract/schema";

/** A value has another type than its field. The pack reports it as a violation of the rule that read it. */
export class Malformed extends Error {
  constructor(
    readonly path: string,
    readonly value: unknown,
    readonly expected: string,
    /** URN of the resource that it belongs to. */
    readonly owner: string,
  ) {
    super(`${path} is not of type ${expected}`);
  }
}

/** Reads an object that the check of others depends on. If it is malformed, the rules that check it report that. */
export function unlessMalformed<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return otherwise;
    throw error;
  }
}

/**
 * A part of a declared object, with its path. No shape is assumed: a missing value and null read as undefined, and a
 * value of another type than the field's throws {@link Malformed}. A value that only the deployment knows throws the
 * error of `@pulumi/policy`, which becomes an advisory message in the preview; the deployment checks it.
 */
export class Part {
  /** Parts that were read before: rules read the same fields, and each read goes through the library's proxies. */
  private readonly children = new Map<string | number, Part>();

  constructor(
    private readonly found: unknown,
    private readonly owner = "",
    private readonly segments: readonly (string | number)[] = [],
  ) {}

  get path(): string {
    return propertyPath(this.segments);
  }

  /** The value as it is declared, for messages. */
  get value(): unknown {
    return this.found ?? undefined;
  }

  get isSet(): boolean {
    return this.found !== undefined && this.found !== null;
  }

  at(...keys: readonly (string | number)[]): Part {
    return keys.reduce<Part>((part, key) => part.child(key), this);
  }

  get text(): string | undefined {
    return this.read("string", (value) => typeof value === "string") as string | undefined;
  }

  get number(): number | undefined {
    return this.read("number", (value) => typeof value === "number") as number | undefined;
  }

  get flag(): boolean | undefined {
    return this.read("boolean", (value) => typeof value === "boolean") as boolean | undefined;
  }

  /** A quantity or a setting: YAML reads one without a unit as a number, and Kubernetes accepts both. */
  get scalar(): string | undefined {
    const isScalar = (value: unknown) => typeof value === "string" || typeof value === "number";
    const value = this.read("string", isScalar) as string | number | undefined;
    return typeof value === "number" ? String(value) : value;
  }

  /** The elements; none if it is not set. */
  get items(): Part[] {
    const list = this.read("array", Array.isArray) as unknown[] | undefined;
    return (list ?? []).map((_, index) => this.child(index));
  }

  /** The fields by name; none if it is not set. */
  get entries(): [string, Part][] {
    return Object.keys(this.object ?? {}).map((key) => [key, this.child(key)]);
  }

  /** A copy of the text fields by name, such as labels. */
  get texts(): Record<string, string> {
    return Object.fromEntries(this.entries.map(([key, part]) => [key, part.scalar ?? ""]));
  }

  private get object(): Record<string, unknown> | undefined {
    const isObject = (value: unknown) => typeof value === "object" && !Array.isArray(value);
    return this.read("object", isObject) as Record<string, unknown> | undefined;
  }

  private child(key: string | number): Part {
    const known = this.children.get(key);
    if (known) return known;
    const child = this.newChild(key);
    this.children.set(key, child);
    return child;
  }

  private newChild(key: string | number): Part {
    const parent = typeof key === "number" ? (this.found as unknown[]) : this.object;
    const isThere = parent !== undefined && Object.hasOwn(parent, key);
    // Not Reflect or a copy: only reading shows that a value is not known yet.
    const found = isThere ? (parent as Record<string | number, unknown>)[key] : undefined;
    return new Part(found, this.owner, [...this.segments, key]);
  }

  private read(expected: string, isExpected: (value: unknown) => boolean): unknown {
    if (!this.isSet) return undefined;
    if (!isExpected(this.found)) throw new Malformed(this.path, this.found, expected, this.owner);
    return this.found;
  }
}
