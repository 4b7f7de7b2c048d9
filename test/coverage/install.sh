#!/bin/sh
# Installs the program that reads V8's coverage through source maps; writes .minifleet/coverage.
set -eu
cd "$(dirname "$0")"
tools=../../.minifleet/coverage
mkdir -p "$tools"
cp package.json package-lock.json "$tools"
npm ci --ignore-scripts --prefix "$tools"
