import type { Server, Setting } from "./server.ts";
import { VALUES_OF_IMAGES } from "./sources.ts";

/** A parameter in some majors: from the first to the last of them, type, context, unit, range, values. Trailing nulls are left out. */
export type Entry = (string | number | string[] | null)[];

/** Parameters by name, with an entry for each of their forms. */
export type Catalogue = Record<string, Entry[]>;

/** Merges the parameters of all majors into one catalogue. */
export function catalogueOf(servers: ReadonlyMap<number, Server>): Catalogue {
  const majors = [...servers.keys()].sort((a, b) => a - b);
  const names = new Set(majors.flatMap((major) => namesOf(servers.get(major))));
  return Object.fromEntries(
    [...names].sort().map((name) => [name, entriesOf(name, majors, servers)]),
  );
}

function namesOf(server: Server | undefined): string[] {
  return server?.settings.map(({ name }) => name) ?? [];
}

/** Merges adjacent majors with the same form of a parameter into one entry. */
function entriesOf(
  name: string,
  majors: readonly number[],
  servers: ReadonlyMap<number, Server>,
): Entry[] {
  const entries: { since: number; until: number; form: string }[] = [];
  for (const major of majors) {
    const setting = servers.get(major)?.settings.find((one) => one.name === name);
    if (!setting) continue;
    const form = JSON.stringify(formOf(setting, major));
    const last = entries.at(-1);
    if (last?.form === form && last.until === major - 1) last.until = major;
    else entries.push({ since: major, until: major, form });
  }
  return entries.map(({ since, until, form }) => [since, until, ...(JSON.parse(form) as Entry)]);
}

function formOf(setting: Setting, major: number): Entry {
  const { name, vartype, context, unit, min_val, max_val, enumvals } = setting;
  const more = Object.entries(VALUES_OF_IMAGES[name] ?? {})
    .filter(([value, since]) => major >= since && enumvals?.includes(value) === false)
    .map(([value]) => value);
  const form = [
    vartype,
    context,
    unit,
    number(min_val),
    number(max_val),
    enumvals && [...enumvals, ...more],
  ];
  while (form.at(-1) === null) form.pop();
  return form;
}

function number(text: string | null): number | null {
  return text === null ? null : Number(text);
}
