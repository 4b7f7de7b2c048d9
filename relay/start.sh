#!/bin/sh
# Runs the relay in the background, restarted whenever it ends, and 微管家 in the foreground on its own ports 80 and 8081.
set -u
(
  while true; do
    node /opt/relay/relay.mjs
    sleep 1
  done
) &
exec sh -c "$WXCOMPONENT_COMMAND"
