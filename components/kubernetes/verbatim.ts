import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** A text for an argument or a variable of a container as it is: Kubernetes replaces $(NAME), and takes $$ for $. */
export function verbatim(text: string): string;
export function verbatim(text: pulumi.Input<string>): pulumi.Input<string>;
export function verbatim(text: pulumi.Input<string>): pulumi.Input<string> {
  if (typeof text !== "string") return pulumi.output(text).apply((known) => verbatim(known));
  return text.replaceAll("$", "$$$$");
}

/** Variables of a container whose texts are as they are, without those that are undefined. */
export function variables(
  texts: Record<string, pulumi.Input<string> | undefined>,
): k8s.types.input.core.v1.EnvVar[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    text === undefined ? [] : [{ name, value: verbatim(text) }],
  );
}
