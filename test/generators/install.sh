#!/bin/sh
# Installs the programs that check docs/openapi.json and make clients from it, and the inspector of the protocol of agents, which
# runs on Node 22.19 or newer only; writes .minifleet/generators.
set -eu
cd "$(dirname "$0")"
tools=../../.minifleet/generators
mkdir -p "$tools"
cp package.json package-lock.json "$tools"
npm ci --ignore-scripts --prefix "$tools"
node=node-$(node -p '`${process.platform}-${process.arch}`')
npm install --no-save --no-package-lock --ignore-scripts --prefix "$tools/inspector" @modelcontextprotocol/inspector@2.12.0 "$node@22.23.3"
