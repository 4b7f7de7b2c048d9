#!/bin/sh
# Runs 微管家, which owns the ports 80 and 8081, and the relay beside it. Ends when 微管家 ends; a relay that ends is started again.
set -u
here=$(dirname "$0")

keep_relay() {
  relay=
  # Told twice, once with 微管家 and once after it: the second must not cut short how the relay ends.
  trap 'trap "" TERM; kill -TERM "$relay" 2>/dev/null; wait "$relay"; exit 0' TERM
  while true; do
    node "$here/relay.mjs" &
    relay=$!
    wait "$relay"
    # 78: its configuration is wrong, which the log says by name.
    [ $? -eq 78 ] && exit 78
    sleep 1 &
    wait $!
  done
}

keep_relay &
keeper=$!
${WXCOMPONENT_COMMAND:-/wxcloudrun-wxcomponent/main} &
wxcomponent=$!
trap 'kill -TERM "$wxcomponent" "$keeper" 2>/dev/null' TERM INT

wait "$wxcomponent"
status=$?
# A signal ends the first wait before the process itself has ended.
while kill -0 "$wxcomponent" 2>/dev/null; do
  wait "$wxcomponent"
  status=$?
done
kill -TERM "$keeper" 2>/dev/null
wait "$keeper"
exit "$status"
