#!/bin/sh
# Starts Redis for n8n's queue. The password reaches Redis on its standard input, so that neither a
# file nor the list of processes shows it.
#
# noeviction: a full memory must refuse a job, and never drop one that waits.
set -eu

exec redis-server - <<CONF
requirepass $REDIS_PASSWORD
dir /data
appendonly yes
maxmemory 256mb
maxmemory-policy noeviction
CONF
