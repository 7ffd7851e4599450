import type * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import type { LeafCertificateArgs } from "./args";

/** A certificate that is in its Secret. */
export interface IssuedCertificate {
  secretName: pulumi.Output<string>;
  validUntil?: pulumi.Output<string>;
}

/** Returns the labels of the Secret and of the object that creates it. */
export function certificateLabels(
  name: string,
  { labels, usage }: LeafCertificateArgs,
): Record<string, string> {
  return { ...labels, ...recommendedLabels("certificate", name, `${usage}-certificate`) };
}
