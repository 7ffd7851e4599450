/** The checks of a base backup. What only a login to a database can tell is not told without one. */
export const BASE_BACKUP_CHECKS = String.raw`
walsender="dbname=postgres replication=true"
connects "$walsender" IDENTIFY_SYSTEM || { explain "for the database replication"; finish; }
show() { psql -X -A -t -q -d "$walsender" -c "SHOW $1" 2> /dev/null; }

number=$(show server_version_num)
[ $((number / 10000)) -eq "$own" ] ||
  fail "version: the server is PostgreSQL $((number / 10000)), and this cluster $own, which cannot read its files. Use version $((number / 10000)) and upgrade afterwards, or import with pg_dump: method microservice or monolith."
level=$(show wal_level)
[ "$level" != minimal ] ||
  fail "server: its wal_level is minimal, and a base backup needs replica. On the server: ALTER SYSTEM SET wal_level = replica, and restart it."
senders=$(show max_wal_senders)
[ "$senders" -ge 2 ] ||
  fail "server: its max_wal_senders is $senders, and a base backup needs two. On the server: ALTER SYSTEM SET max_wal_senders = 10, and restart it."

if connects postgres; then
  busy=$(ask postgres <<< "SELECT count(*) FROM pg_stat_replication")
  [ "$senders" -lt 2 ] || [ $((senders - busy)) -ge 2 ] ||
    fail "server: $busy of its $senders WAL senders are taken, and a base backup needs two. Raise max_wal_senders there, or stop a replica."
  machine=$(ask postgres <<< "SELECT version()" | sed -nE 's/.* on ([a-z0-9_]+)-.*/\1/p')
  [ -z "$machine" ] || [ "$machine" = "$(uname -m)" ] ||
    fail "server: it runs on $machine, and this cluster on $(uname -m), which cannot read its files. Import with pg_dump: method microservice or monolith."
  spaces=$(ask postgres <<< "SELECT string_agg(spcname, ', ') FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')")
  [ -z "$spaces" ] ||
    fail "server: it has the tablespaces $spaces, in folders that pods do not have. Move what is in them to pg_default and drop them, or import with pg_dump."
  there=$(ask postgres <<< "SELECT string_agg(datname, ', ' ORDER BY datname) FROM pg_database WHERE datallowconn AND NOT datistemplate")
  [ "$(ask postgres <<< "SELECT count(*) FROM pg_database WHERE datname = :'database'")" = 1 ] ||
    fail "database.name: the server has no database $IMPORT_DATABASE; it has $there. Use one of those."
  [ "$(ask postgres <<< "SELECT count(*) FROM pg_roles WHERE rolname = :'owner'")" = 1 ] ||
    fail "database.owner: the server has no role $IMPORT_OWNER. Use the owner of $IMPORT_DATABASE there."
  total=$(ERRORS=/dev/null ask postgres <<< "SELECT sum(pg_database_size(oid)) FROM pg_database") || total=
  [ -z "$total" ] || fits "$total" "the databases of the server have"
else
  echo "$PGUSER logs in for replication alone: databases, tablespaces and sizes are not looked at."
fi
`;
