#!/bin/sh
# Installs the programs that check docs/openapi.json and make clients from it; writes .minifleet/generators.
set -eu
cd "$(dirname "$0")"
tools=../../.minifleet/generators
mkdir -p "$tools"
cp package.json package-lock.json "$tools"
npm ci --ignore-scripts --prefix "$tools"
