import { BASE_BACKUP_CHECKS } from "./base-backup-checks";
import { DUMP_CHECKS } from "./dump-checks";
import { LOGIN } from "./login";

/**
 * Asks a server everything that its import depends on, and tells all that is wrong at once where the engine finds it: in
 * the message with which the container ends. In CloudNativePG's own Job the first of these mistakes would end the import
 * after however long it takes to come to it, and the deployment would wait for the time limit.
 *
 * Connections are made by the variables of libpq. Names that the user chooses come in variables that begin with IMPORT_,
 * and lists in lines.
 */
export const CHECK_SCRIPT = String.raw`
set -u
if [ -n "$(printenv "$1")" ]; then
  echo "The cluster exists, and its creation is over: nothing to ask."
  exit 0
fi

failures=()
fail() { failures+=("$1"); }
finish() {
  # A question that the server did not answer is no answer in its favour.
  [ "${"$"}{#failures[@]}" -gt 0 ] || [ ! -s /tmp/errors ] ||
    fail "server: a question was not answered: $(head -n 3 /tmp/errors). It must let the role $PGUSER read its catalogues."
  if [ "${"$"}{#failures[@]}" -eq 0 ]; then
    echo "The server can be imported."
    exit 0
  fi
  {
    printf '%s\n' "${"$"}{failures[@]}" | head -c 3800
    printf '%s\n' "Correct it and deploy again: the cluster has not been created yet."
  } | tee /dev/termination-log >&2
  exit 1
}
has() { [[ " $IMPORT_FLAGS " == *" $1 "* ]]; }

own=$(pg_dump --version | grep -oE '[0-9]+' | head -n 1)
${LOGIN}
given password server.passwordSecret
given ca server.caSecret
given tls server.tlsSecret
[ "${"$"}{#failures[@]}" -eq 0 ] || finish
[ ! -e /server/password ] || PGPASSWORD=$(cat /server/password/value)
export PGPASSWORD="${"$"}{PGPASSWORD-}"

if [ "$IMPORT_METHOD" = base-backup ]; then
${BASE_BACKUP_CHECKS}
else
${DUMP_CHECKS}
fi
finish
`;
