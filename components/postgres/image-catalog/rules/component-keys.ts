import { rule } from "../../../contract/rule";
import { propertyPath, type Refusal } from "../../../contract/schema";

/** Whether a catalogue may have an image under this key. */
export function isComponentKey(text: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text);
}

export const NO_COMPONENT_KEY: Refusal = {
  reason: "is not a valid key of a catalogue",
  remedy: 'Use at most 63 lower-case letters, digits and dashes, such as "pgbouncer"',
};

export const componentKeys = rule({
  name: "component-keys",
  why: "The API server refuses a catalogue with other keys.",
  *check({ componentImages }: { componentImages: Record<string, string> }) {
    yield* Object.keys(componentImages).flatMap((key) =>
      isComponentKey(key)
        ? []
        : [{ path: propertyPath(["componentImages", key]), value: key, ...NO_COMPONENT_KEY }],
    );
  },
});
