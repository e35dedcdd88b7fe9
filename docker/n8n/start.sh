#!/bin/sh
# Starts n8n with our nodes, as the main process (start), a worker or a webhook process.
#
# n8n loads nodes from its user folder, which is a volume. A volume keeps the files of the image that
# made it. So this script links the nodes of the current image into the folder at every start.
set -eu

package=n8n-nodes-digital-materi
here=$(cd "$(dirname "$0")" && pwd)
modules=${N8N_USER_FOLDER:-$HOME}/.n8n/nodes/node_modules

mkdir -p "$modules"
rm -rf "${modules:?}/$package"
ln -s "$here/$package" "$modules/$package"

# n8n's own start script adds custom certificates.
if [ -x /docker-entrypoint.sh ]; then exec /docker-entrypoint.sh "$@"; fi
exec n8n "$@"
