/**
 * Kubernetes quantities as numbers.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
const FACTORS: Readonly<Record<string, number>> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY =
  /^\+?(\d+(?:\.\d*)?|\.\d+)(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?\d{1,3}))?$/;

export const KiB = 2 ** 10;
export const MiB = 2 ** 20;
export const GiB = 2 ** 30;
export const TiB = 2 ** 40;

/** The value of a quantity in its base unit (bytes, cores), or undefined when the text is malformed. */
export function parseQuantity(text: string): number | undefined {
  const match = QUANTITY.exec(text);
  if (!match) return undefined;
  const [, number, unit = "", exponent] = match;
  if (exponent !== undefined) return Number(`${number ?? ""}e${exponent}`);
  return Number(number) * (FACTORS[unit] ?? Number.NaN);
}

/**
 * A size in bytes. Plain numbers are refused: `storage: "10"` is ten bytes to Kubernetes, which is never intended.
 */
export function parseBytes(text: unknown): number | undefined {
  if (typeof text !== "string" || !/[A-Za-z]$/.test(text) || /[num]$/.test(text)) return undefined;
  return parseQuantity(text);
}

/** CPU in cores: `"500m"` is 0.5. */
export function parseCores(text: unknown): number | undefined {
  if (typeof text !== "string" || !/^\d+(\.\d+)?m?$/.test(text)) return undefined;
  return parseQuantity(text);
}

/**
 * A size as the API server stores it: `1024Mi` is `1Gi`. A size that is declared in another form is shown as a change at
 * every refresh.
 */
export function canonicalBytes(text: string): string {
  const bytes = parseBytes(text) ?? Number.NaN;
  const units = text.endsWith("i")
    ? ["Ei", "Pi", "Ti", "Gi", "Mi", "Ki"]
    : ["E", "P", "T", "G", "M", "k"];
  const unit = units.find((candidate) => bytes % (FACTORS[candidate] ?? 1) === 0);
  return unit === undefined ? String(bytes) : `${bytes / (FACTORS[unit] ?? 1)}${unit}`;
}

/** CPU as the API server stores it: `0.5` is `500m`, `2000m` is `2`. */
export function canonicalCores(text: string): string {
  const millis = Math.round((parseCores(text) ?? Number.NaN) * 1000);
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}
