// Not named like this file: of two files with the same name `require` loads the one with the data.
import catalogue from "./catalogue.json";

/**
 * PostgreSQL's own description of a parameter, by `npm run generate:parameters`. Parameters of extensions, which have a dot
 * in their names, are not included.
 *
 * @see https://www.postgresql.org/docs/current/view-pg-settings.html
 */
export interface PostgresParameter {
  /** As PostgreSQL writes it: names are case-insensitive. */
  name: string;
  type: string;
  /** The context in which it can be set; `internal` means never. */
  context: string;
  /** The unit of a number without one: `kB`, `8kB`, `ms`. */
  unit: string | undefined;
  least: number | undefined;
  most: number | undefined;
  /** The values of an enumeration. */
  values: readonly string[] | undefined;
}

type Form = [
  since: number,
  until: number,
  type: string,
  context: string,
  unit?: string | null,
  least?: number | null,
  most?: number | null,
  values?: string[] | null,
];

const forms = new Map(
  Object.entries(catalogue).map(([name, entries]) => [
    name.toLowerCase(),
    { name, forms: entries as unknown as Form[] },
  ]),
);

/** A parameter of a major version; undefined if it does not exist there. */
export function parameterOf(name: string, major: number): PostgresParameter | undefined {
  const known = forms.get(name.toLowerCase());
  const form = known?.forms.find(([since, until]) => since <= major && major <= until);
  if (!known || !form) return undefined;
  const [, , type, context, unit, least, most, values] = form;
  return {
    name: known.name,
    type,
    context,
    unit: unit ?? undefined,
    least: least ?? undefined,
    most: most ?? undefined,
    values: values ?? undefined,
  };
}

/** The first and the last major in the catalogue that have a parameter of this name. */
export function majorsOf(name: string): { since: number; until: number } | undefined {
  const all = forms.get(name.toLowerCase())?.forms;
  const [first, last] = [all?.[0], all?.at(-1)];
  return first && last && { since: first[0], until: last[1] };
}

/** The names of all parameters of a major version. */
export function parameterNames(major: number): string[] {
  return [...forms.values()].flatMap(({ name }) => (parameterOf(name, major) ? [name] : []));
}
