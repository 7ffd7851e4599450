import { KiB, parseBytes, parseQuantity } from "../../components/formats/quantity";

/**
 * A size as the rules of the components read it. They take it with a unit, which is what a person means; in an object of
 * Kubernetes any quantity is one: `536870912`, `512e6`.
 */
export function sizeWithUnit(quantity: string | undefined): string | undefined {
  if (quantity === undefined || parseBytes(quantity) !== undefined) return quantity;
  const bytes = parseQuantity(quantity);
  return bytes === undefined ? quantity : `${bytes / KiB}Ki`;
}
