# shellcheck shell=bash
# Finds libpg_query, PostgreSQL's parser, for ./run, or gets it. Without it Nexus starts, and its tools for databases refuse SQL.

# The library's package has its version in its name; the development package hasn't, and brings it on every release.
sql_parser_packages=(libpg-query1504.0 libpg-query-dev)

has_sql_parser() {
  compgen -G '/usr/lib/*/libpg_query.so*' >/dev/null || compgen -G '/usr/lib*/libpg_query.so*' >/dev/null ||
    compgen -G '/usr/local/lib/libpg_query.*' >/dev/null
}

available() {
  [ -n "$(apt-cache search --names-only "^${1//./\\.}\$")" ]
}

get_sql_parser() {
  local package
  ! has_sql_parser || return 0
  if [ "$1" = no ] || ! is_debian || ! is_root; then
    say "PostgreSQL's parser, libpg_query, is not installed: the tools for external databases refuse SQL until it is."
    say 'To get it: apt-get install libpg-query-dev on Debian and Ubuntu (./run as root does), or https://github.com/pganalyze/libpg_query.'
    return 0
  fi
  say "Installing PostgreSQL's parser, libpg_query (--no-install leaves that) …"
  quietly apt-get update
  for package in "${sql_parser_packages[@]}"; do
    ! available "$package" || { install "$package" && return 0; }
  done
  say 'This system has no package of libpg_query: the tools for external databases refuse SQL until it is installed.'
}
