#!/bin/sh
# Builds assets/vendor/plotly.min.js and its SHA-256 from the pinned packages, in a temporary copy of this folder.
# Usage: tools/plotly_bundle/build.sh [folder to write to, by default assets/vendor]
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../../assets/vendor}
mkdir -p "$out"
out=$(cd "$out" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

cp "$here/entry.js" "$here/colours.js" "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$copy"
cd "$copy"
npm ci --ignore-scripts --no-audit --no-fund

version=$(node -p "require('plotly.js/package.json').version")
# The stylesheet that is left out belongs to map traces, which the bundle does not have.
./node_modules/.bin/esbuild entry.js \
  --bundle --minify --target=es2020 --format=iife --global-name=Plotly \
  --alias:culori=./colours.js \
  --define:global=window --define:define.amd=false \
  '--define:process.env.NODE_ENV="production"' --define:process.env.NODE_DEBUG=false \
  --loader:.css=empty --legal-comments=eof \
  "--banner:js=/*! plotly.js v$version, a part of it. (c) Plotly, Inc. MIT licence. See LICENSES.md. */" \
  --outfile="$out/plotly.min.js"

cd "$out"
node -e '
  const hash = require("crypto").createHash("sha256").update(require("fs").readFileSync("plotly.min.js"));
  console.log(hash.digest("hex") + "  plotly.min.js");
' > plotly.min.js.sha256
