/**
 * Ends a session (`$1`) as a terminal does that is closed: SIGHUP to all its processes, then SIGKILL to those that stay.
 * Jobs in the background that ignore SIGHUP are left alone: whoever starts one with `nohup` wants it to stay. Uses only
 * the built-in commands of a POSIX shell, as a container may have no others. Exits with 1 if a process of another user is
 * left.
 */
export const endScript = `
session=$1 kept=' '
members() {
  pids=
  for stat in /proc/[0-9]*/stat; do
    pid=\${stat#/proc/} pid=\${pid%/stat} line=
    while read -r part; do line="$line $part"; done < "$stat"
    set -- \${line##*) }
    [ "$4" = "$session" ] && [ "$1" != Z ] || continue
    case "$kept" in *" $pid "*) continue;; esac
    pids="$pids $pid"
    [ -z "$first" ] || [ "$pid" = "$session" ] || [ "$6" -le 0 ] || [ "$3" = "$6" ] || keep "$pid"
  done
} 2>/dev/null
keep() {
  while read -r name value; do
    case "$name$value" in SigIgn:*[13579bdf]) kept="$kept$1 ";; esac
  done < "/proc/$1/status"
}
first=1; members; first=
[ "$pids" ] || exit 0
kill -HUP $pids; kill -CONT $pids
for look in 1 2 3 4 5 6; do
  members; [ "$pids" ] || exit 0
  sleep 0.1 || sleep 1
done
kill -KILL $pids
for look in 1 2 3 4 5 6; do
  sleep 0.1 || sleep 1
  members; [ "$pids" ] || exit 0
done
exit 1
`;
