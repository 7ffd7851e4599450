/**
 * Whether SQL sets a password, of a role, of a user mapping or in a connection string. Removing a password, or a column
 * of that name, does not count.
 */
export function setsPassword(sql: string): boolean {
  if (/\bpassword\s*(e|u&)?(''*[^'\s;,)]|\$\w*\$)/i.test(sql)) return true;
  const literals = sql.match(/'(?:[^']|'')*'/g) ?? [];
  return literals.some((literal) => /\b(ssl)?password\s*=\s*[^\s']/i.test(literal));
}
