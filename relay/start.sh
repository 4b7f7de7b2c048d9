#!/bin/sh
# Runs 微管家, which owns the ports 80 and 8081, the relay beside it, and app.jar where there is one. Ends when 微管家 ends; the others
# are started again when they end.
set -u
here=$(dirname "$0")

# keep SECONDS COMMAND…: runs the command again, so long after each end. Exit code 78 ends it for good: its configuration is wrong.
keep() {
  pause=$1
  shift
  child=
  # Told twice, once with 微管家 and once after it: the second must not cut short how the command ends.
  trap 'trap "" TERM; kill -TERM "$child" 2>/dev/null; wait "$child"; exit 0' TERM
  while true; do
    "$@" &
    child=$!
    wait "$child"
    [ $? -eq 78 ] && exit 78
    sleep "$pause" &
    wait $!
  done
}

# The relay's secret is not the service's business.
run_app() {
  unset RELAY_SECRET
  export SERVER_PORT="$RELAY_BUSINESS_PORT" SERVER_ADDRESS=127.0.0.1
  # Unquoted: several options.
  exec java ${JAVA_OPTS:-} -jar "$here/app.jar"
}

keep 1 node "$here/relay.mjs" &
keepers=$!
if [ -f "$here/app.jar" ]; then
  keep 5 run_app &
  keepers="$keepers $!"
fi
${WXCOMPONENT_COMMAND:-/wxcloudrun-wxcomponent/main} &
wxcomponent=$!
trap 'kill -TERM "$wxcomponent" $keepers 2>/dev/null' TERM INT

wait "$wxcomponent"
status=$?
# A signal ends the first wait before the process itself has ended.
while kill -0 "$wxcomponent" 2>/dev/null; do
  wait "$wxcomponent"
  status=$?
done
kill -TERM $keepers 2>/dev/null
wait $keepers
exit "$status"
