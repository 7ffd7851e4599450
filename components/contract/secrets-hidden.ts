/** Shown instead of a value that is, or may be, a secret. */
const HIDDEN = "[not shown]";

/**
 * Names of fields whose value is a secret, or the name of a Secret, where the secret itself may be written by mistake. Not
 * the fields that name a Secret to be created.
 */
const SECRET_NAME =
  /passw|passphrase|secret(?!Name$)|credential|token|private_?key|access_?key|api_?key/i;

/** Placeholders, which show no more than why the value is missing. */
const PLACEHOLDERS: ReadonlySet<unknown> = new Set([undefined, "[secret]", "[Output]", HIDDEN]);

/**
 * A value as it may be shown. A text in any field may have a secret in it: a key instead of a certificate, a login in a
 * connection string. Everything that looks like one is hidden, if in doubt too much: the path shows where to look.
 */
export function withoutSecrets(value: unknown, path = ""): unknown {
  if (PLACEHOLDERS.has(value)) return value;
  if (SECRET_NAME.test(path) && !isEmpty(value)) return HIDDEN;
  if (typeof value === "string") return looksSecret(value) ? HIDDEN : value;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item));
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      looksSecret(key) ? HIDDEN : key,
      withoutSecrets(part, key),
    ]),
  );
}

/** A path as it may be shown: some keys are chosen by users, as in `labels["..."]` and `parameters.name`. */
export function pathWithoutSecrets(path: string): string {
  return path
    .replace(/\[("(?:[^"\\]|\\.)*")\]/gs, (segment, key: string) =>
      looksSecret(JSON.parse(key) as string) ? `["${HIDDEN}"]` : segment,
    )
    .split(".")
    .map((segment) => {
      const [, name = segment, places = ""] = /^(.*?)((?:\[\d+\]|\[".*"\])*)$/s.exec(segment) ?? [];
      return looksSecret(name) ? `${HIDDEN}${places}` : segment;
    })
    .join(".");
}

/** A sentence as it may be shown: it may cite a value. */
export function sentenceWithoutSecrets(sentence: string): string {
  const cited = sentence.replace(/`[^`]*`|"[^"]*"|'[^']*'/gs, (citation) =>
    isCitedSecret(citation.slice(1, -1))
      ? `${citation.charAt(0)}${HIDDEN}${citation.charAt(0)}`
      : citation,
  );
  // A sentence cites no PEM, and quotes in the citation may have hidden its end.
  return isPem(cited.replaceAll(PEM_IN_SENTENCES, "")) ? HIDDEN : cited;
}

/** PEM that remedies cite: `beginning with -----BEGIN CERTIFICATE-----`. */
const PEM_IN_SENTENCES = /with -----BEGIN [A-Z ]+-----/g;

/** Paths of arguments are cited as well, so each of their parts is checked separately. */
function isCitedSecret(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => !ARN.test(word));
  return (
    isPem(text) || hasLogin(text) || words.some((word) => word.split(/[.:]/).some(looksRandom))
  );
}

function looksSecret(text: string): boolean {
  return isPem(text) || hasLogin(text) || text.split(/\s+/).some(looksRandom);
}

/** PEM of any kind, as it is or with its line breaks written as `\n`. */
function isPem(text: string): boolean {
  return /-----\s*BEGIN|PRIVATE KEY/.test(text);
}

/** `://user:password@host`, `password=...`, `"token": "..."`, SQL that sets a password. */
function hasLogin(text: string): boolean {
  return (
    /:\/\/(?!\[secret\]@)[^/\s]*@/.test(text) ||
    /(passw(or)?d|passphrase|pwd|secrets?|token|(private|access|api)_?key)["']?\s*[:=]/i.test(
      text,
    ) ||
    /\bpassword\s*('|\$|[eu]&?')/i.test(text)
  );
}

/** Whether a word is too mixed for a name, like generated passwords and keys. Digests and ARNs are exempt. */
function looksRandom(word: string): boolean {
  if (ARN.test(word)) return false;
  const rest = word.replace(/sha256:[0-9a-f]{64}/g, "");
  if (/[0-9a-f]{32}/i.test(rest)) return true;
  return rest.length >= 16 && [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(rest));
}

const ARN = /^arn:[\w-]+:[\w-]*:[\w-]*:\d*:[\w/+=,.@-]+$/;

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
