import { POOLER_ROLE } from "../../upstream/cloudnative-pg";

/** How a pooler asks for a password. Said to the operator, which takes no pooler with a certificate of its own without it. */
export const POOLER_QUERY = "SELECT usename, passwd FROM public.user_search($1)";

/**
 * What poolers with a certificate of their own need in the database `postgres`: their role, and a function that tells it, and
 * nobody else, the hash of a password. CloudNativePG does it for poolers whose certificate it issues itself, and for no other.
 *
 * @see https://cloudnative-pg.io/docs/1.30/connection_pooling#authentication
 */
export function poolerLoginSql(): string[] {
  const lookup = "public.user_search(text)";
  return [
    `CREATE ROLE ${POOLER_ROLE} LOGIN`,
    `GRANT CONNECT ON DATABASE postgres TO ${POOLER_ROLE}`,
    // It runs as the superuser: with a search path of the caller's, the caller could slip it other operators.
    `CREATE FUNCTION public.user_search(uname text) RETURNS TABLE (usename name, passwd text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT s.usename, s.passwd FROM pg_catalog.pg_shadow AS s WHERE s.usename = uname'`,
    `REVOKE ALL ON FUNCTION ${lookup} FROM PUBLIC`,
    `GRANT EXECUTE ON FUNCTION ${lookup} TO ${POOLER_ROLE}`,
  ];
}
