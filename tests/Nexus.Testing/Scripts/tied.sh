#!/bin/bash
# Runs a command that ends when whoever started it does: `tied.sh COMMAND ARGUMENT…`.
# The starter holds our standard input open; when it closes (the starter exits, crashes or is killed), the command
# gets SIGKILL. A parent-death signal won't do: it fires when the starting *thread* ends, and .NET's come and go.
exec 3<&0
{
  watcher=$BASHPID
  while read -r _; do :; done <&3
  # Only while the command is still our parent: its id may be another process's by now.
  read -r _ parent < <(grep PPid: "/proc/$watcher/status")
  [ "$parent" != $$ ] || kill -KILL $$
} >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null
