import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../contract/violation";
import { imagePinned } from "../cluster/rules/image-pinned";

/**
 * Returns the image. One that another resource builds is validated as soon as it is known, and before any pod gets it: with
 * that of another major version the operator would begin an upgrade.
 */
export function knownImage(
  image: pulumi.Input<string> | undefined,
  version: number,
): pulumi.Input<string> | undefined {
  if (image === undefined || typeof image === "string") return image;
  return pulumi.output(image).apply((known) => {
    refuse("the image of a cluster", imagePinned.check({ image: known, version }));
    return known;
  });
}
