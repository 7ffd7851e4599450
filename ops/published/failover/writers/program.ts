/** How a client of a database behaves. */
export type Manner = "keeps" | "renews" | "defaults";

/** How long a careful client waits for an answer, as drivers' query timeouts do. Beyond it a commit that waits is given up. */
const ANSWER_SECONDS = 5;

/** Settings with which a client notices that its server is gone: to connect, to be answered by the kernel, and while idle. */
export const CAREFUL =
  "connect_timeout=2 tcp_user_timeout=3000 keepalives_idle=1 keepalives_interval=1 keepalives_count=3";

/**
 * The program of a writer, for the bash of the cluster's own image. It prints `ack NUMBER MICROSECONDS` for each row whose
 * commit was acknowledged, and `fail MICROSECONDS REASON` for each attempt that was not. A number is used once: a commit that was
 * not acknowledged may have happened.
 */
export const WRITER_PROGRAM = `
export LC_ALL=C
trap '' PIPE
trap 'exit 0' TERM
for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin; do
  if [ -x "$folder/psql" ]; then PATH=$folder:$PATH; fi
done
client=(psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 "$CONNECTION")
number=0
exec {idle}<> <(:)
rest() { read -r -t "$1" -u "$idle"; }
judge() {
  if [ "$1" = "$number" ]; then echo "ack $number \${EPOCHREALTIME/./}"; return 0; fi
  echo "fail \${EPOCHREALTIME/./} \${1:-no answer}"
  return 1
}
next() {
  number=$((number + 1))
  statement="INSERT INTO $TABLE (turn, number) VALUES ($TURN, $number) RETURNING number;"
}
keep() {
  while :; do
    coproc SERVER { exec "\${client[@]}" 2>&1; }
    pid=$SERVER_PID
    exec {out}<&"\${SERVER[0]}" {in}>&"\${SERVER[1]}"
    while :; do
      next
      answer=
      printf '%s\\n' "$statement" >&"$in" && read -r "$@" -u "$out" answer
      judge "$answer" || break
      rest 0.02
    done
    kill -KILL "$pid"
    wait "$pid"
    exec {out}<&- {in}>&-
    rest 0.1
  done 2>/dev/null
}
renew() {
  while :; do
    next
    answer=$(timeout -s KILL ${ANSWER_SECONDS} "\${client[@]}" --command="$statement" 2>&1)
    judge "\${answer%%$'\\n'*}"
    rest 0.1
  done
}
case $MANNER in
  keeps) keep -t ${ANSWER_SECONDS} ;;
  defaults) keep ;;
  renews) renew ;;
esac
`;
