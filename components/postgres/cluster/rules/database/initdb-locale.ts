import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import { LocaleProvider } from "../../args/database";
import type { InitialLocale } from "./locale";

/**
 * Encodings that a server can have.
 *
 * @see https://www.postgresql.org/docs/current/multibyte.html#MULTIBYTE-CHARSET-SUPPORTED
 */
export const SERVER_ENCODINGS: readonly string[] = [
  "EUC_CN",
  "EUC_JIS_2004",
  "EUC_JP",
  "EUC_KR",
  "EUC_TW",
  "ISO_8859_5",
  "ISO_8859_6",
  "ISO_8859_7",
  "ISO_8859_8",
  "KOI8R",
  "KOI8U",
  ...Array.from({ length: 10 }, (_, index) => `LATIN${index + 1}`),
  "MULE_INTERNAL",
  "SQL_ASCII",
  "UTF8",
  "WIN866",
  "WIN874",
  ...Array.from({ length: 9 }, (_, index) => `WIN125${index}`),
];

export const initdbLocale = rule({
  name: "initdb-locale",
  why: "With a locale that does not exist, or has another encoding, initdb fails and the cluster never comes up.",
  *check({ database: { localeProvider, locale, encoding } = {} }: { database?: InitialLocale }) {
    if (locale === undefined || encoding === undefined) return;
    const refused =
      localeProvider === LocaleProvider.Icu
        ? icuRefusal(locale)
        : localeProvider === LocaleProvider.Libc
          ? libcRefusal(locale, encoding)
          : undefined;
    if (refused) yield { path: "database.locale", value: locale, ...refused };
  },
});

/** The check of initdb: a language tag, whose language ICU knows. `und` and `root` have none. */
function icuRefusal(locale: string): Refusal | undefined {
  if (/^(und|root)$/i.test(locale)) return undefined;
  const remedy = 'Use a language tag, such as "de-DE", or "und" for the language-neutral order';
  try {
    const { language } = new Intl.Locale(locale.split("@")[0]?.replaceAll("_", "-") ?? "");
    if (language === "und" || isLanguage(language)) return undefined;
    return {
      reason: `names the language \`${language}\`, which ICU does not know, and initdb fails`,
      remedy,
    };
  } catch {
    return { reason: "is not a valid language tag, and initdb fails", remedy };
  }
}

/** The check of the C library: language, country, encoding and a variant, `de_DE.UTF-8@euro`. */
function libcRefusal(locale: string, encoding: string): Refusal | undefined {
  const remedy = 'Use a name that `locale -a` lists in the image, such as "de_DE.UTF-8" or "C"';
  if (/^(C|POSIX)$/.test(locale)) return undefined;
  const match = /^(C|[a-z]{2,3}(?:_[A-Z]{2})?)(?:\.([\w-]+))?(?:@\w+)?$/.exec(locale);
  if (!match) return { reason: "is not a valid locale of the C library, and initdb fails", remedy };
  const [, name = "", codeset] = match;
  const language = name.split("_")[0] ?? "";
  if (name !== "C" && !isLanguage(language)) {
    return {
      reason: `names the language \`${language}\`, which does not exist, and initdb fails`,
      remedy,
    };
  }
  if (encoding === "SQL_ASCII") return undefined;
  const own = codeset === undefined ? undefined : normalized(codeset);
  if (own === normalized(encoding)) return undefined;
  if (encoding !== "UTF8" && own !== undefined && own !== "UTF8") return undefined;
  return {
    reason: `must have the encoding ${encoding}${codeset === undefined ? ", not the older one of a name without encoding" : ""}, or initdb fails`,
    remedy: `Use one of that encoding, such as "${name}.${encoding === "UTF8" ? "UTF-8" : encoding}"`,
  };
}

/** The name of an encoding, for comparison: `utf8` and `UTF-8` are the same. */
function normalized(codeset: string): string {
  return codeset.replaceAll(/[-_]/g, "").toUpperCase();
}

/** Whether a language exists, which means that it has a name. */
function isLanguage(code: string): boolean {
  return (
    new Intl.DisplayNames(["en"], { type: "language", fallback: "none" }).of(code) !== undefined
  );
}
