import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import type { Resource } from "./resource";

/** A resource that a rule ignores, and the reason for reviewers. It is part of the rule's configuration. */
export interface Exemption {
  /** Pulumi name or URN of the resource. */
  resource: string;
  reason: string;
  /** The last day on which it applies, `2027-01-31`. Without it the exemption applies indefinitely. */
  expires?: string;
}

export const EXEMPTIONS_SCHEMA: PolicyConfigJSONSchema = {
  type: "array",
  default: [],
  description: "Resources that this rule ignores, each with a reason and optionally a last day",
  items: {
    type: "object",
    required: ["resource", "reason"],
    additionalProperties: false,
    properties: {
      resource: { type: "string", minLength: 1, description: "Pulumi name or URN" },
      reason: { type: "string", minLength: 10, description: "Why the resource is exempt" },
      expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "Last day" },
    },
  },
};

/** The exemption of a resource, and whether it has expired by `today`. Undefined if there is none. */
export function exemptionOf(
  exemptions: unknown,
  { name, urn }: Pick<Resource, "name" | "urn">,
  today: string,
): { exemption: Exemption; isOver: boolean } | undefined {
  const listed = (Array.isArray(exemptions) ? exemptions : []).filter(isExemption);
  const found = listed.filter((one) => one.resource === name || one.resource === urn);
  const valid = found.find((exemption) => !isOver(exemption, today));
  const exemption = valid ?? found[0];
  return exemption && { exemption, isOver: exemption !== valid };
}

/** Checked here too, since the engine accepts a reason of blanks: such an exemption does not count. */
function isExemption(value: unknown): value is Exemption {
  if (typeof value !== "object" || value === null) return false;
  const { resource, reason, expires } = value as Partial<Record<keyof Exemption, unknown>>;
  return (
    typeof resource === "string" &&
    typeof reason === "string" &&
    reason.trim() !== "" &&
    (expires === undefined || (typeof expires === "string" && /^\d{4}-\d{2}-\d{2}$/.test(expires)))
  );
}

/** Days compare as text. */
function isOver({ expires }: Exemption, today: string): boolean {
  return expires !== undefined && expires < today;
}
