/** All processes of PostgreSQL in a container, into `pids`, the postmaster first. */
const ALL = `pids=$(head -n 1 "$PGDATA/postmaster.pid")
for process in /proc/[0-9]*; do
  if [ "$(cat "$process/comm" 2>/dev/null)" = postgres ]; then pids="$pids \${process#/proc/}"; fi
done`;

/** Kills the postmaster, as a bug or a broken library would. */
export const CRASH = `kill -KILL "$(head -n 1 "$PGDATA/postmaster.pid")"`;

/**
 * Ends the instance manager, and with it everything in the container. The first process of a container cannot be killed from
 * inside, but Go's runtime handles this signal: it writes its stacks and exits, without any cleaning up.
 */
export const END_CONTAINER = "kill -ABRT 1";

/** Lets all processes go on. */
export const THAW = `${ALL}
kill -CONT $pids 2>/dev/null
true`;

/** Stops all processes; a hung disk looks like it. They go on by themselves after this time, should the drill be killed. */
export function freeze(seconds: number): string {
  return `${ALL}
kill -STOP $pids 2>/dev/null
( trap '' HUP; sleep ${seconds}; kill -CONT $pids ) </dev/null >/dev/null 2>&1 &
true`;
}
