#!/bin/sh
# On demand, where azure-cli is installed: az compiles, formats and lints through our `bicep`, and what it writes is what ours writes.
#   tests/clients/az_bicep.sh [az]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
az=${1:-az}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$root/tests/workflows/bicep_cli/files/." "$work"
export AZURE_CONFIG_DIR="$work/.azure" AZURE_BICEP_USE_BINARY_FROM_PATH=true AZURE_CORE_COLLECT_TELEMETRY=false
"$root/inv" bicep.install --directory "$work/bin"
PATH="$work/bin:$PATH"
cd "$work"

fail() { echo "FAILED: $*" >&2; exit 1; }

bicep build good.bicep --outfile ours.json
"$az" bicep build --file good.bicep --outfile az.json && cmp ours.json az.json || fail "build"
"$az" bicep build --file good.bicep --stdout >az.txt && [ "$(cat ours.json)" = "$(cat az.txt)" ] || fail "build --stdout"
"$az" bicep build --file warn.bicep --outdir made 2>warnings && test -f made/warn.json && grep -q no-unused-params warnings || fail "warnings"
if "$az" bicep build --file bad.bicep 2>errors; then fail "errors end with 0"; fi
grep -q BCP057 errors || fail "errors"
bicep build-params good.bicepparam --outfile ours.parameters.json
"$az" bicep build-params --file good.bicepparam --outfile az.parameters.json && cmp ours.parameters.json az.parameters.json || fail "build-params"
"$az" bicep format --file ugly.bicep --outfile az.bicep --newline-kind LF --indent-kind Space --indent-size 4 && grep -q '^    a: name$' az.bicep || fail "format"
"$az" bicep lint --file good.bicep || fail "lint"
echo "az works through our bicep: $("$az" version --query '"azure-cli"' --output tsv 2>/dev/null)"
