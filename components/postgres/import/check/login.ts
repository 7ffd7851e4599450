/** Functions that log in and say in plain words why it did not work. */
export const LOGIN = String.raw`
# A Secret that is not there, or has no such key, is a file that is not there.
given() {
  local name="IMPORT_$1" file
  [ -n "$(printenv "$name")" ] || return 0
  for file in $(printenv "${"$"}{name}_FILES"); do
    [ -s "/server/$1/$file" ] ||
      fail "$2: the Secret $(printenv "$name") has no such key, or does not exist in this namespace. Create it with the key before the import."
  done
}

# In the database $1, with what is on standard input. Lists are in the variables of psql.
ask() {
  PGDATABASE=$1 psql -X -A -t -q -v ON_ERROR_STOP=1 -v databases="$IMPORT_DATABASES" -v roles="$IMPORT_ROLES" \
    -v owner="$IMPORT_OWNER" -v database="$IMPORT_DATABASE" -f - 2>> "${"$"}{ERRORS:-/tmp/errors}"
}

# Whether one can log in to $1, with what was said in $said. A server that starts, or a network that is not ready, gets
# a moment; a wrong password does not.
connects() {
  local until=$((SECONDS + 10))
  while :; do
    said=$(psql -X -A -t -q -d "$1" -c "${"$"}{2:-SELECT 1}" 2>&1) && return 0
    case "$said" in
      *"starting up"* | *"Connection refused"* | *"could not translate"*) [ "$SECONDS" -ge "$until" ] || { sleep 2; continue; } ;;
    esac
    return 1
  done
}

# Why one cannot, from $said.
explain() {
  local at="$PGHOST, port $PGPORT" last
  last=$(printf '%s\n' "$said" | grep -v '^[[:space:]]*$' | tail -n 1 | sed 's/^psql: error: //')
  case "$said" in
    *"could not translate host name"*)
      fail "server.host: the name $PGHOST is not known in this cluster of Kubernetes. Use a name or an address that its pods resolve." ;;
    *"Connection refused"*)
      fail "server.host: nothing listens at $at. Correct server.port, or let PostgreSQL listen there (listen_addresses)." ;;
    *"timeout expired"* | *"No route to host"* | *"Network is unreachable"* | *"timed out"*)
      fail "server.host: no answer from $at within $PGCONNECT_TIMEOUT s. Let the pods of this namespace through: firewalls, security groups, NetworkPolicies." ;;
    *"no password supplied"*)
      fail "server.passwordSecret: the server wants a password of the role $PGUSER. Name the Secret with it, or let pg_hba.conf there accept its certificate (cert)." ;;
    *"password authentication failed"*)
      fail "server.passwordSecret: the server refuses the role $PGUSER with the password in ${"$"}{IMPORT_password-}. Correct the password there, or server.user." ;;
    *'role "'*'" does not exist'* | *"not permitted to log in"*)
      fail "server.user: $last. Use a role that exists and has LOGIN." ;;
    *"no pg_hba.conf entry"* | *"pg_hba.conf rejects"*)
      fail "server.user: pg_hba.conf of the server lets this login not pass: $last. Add a line there for the role $PGUSER and the addresses of the pods${"$"}{1:+ ($1)}, and reload it." ;;
    *"certificate verify failed"* | *"does not match host name"* | *"root certificate"*)
      fail "server.caSecret: the certificate of the server is not one of this authority for $PGHOST: $last. Use its authority in ${"$"}{IMPORT_ca-}, and a host that the certificate names." ;;
    *"requires a valid client certificate"*)
      fail "server.tlsSecret: the server wants a client certificate of the role $PGUSER. Name the Secret with one of an authority that it trusts." ;;
    *"server does not support SSL"*)
      fail "server.sslMode: the server has no TLS, and sslMode is $PGSSLMODE. Switch it on there (ssl = on), or use sslMode disable in a network that you trust." ;;
    *"client certificate"* | *"certificate authentication failed"* | *"sslv3 alert"* | *"tlsv1 alert"*)
      fail "server.tlsSecret: the server refuses the certificate of ${"$"}{IMPORT_tls-} for the role $PGUSER: $last. Use one of an authority that it trusts, with that role as its common name." ;;
    *"too many clients"* | *"remaining connection slots"* | *"too many connections"*)
      fail "server: it has no connection left: $last. Free some, or raise max_connections there." ;;
    *"max_wal_senders"*)
      fail "server: it has no WAL sender left: $last. Raise max_wal_senders there: a base backup needs two." ;;
    *"REPLICATION"* | *"replication role"* | *"WAL sender"*)
      fail "server.user: the role $PGUSER must have REPLICATION for a base backup. On the server: ALTER ROLE \"$PGUSER\" REPLICATION." ;;
    *) fail "server: no login at $at: $last." ;;
  esac
}

bytes() { numfmt --to=iec-i --suffix=B "$1"; }

# Whether the volume holds $1 bytes.
fits() {
  [ "$1" -le "$IMPORT_STORAGE" ] ||
    fail "storage.size: $2 $(bytes "$1"), and the volume of the tables has $(bytes "$IMPORT_STORAGE"). Use more than that, with room to grow."
}
`;
