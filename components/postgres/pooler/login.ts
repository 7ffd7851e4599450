import { POOLER_ROLE } from "../../upstream/cloudnative-pg";

/**
 * The query by which a pooler looks up a password. The operator refuses a pooler with its own certificate without it.
 */
export const POOLER_QUERY = "SELECT usename, passwd FROM public.user_search($1)";

/**
 * SQL that prepares the database `postgres` for poolers with their own certificate: their role, and a function that
 * returns the hash of a password to that role only. CloudNativePG does it only for poolers whose certificate it issues
 * itself.
 *
 * @see https://cloudnative-pg.io/docs/1.30/connection_pooling#authentication
 */
export function poolerLoginSql(): string[] {
  const lookup = "public.user_search(text)";
  return [
    `CREATE ROLE ${POOLER_ROLE} LOGIN`,
    `GRANT CONNECT ON DATABASE postgres TO ${POOLER_ROLE}`,
    // It runs as the superuser: with the caller's search path, the caller could substitute other operators.
    `CREATE FUNCTION public.user_search(uname text) RETURNS TABLE (usename name, passwd text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT s.usename, s.passwd FROM pg_catalog.pg_shadow AS s WHERE s.usename = uname'`,
    `REVOKE ALL ON FUNCTION ${lookup} FROM PUBLIC`,
    `GRANT EXECUTE ON FUNCTION ${lookup} TO ${POOLER_ROLE}`,
  ];
}
