import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { variables, verbatim } from "../../../../components/kubernetes/verbatim";
import { asKubernetesReads } from "../../support/expansion";
import { valueOf } from "../../support/registrations";

const KNOWN = { HOME: "/root", A: "a" };
const text = fc
  .array(fc.constantFrom("$", "(", ")", "HOME", "A", "b", " "), { maxLength: 12 })
  .map((parts) => parts.join(""));

test("any text reaches a container as it is", () => {
  fc.assert(
    fc.property(text, (wanted) => {
      expect(asKubernetesReads(verbatim(wanted), KNOWN)).toBe(wanted);
    }),
  );
});

test("without it a reference to a variable, and a doubled dollar, do not", () => {
  expect(asKubernetesReads("a $(HOME) $$ $(NONE) $x $", KNOWN)).toBe("a /root $ $(NONE) $x $");
});

test("variables leave out what is undefined, and wait for what is not known yet", async () => {
  const found = variables({ A: "$(HOME)", B: undefined, C: Promise.resolve("$$") });
  expect(found.map(({ name }) => name)).toEqual(["A", "C"]);
  expect(await Promise.all(found.map(({ value }) => valueOf(pulumi.output(value))))).toEqual([
    "$$(HOME)",
    "$$$$",
  ]);
});
