/** Suites without encryption, without authentication, or with a broken cipher. */
const WEAK =
  /(^|[-+_])([ae]?NULL|ADH|AECDH|DH_anon|EXP(ORT)?\d*|LOW|RC[24]|DES|3DES|MD5)([-+_]|$)/i;

/** Groups that include weak suites unless these are excluded with `!`. */
const BROAD = /^(ALL|COMPLEMENTOFALL|COMPLEMENTOFDEFAULT)$/;

/** Suites of TLS 1.3 that sign and do not encrypt. */
const SIGNED_ONLY = /^TLS_SHA(256_SHA256|384_SHA384)$/;

/**
 * Whether a list of ciphers, as OpenSSL writes it, allows connections that can be read or forged on the network.
 *
 * @see https://docs.openssl.org/3.0/man1/openssl-ciphers/#cipher-list-format
 */
export function hasWeakCipher(list: string): boolean {
  const words = list.split(/[:, ]+/).filter((word) => word !== "");
  const isOut = (name: string) => words.includes(`!${name}`);
  return words.some((word) => {
    if (/^@SECLEVEL=0$/i.test(word)) return true;
    // These exclude a suite, or only move it to the end.
    if (/^[-!+@]/.test(word)) return false;
    if (BROAD.test(word)) return !isOut("aNULL");
    return (WEAK.test(word) && !isOut(word)) || SIGNED_ONLY.test(word);
  });
}
