#!/bin/sh
# Makes a database and a user for the API, and others for n8n. The image of PostgreSQL runs this script
# once, when its volume is empty. psql reads the passwords from the environment, so that no list of
# processes shows them.
set -eu

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv api_password API_DATABASE_PASSWORD
\getenv n8n_password N8N_DATABASE_PASSWORD

create role materi login password :'api_password';
create database materi owner materi;
revoke all on database materi from public;

create role n8n login password :'n8n_password';
create database n8n owner n8n;
revoke all on database n8n from public;
SQL
