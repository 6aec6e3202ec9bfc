# shellcheck shell=bash
# Finds a Docker Engine for ./run, or gets one.

docker_answers() {
  if has docker; then
    docker version >/dev/null 2>&1
  else
    has curl && curl --silent --fail --max-time 5 --output /dev/null --unix-socket /var/run/docker.sock http://docker/_ping
  fi
}

docker_answers_soon() {
  local _
  for _ in $(seq 60); do
    ! docker_answers || return 0
    sleep 0.5
  done
  return 1
}

# As the machine starts its services; where that doesn't work, ourselves. The engine outlives Nexus.
start_docker() {
  local log=/var/log/dockerd.log
  if [ -d /run/systemd/system ]; then
    systemctl start docker >&2
  elif ! service docker start >/dev/null 2>&1; then
    setsid nohup dockerd >>$log 2>&1 </dev/null &
  fi
  docker_answers_soon || say "The Docker Engine does not answer; see $log."
}

# What builds from source: git fetches, and Debian's docker client speaks BuildKit. Without them images can still be deployed.
get_build_tools() {
  local wanted
  ! has git || return 0
  if [ "$1" = no ] || ! is_debian || ! is_root; then
    say 'There is no git on this machine: repositories cannot be deployed until it is installed.'
    return 0
  fi
  mapfile -t wanted < <(missing git ca-certificates)
  install "${wanted[@]}"
}

get_docker() {
  ! docker_answers || return 0
  if [ -n "${DOCKER_HOST:-}" ]; then
    say "No Docker Engine answers at DOCKER_HOST=$DOCKER_HOST. Nexus starts without it."
  elif [ "$1" = no ] || ! is_debian || ! is_root; then
    say 'No Docker Engine answers at /var/run/docker.sock. Nexus starts, but cannot deploy there until one does.'
    say 'To get one: https://docs.docker.com/engine/install/ (on Debian and Ubuntu, ./run as root installs it).'
  else
    say 'No Docker Engine answers at /var/run/docker.sock: installing and starting the one of this system (--no-install leaves that).'
    has dockerd || install docker.io iptables
    start_docker || say 'The Docker Engine could not be started.'
  fi
}
