/**
 * Runs SQL as CloudNativePG would, on a server of the same image that is thrown away, and tells the first mistake where the
 * engine finds it: in the message with which the container ends. Of a cluster that exists it tries only the libraries.
 *
 * Arguments: the variable with the address of the cluster's Service, the application's database, the owner, the options of
 * initdb, the settings, the libraries of sharedPreloadLibraries and those of parameters, and for each file its database,
 * name, argument, role and whether its text may be shown.
 *
 * The variable, which Kubernetes sets, and not the Service's name in DNS: that goes on to the search domains of the node,
 * where a wildcard answers to any name, and the check would pass over all SQL without a word.
 */
export const CHECK_SCRIPT = String.raw`
set -u
end() { printf '%.3500s\n' "$1" | tee /dev/termination-log >&2; exit 1; }

service=$1 application=$2 owner=$3 initdb_options=$4 settings=$5 listed=$6 managed=$7
shift 7

again="Correct it and deploy again: the cluster has not been created yet."
if [ -n "$(printenv "$service")" ]; then
  if [ -z "$listed$managed" ]; then
    echo "The cluster exists, and its creation is over: nothing to try."
    exit 0
  fi
  again="Correct it and deploy again: the cluster goes on as it is."
  set --
fi

export PGDATA=/tmp/data PGHOST=/tmp PGUSER=postgres PGDATABASE=postgres PGCONNECT_TIMEOUT=10
# One by one, as the lines of the argument.
mapfile -t options <<< "$initdb_options"
initdb --username=postgres --auth=trust --no-sync "${"$"}{options[@]}" > /tmp/initdb.log 2>&1 ||
  end "initdb fails: $(tail -n 5 /tmp/initdb.log)"
printf '%s\n' "$settings" >> "$PGDATA/postgresql.conf"
cat >> "$PGDATA/postgresql.conf" << 'CONF'
listen_addresses = ''
unix_socket_directories = '/tmp'
fsync = off
shared_buffers = '16MB'
max_connections = 10
max_worker_processes = 32
CONF
if ! pg_ctl start --wait --silent --log=/tmp/server.log > /dev/null; then
  why=$(grep -E 'FATAL|ERROR' /tmp/server.log | tail -n 3)
  missing=$(sed -n -E 's/.*could not access file "([^"]*)".*/\1/p' /tmp/server.log | head -n 1)
  case " $listed " in
    *" $missing "*) remedy="take it out of sharedPreloadLibraries" ;;
    *) remedy="remove the parameters of $missing" ;;
  esac
  [ -z "$missing" ] || end "the image has no library $missing: $remedy, or use an image with it. $why
$again"
  end "PostgreSQL does not start: $why
$again"
fi

if [ $# -eq 0 ]; then
  pg_ctl stop --mode=immediate --silent
  echo "PostgreSQL starts with its libraries."
  exit 0
fi

quiet=(psql -X -q -o /dev/null -v ON_ERROR_STOP=1)
"${"$"}{quiet[@]}" -c "CREATE ROLE \"$owner\" LOGIN" || end "the owner $owner cannot be created"

# Statement by statement, to name the one that fails. Line numbers are those of the text.
diagnose() {
  local database=$1 file=$2 role=$3 shown=$4 skipped=0
  local words=(-b)
  [ "$shown" = shown ] || words=(-v VERBOSITY=sqlstate)
  local as=()
  if [ -n "$role" ]; then as=(-c "SET ROLE \"$role\""); skipped=1; fi
  tail -n "+$((skipped + 1))" "$file" | "${"$"}{quiet[@]}" "${"$"}{words[@]}" "${"$"}{as[@]}" -d "$database" -f - 2>&1 > /dev/null |
    sed -E -e 's/^psql:<stdin>:([0-9]+): /line \1: /' \
      -e 's/ERROR: +([0-9A-Z]{5})$/SQLSTATE \1, whose words are not shown because the SQL is secret/'
  return "${"$"}{PIPESTATUS[1]}"
}

try() {
  local database=$1 file="/sql/$2" argument=$3 role=$4 shown=$5 why said
  [ "$database" = app ] && database=$application
  if [ "$(stat -L -c %s "$file")" -lt 100000 ]; then
    # The whole as one query, as CloudNativePG sends it.
    why=$("${"$"}{quiet[@]}" -d "$database" -c "$(cat "$file")" 2>&1) && return
  else
    why=$("${"$"}{quiet[@]}" -d "$database" -1 -f "$file" 2>&1) && return
  fi
  [ "$shown" = shown ] || why="an error that is not shown, since the SQL is secret"
  said=$(diagnose "$database" "$file" "$role" "$shown") || why=$said
  end "$argument fails in the database $database: $why
$again"
}

state=postgres
while [ $# -gt 0 ]; do
  if [ "$1" = app ] && [ "$state" != app ]; then
    "${"$"}{quiet[@]}" -c "CREATE DATABASE \"$application\" OWNER \"$owner\"" || end "the database $application cannot be created"
    state=app
  fi
  try "$1" "$2" "$3" "$4" "$5"
  shift 5
done
pg_ctl stop --mode=immediate --silent
echo "All SQL of the new database works."
`;
