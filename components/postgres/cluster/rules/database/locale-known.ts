import { rule } from "../../../../contract/rule";
import { LocaleProvider } from "../../args/database";
import type { InitialLocale } from "./locale";

const SINCE: Readonly<Partial<Record<LocaleProvider, number>>> = {
  [LocaleProvider.Builtin]: 17,
  [LocaleProvider.Icu]: 16,
};
const BUILTIN_LOCALES: Readonly<Record<string, number>> = {
  C: 17,
  "C.UTF-8": 17,
  PG_UNICODE_FAST: 18,
};

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
        reason: `PostgreSQL ${version} has no such provider; it came with ${since}`,
        remedy: `Use "libc", or version ${since} or later`,
      };
    }
    if (provider === LocaleProvider.Icu && locale === undefined) {
      yield {
        path: "database.locale",
        value: locale,
        reason: "the icu provider has no default locale",
        remedy: 'Name one, such as "en-US" or "und" for the language-neutral order',
      };
    }
    if (provider === LocaleProvider.Builtin && locale !== undefined) {
      const known = BUILTIN_LOCALES[locale];
      // That the provider itself came with 17 is said above.
      if (known === undefined || (known > 17 && version < known)) {
        yield {
          path: "database.locale",
          value: locale,
          reason: "the builtin provider of this version knows no such locale",
          remedy:
            'Use "C.UTF-8" or "C", or "PG_UNICODE_FAST" with version 18, or another localeProvider',
        };
      }
    }
    if (encoding !== undefined && encoding !== "UTF8" && (locale ?? "C.UTF-8").includes("UTF-8")) {
      yield {
        path: "database.encoding",
        value: encoding,
        reason: "the locale is one of UTF-8, and initdb refuses another encoding with it",
        remedy:
          'Remove it, or set localeProvider: "libc" and a locale of that encoding, such as "C"',
      };
    }
  },
});
