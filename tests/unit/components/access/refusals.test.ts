import { DatabaseAccess } from "../../../../components";
import { refused } from "../../support/refusal";

/** Arguments over the required ones, and all of their violations: `path: value: reason. remedy.` */
type Mistake = [args: Record<string, unknown>, ...refused: string[]];

const DBA = { kind: "Group", name: "dba" };

const mistakes: Record<string, Mistake> = {
  nobody: [
    { admins: undefined },
    'admins: (not set): must be set, or operators or viewers: nobody would be allowed anything. Add whom it is for, such as admins: [{ kind: "Group", name: "dba" }].',
  ],
  "a kind that there is not": [
    { viewers: [{ kind: "Team", name: "shop" }] },
    'viewers[0].kind: "Team": is not a valid value. Use one of "Group", "User", "ServiceAccount".',
  ],
  "a subject without a name": [
    { viewers: [{ kind: "Group", name: "" }] },
    'viewers[0].name: "": must have a name without spaces around it: it is compared as it is. Write it as the API server sees it, such as `kubectl auth whoami` shows it.',
  ],
  everybody: [
    { viewers: [{ kind: "Group", name: "system:authenticated" }] },
    'viewers[0].name: "system:authenticated": is anybody who reaches the API server, or every program in the Kubernetes cluster. Name the groups, users and service accounts that it is for.',
  ],
  "all programs": [
    { operators: [{ kind: "Group", name: "system:serviceaccounts" }] },
    'operators[0].name: "system:serviceaccounts": is anybody who reaches the API server, or every program in the Kubernetes cluster. Name the groups, users and service accounts that it is for.',
  ],
  "a service account of nowhere": [
    { viewers: [{ kind: "ServiceAccount", name: "dashboard" }] },
    "viewers[0].namespace: (not set): must be set: a service account is one of its namespace. Set the namespace in which the program runs.",
  ],
  "a group of a namespace": [
    { viewers: [{ kind: "Group", name: "shop", namespace: "shop" }] },
    'viewers[0].namespace: "shop": must not be set: a Group is not of a namespace. Remove it; all rights are limited to the namespace of the databases anyway.',
  ],
  "one subject twice": [
    { admins: [DBA, DBA] },
    'admins[1]: {"kind":"Group","name":"dba"}: is already admins[0]. Remove it here.',
  ],
  "one subject with more rights already": [
    { viewers: [DBA] },
    'viewers[0]: {"kind":"Group","name":"dba"}: is already admins[0], and may do all that viewers may. Remove it here.',
  ],
  "Secrets that nobody may read": [
    { admins: [], viewers: [DBA], secrets: ["orders-app"] },
    'secrets: "[not shown]": would be read by nobody: only admins read Secrets. Add admins, or remove it.',
  ],
  "one Secret twice": [
    { secrets: ["orders-app", "orders-app"] },
    'secrets[1]: "[not shown]": must not be named twice. Remove it here.',
  ],
  "a name that no object can have": [
    { accessName: "Database Access" },
    'accessName: "Database Access": is not a valid name of a Kubernetes object. Use at most 253 lower-case letters, digits, dashes and dots.',
  ],
};

test.each(Object.entries(mistakes))("%s is refused", async (_, [args, ...expected]) => {
  const { violations, registered } = await refused(
    () => new DatabaseAccess("access", { namespace: "shop", admins: [DBA], ...args } as never),
  );
  expect(violations).toEqual(expected);
  expect(registered).toEqual([]);
});
