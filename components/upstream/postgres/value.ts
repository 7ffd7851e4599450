import type { PostgresParameter } from "./parameters";
import type { Refusal } from "../../contract/schema";

/** Each unit in the smallest of its kind: bytes and microseconds. PostgreSQL's units are case-sensitive. */
const MEMORY = { B: 1, kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 } as const;
const TIME = {
  us: 1,
  ms: 1e3,
  s: 1e6,
  min: 60e6,
  h: 3600e6,
  d: 86_400e6,
} as const;

type Units = Readonly<Record<string, number>>;

/**
 * The reason why PostgreSQL would not start with this value of a parameter, or undefined.
 *
 * @see https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES
 */
export function valueRefusal(parameter: PostgresParameter, text: string): Refusal | undefined {
  switch (parameter.type) {
    case "bool":
      return isBoolean(text)
        ? undefined
        : { reason: "must be on or off", remedy: 'Use "on" or "off"' };
    case "enum":
      return enumRefusal(parameter.values ?? [], text);
    case "integer":
    case "real":
      return numberRefusal(parameter, text);
    default:
      return undefined;
  }
}

/** The number of a value, in the unit of its parameter; undefined when it is malformed. */
export function numberIn({ unit }: Pick<PostgresParameter, "unit">, text: string) {
  const match =
    /^\s*([+-]?(?:0x[0-9a-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+))\s*([A-Za-z]*)\s*$/i.exec(text);
  if (!match) return undefined;
  const [, digits = "", suffix = ""] = match;
  const value = Number(digits);
  if (suffix === "") return value;
  const { units, base } = baseOf(unit);
  const factor = units[suffix];
  return factor === undefined ? undefined : (value * factor) / base;
}

/** The units of a parameter's kind, and the size of its own: `8kB` counts blocks of that many bytes. */
function baseOf(unit: string | undefined): { units: Units; base: number } {
  const [, count = "", name = ""] = /^(\d*)([A-Za-z]+)$/.exec(unit ?? "") ?? [];
  const units: Units = name in MEMORY ? MEMORY : name in TIME ? TIME : {};
  return { units, base: (count === "" ? 1 : Number(count)) * (units[name] ?? 1) };
}

function numberRefusal(parameter: PostgresParameter, text: string): Refusal | undefined {
  const { type, unit, least, most } = parameter;
  const value = numberIn(parameter, text);
  if (value === undefined) {
    const { units } = baseOf(unit);
    const example = most === undefined ? "" : `, ${inUnit(least, unit)} to ${inUnit(most, unit)}`;
    return Object.keys(units).length === 0
      ? {
          reason: `must be a ${type === "integer" ? "whole number" : "number"} without a unit`,
          remedy: `Write a number in quotes${example}`,
        }
      : {
          reason: `must be a number, with a unit of this parameter or none: ${Object.keys(units).join(", ")}`,
          remedy: `Write a number with one of them${example}`,
        };
  }
  const rounded = type === "integer" ? Math.round(value) : value;
  if (least !== undefined && rounded < least) {
    return {
      reason: `must be at least ${inUnit(least, unit)}, or PostgreSQL does not start`,
      remedy: `Use ${inUnit(least, unit)} or more`,
    };
  }
  if (most !== undefined && rounded > most) {
    return {
      reason: `must be at most ${inUnit(most, unit)}, or PostgreSQL does not start`,
      remedy: `Use ${inUnit(most, unit)} or less`,
    };
  }
  return undefined;
}

/** A number in a parameter's unit as users write it: `128kB` and not `16` of `8kB`. */
function inUnit(value: number | undefined, unit: string | undefined): string {
  if (value === undefined) return "";
  const [, count = "", name = ""] = /^(\d*)([A-Za-z]+)$/.exec(unit ?? "") ?? [];
  return value <= 0 ? String(value) : `${value * (count === "" ? 1 : Number(count))}${name}`;
}

function enumRefusal(values: readonly string[], text: string): Refusal | undefined {
  const word = text.toLowerCase();
  if (values.some((value) => value.toLowerCase() === word)) return undefined;
  // PostgreSQL accepts these, and does not list them.
  if (values.includes("on") && values.includes("off") && /^(true|false|yes|no|1|0)$/.test(word)) {
    return undefined;
  }
  if (word === "debug" && values.includes("debug2")) return undefined;
  return {
    reason: "is not a valid value of this parameter",
    remedy: `Use one of ${values.map((value) => `"${value}"`).join(", ")}`,
  };
}

/** Whether PostgreSQL reads a text as a boolean: any unambiguous beginning of these words, in any case. */
function isBoolean(text: string): boolean {
  return /^(on|of|off|t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|1|0)$/i.test(text.trim());
}
