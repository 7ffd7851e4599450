import { KiB, parseBytes, parseQuantity } from "../../components/formats/quantity";

/**
 * A size as the rules of the components read it. They require a unit, but in an object of Kubernetes any quantity is a
 * size: `536870912`, `512e6`.
 */
export function sizeWithUnit(quantity: string | undefined): string | undefined {
  if (quantity === undefined || parseBytes(quantity) !== undefined) return quantity;
  const bytes = parseQuantity(quantity);
  return bytes === undefined ? quantity : `${bytes / KiB}Ki`;
}
