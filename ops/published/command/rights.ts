import type { Kubectl } from "../kubectl.ts";
import type { Violation } from "../../../components/contract/violation.ts";

/** Something that the user must be allowed to do. */
export interface Action {
  verb: string;
  resource: string;
  subresource?: string | undefined;
}

/** Whether the user may do that in a namespace, or in all of them if none is given. */
export async function isAllowed(
  kubectl: Kubectl,
  namespace: string | undefined,
  { verb, resource, subresource }: Action,
): Promise<boolean> {
  const { output } = await kubectl([
    ...["auth", "can-i", verb, resource],
    namespace === undefined ? "--all-namespaces" : `--namespace=${namespace}`,
    ...(subresource === undefined ? [] : [`--subresource=${subresource}`]),
  ]);
  return output.trim() === "yes";
}

/** Refuses a command that lacks a permission. */
export function missingRight(
  namespace: string | undefined,
  { verb, resource, subresource, reason }: Action & { reason: string },
): Violation {
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === undefined ? "--all-namespaces" : `--namespace=${namespace}`;
  return {
    path: `kubectl auth can-i ${verb} ${what} ${where}`,
    value: "no",
    reason,
    remedy: "Ask an administrator for this permission, or use a context that has it",
  };
}
