import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import type { Subject } from "./subject";

/** A resource that a rule leaves alone, with the reason that a reviewer reads. It stands in the rule's configuration. */
export interface Exemption {
  /** Pulumi name or URN of the resource. */
  resource: string;
  reason: string;
  /** The last day on which it counts, `2027-01-31`. For ever when it is left out. */
  expires?: string;
}

export const EXEMPTIONS_SCHEMA: PolicyConfigJSONSchema = {
  type: "array",
  default: [],
  description:
    "Resources that this rule leaves alone, each with the reason and perhaps the last day",
  items: {
    type: "object",
    required: ["resource", "reason"],
    additionalProperties: false,
    properties: {
      resource: { type: "string", minLength: 1, description: "Pulumi name or URN" },
      reason: { type: "string", minLength: 10, description: "Why it is left alone" },
      expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "Last day" },
    },
  },
};

/** The exemption of a resource, and whether it has run out by `today`. Undefined when there is none. */
export function exemptionOf(
  exemptions: unknown,
  subject: Pick<Subject, "name" | "urn">,
  today: string,
): { exemption: Exemption; isOver: boolean } | undefined {
  const listed = (Array.isArray(exemptions) ? exemptions : []).filter(isExemption);
  const of = listed.filter(({ resource }) => resource === subject.name || resource === subject.urn);
  const standing = of.find((exemption) => !isOver(exemption, today));
  const exemption = standing ?? of[0];
  return exemption && { exemption, isOver: exemption !== standing };
}

/** Whatever the engine let through: an exemption without a reason is none. */
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
