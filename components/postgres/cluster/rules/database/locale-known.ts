import { rule } from "../../../../contract/rule";
import { LocaleProvider } from "../../args/database";
import type { InitialLocale } from "./locale";

const SINCE: Readonly<Partial<Record<LocaleProvider, number>>> = {
  [LocaleProvider.Builtin]: 17,
  [LocaleProvider.Icu]: 16,
};
const BUILTIN_LOCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    C: 17,
    "C.UTF-8": 17,
    PG_UNICODE_FAST: 18,
  }),
);

export const localeKnown = rule({
  name: "locale-known",
  why: "With a locale that initdb does not know, the cluster never comes up.",
  *check({ version, database = {} }: { version: number; database?: InitialLocale }) {
    const { localeProvider: provider, locale, encoding } = database;
    const since = provider && SINCE[provider];
    if (since !== undefined && version < since) {
      yield {
        path: "database.localeProvider",
        value: provider,
        reason: `does not exist in PostgreSQL ${version}; it was added in ${since}`,
        remedy: `Use "libc", or version ${since} or later`,
      };
    }
    if (provider === LocaleProvider.Icu && locale === undefined) {
      yield {
        path: "database.locale",
        value: locale,
        reason: "the icu provider has no default locale",
        remedy: 'Set one, such as "en-US" or "und" for the language-neutral order',
      };
    }
    if (provider === LocaleProvider.Builtin && locale !== undefined) {
      const known = BUILTIN_LOCALES.get(locale);
      // Versions before 17 are reported above, with the provider.
      if (known === undefined || (known > 17 && version < known)) {
        yield {
          path: "database.locale",
          value: locale,
          reason: "is not a locale of the builtin provider of this version",
          remedy:
            'Use "C.UTF-8" or "C", or "PG_UNICODE_FAST" with version 18, or another localeProvider',
        };
      }
    }
    if (encoding !== undefined && encoding !== "UTF8" && (locale ?? "C.UTF-8").includes("UTF-8")) {
      yield {
        path: "database.encoding",
        value: encoding,
        reason: "must be UTF8: initdb refuses another encoding with a UTF-8 locale",
        remedy:
          'Remove it, or set localeProvider: "libc" and a locale of that encoding, such as "C"',
      };
    }
  },
});
