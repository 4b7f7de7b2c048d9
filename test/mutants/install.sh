#!/bin/sh
# Installs the program that breaks the sources one edit at a time; writes .minifleet/mutants.
set -eu
cd "$(dirname "$0")"
tools=../../.minifleet/mutants
mkdir -p "$tools"
cp package.json package-lock.json "$tools"
npm ci --ignore-scripts --prefix "$tools"
