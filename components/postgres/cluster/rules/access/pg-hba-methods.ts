/**
 * Methods of CloudNativePG's images, with the options of each. `sspi` is one of Windows, `bsd` one of OpenBSD.
 *
 * @see `parse_hba_line` and `parse_hba_auth_opt` of src/backend/libpq/hba.c
 */
const METHODS: ReadonlyMap<string, readonly string[]> = new Map([
  ...["trust", "reject", "scram-sha-256", "md5", "password"].map((method): [string, string[]] => [
    method,
    [],
  ]),
  ...["ident", "peer", "cert"].map((method): [string, string[]] => [method, ["map"]]),
  ["gss", ["map", "krb_realm", "include_realm"]],
  ["pam", ["pamservice", "pam_use_hostname"]],
  ["oauth", ["map", "issuer", "scope", "validator", "delegate_ident_mapping"]],
  [
    "ldap",
    [
      "ldapurl",
      "ldapserver",
      "ldapport",
      "ldapscheme",
      "ldaptls",
      "ldapprefix",
      "ldapsuffix",
      "ldapbasedn",
      "ldapbinddn",
      "ldapbindpasswd",
      "ldapsearchattribute",
      "ldapsearchfilter",
    ],
  ],
  ["radius", ["radiusservers", "radiussecrets", "radiusports", "radiusidentifiers"]],
]);

/** Options of `hostssl` with any method, and their values. */
const TLS_OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["clientcert", ["verify-ca", "verify-full"]],
  ["clientname", ["CN", "DN"]],
]);

/** The reason why PostgreSQL cannot load a line with this method, or undefined. */
export function methodProblem(
  type: string,
  method: string,
  options: ReadonlyMap<string, string>,
): string | undefined {
  if (!METHODS.has(method)) {
    return `is not a valid line of pg_hba.conf: \`${method}\` is not a method of it`;
  }
  if (method === "peer" && type !== "local") return "`peer` is only a method of `local` lines";
  if (method === "gss" && type === "local") return "`gss` is not a method of `local` lines";
  if (method === "cert" && type !== "hostssl") return "`cert` is only a method of `hostssl` lines";
  for (const [name, value] of options) {
    const problem = optionProblem(type, method, name, value);
    if (problem !== undefined) return problem;
  }
  return missingOption(method, options);
}

function optionProblem(
  type: string,
  method: string,
  name: string,
  value: string,
): string | undefined {
  const values = TLS_OPTIONS.get(name);
  if (values) {
    if (type !== "hostssl") return `\`${name}\` is only an option of \`hostssl\` lines`;
    return values.includes(value) ? undefined : `\`${name}\` is not ${values.join(" or ")}`;
  }
  if (METHODS.get(method)?.includes(name) === true) return undefined;
  const isKnown = [...METHODS.values()].some((options) => options.includes(name));
  // An unknown name is not shown: it may be a part of a password.
  return isKnown
    ? `\`${name}\` is not an option of the method \`${method}\``
    : "has an option that pg_hba.conf does not know";
}

function missingOption(method: string, options: ReadonlyMap<string, string>): string | undefined {
  const has = (...names: string[]) => names.some((name) => options.has(name));
  if (method === "ldap" && !has("ldapbasedn", "ldapprefix", "ldapsuffix", "ldapurl")) {
    return "`ldap` needs ldapbasedn, ldapprefix, ldapsuffix or ldapurl";
  }
  if (method === "oauth" && !(has("issuer") && has("scope"))) {
    return "`oauth` needs issuer and scope";
  }
  if (method === "radius" && !(has("radiusservers") && has("radiussecrets"))) {
    return "`radius` needs radiusservers and radiussecrets";
  }
  return undefined;
}
