import { z } from "zod";
import { maybe, rule } from "./rule";
import type { Violation } from "./violation";

const SINCE: Readonly<Record<string, number>> = { builtin: 17, icu: 16 };
const BUILTIN_LOCALES: Readonly<Record<string, number>> = {
  C: 17,
  "C.UTF-8": 17,
  PG_UNICODE_FAST: 18,
};

export const localeKnown = rule({
  name: "locale-known",
  why: "With a locale that initdb does not know, the cluster never comes up.",
  subject: z.object({
    version: maybe(z.int()),
    database: maybe(
      z.object({
        localeProvider: maybe(z.string()),
        locale: maybe(z.string()),
        encoding: maybe(z.string()),
      }),
    ),
  }),
  judge: ({ version, database }) => {
    const { localeProvider: provider, locale, encoding } = database ?? {};
    const violations: Violation[] = [];
    const since = SINCE[provider ?? ""];
    if (version !== undefined && since !== undefined && version < since) {
      violations.push({
        path: "database.localeProvider",
        value: provider,
        reason: `PostgreSQL ${version} has no such provider; it came with ${since}`,
        remedy: `Use "libc", or version ${since} or later`,
      });
    }
    if (provider === "icu" && locale === undefined) {
      violations.push({
        path: "database.locale",
        value: locale,
        reason: "the icu provider has no default locale",
        remedy: 'Name one, such as "en-US" or "und" for the language-neutral order',
      });
    }
    if (provider === "builtin" && locale !== undefined) {
      const known = BUILTIN_LOCALES[locale];
      if (known === undefined || (known > 17 && version !== undefined && version < known)) {
        violations.push({
          path: "database.locale",
          value: locale,
          reason: "the builtin provider of this version knows no such locale",
          remedy:
            'Use "C.UTF-8" or "C", or "PG_UNICODE_FAST" with version 18, or another localeProvider',
        });
      }
    }
    if (encoding !== undefined && encoding !== "UTF8" && (locale ?? "C.UTF-8").includes("UTF-8")) {
      violations.push({
        path: "database.encoding",
        value: encoding,
        reason: "the locale is one of UTF-8, and initdb refuses another encoding with it",
        remedy:
          'Remove it, or set localeProvider: "libc" and a locale of that encoding, such as "C"',
      });
    }
    return violations;
  },
});
