#!/bin/bash
# Runs a Docker Engine that shares nothing with another engine of this machine and leaves nothing behind:
#   docker-engine.sh FOLDER STATE DOCKERD-ARGUMENT…
# FOLDER is for the socket and the log, STATE is the data root; with NEXUS_DISK_MIB, a disk of that size which is gone after `stop`. Orders are lines of standard input: `start`, `stop` (in
# good order) and `kill` (like a power cut); the answer to the last two is the line `stopped`. When the input ends,
# because our test process is gone, all is killed and FOLDER removed.
# Processes and mounts are in namespaces of their own and end with dockerd. Bridges, packet filter rules and control
# groups belong to the machine: they carry our name (nxt117, NXT117, 10.117.*) and are removed here.
set -u
folder=$1 state=$2
shift 2

# The first bridge that can be made is ours, and with it the number that is in all our names.
claim() {
  for number in $(shuf --input-range=100-250); do
    named "$number"
    [ -z "$(ip -4 route show root "$pool.0.0/16")" ] || continue
    ip link add "$name" type bridge 2>/dev/null || continue
    ip link set "$name" alias "$$" up && ip address add "$pool.0.1/24" dev "$name" && return
    ip link delete "$name"
  done
  echo 'docker-engine.sh: no bridge with a subnet of its own can be made' >&2
  exit 1
}

named() {
  name=nxt$1 pool=10.$1
}

# What a supervisor that was itself killed has left.
sweep() {
  local bridge owner
  for bridge in /sys/class/net/nxt*; do
    [ -e "$bridge" ] || continue
    owner=$(cat "$bridge/ifalias")
    [ -z "$owner" ] || [ -e "/proc/$owner" ] || (named "${bridge##*nxt}" && clean)
  done
}

# dockerd empties the chains named DOCKER… when it starts, another engine's too, and may forbid forwarding for all.
rename_chains() {
  local tool
  mkdir -p "$folder/bin"
  for tool in iptables ip6tables; do
    # The engine calls it forty times for a container in a network of its own: sh starts in half the time that bash takes.
    cat >"$folder/bin/$tool" <<TOOL
#!/bin/sh
case " \$* " in *' -P FORWARD '*) exit 0 ;; esac
for argument; do
  shift
  case \$argument in DOCKER*) argument=${name^^}\${argument#DOCKER} ;; esac
  set -- "\$@" "\$argument"
done
exec $(command -v $tool) "\$@"
TOOL
    chmod +x "$folder/bin/$tool"
  done
  PATH=$folder/bin:$PATH
}

clean() {
  local bridges table rule chain
  bridges=$(ip -o -4 address show | awk -v pool="$pool." 'index($4, pool) == 1 { print $2 }')
  for table in nat filter; do
    iptables --wait -t $table -S | grep -E "^-A .*($pool\.|${name^^}|${bridges//$'\n'/|})" | while read -r _ rule; do
      eval "iptables --wait -t $table -D $rule"
    done
    iptables --wait -t $table -S | grep "^-N ${name^^}" | while read -r _ chain; do
      iptables --wait -t $table -X "$chain"
    done
  done
  xargs -rn1 ip link delete <<<"$bridges"
  find /sys/fs/cgroup -depth -type d -path "*/$name*" -exec rmdir {} +
} 2>/dev/null

# Process 1 of the namespace: reaps what containers leave and hands SIGTERM on to dockerd.
# shellcheck disable=SC2016
first='[ -z "${NEXUS_DISK_MIB:-}" ] || mount -t tmpfs -o "size=${NEXUS_DISK_MIB}m" tmpfs "$NEXUS_DISK" || exit; "$@" & engine=$!; trap "kill -TERM $engine" TERM; while kill -0 $engine 2>&-; do wait $engine; done'

start() {
  mkdir -p "$state"
  rm -rf "$folder/docker.sock" "$folder/docker.pid" "$folder/exec"
  NEXUS_DISK=$state setsid setpriv --pdeathsig KILL \
    unshare --mount --pid --fork --kill-child --mount-proc bash -c "$first" first dockerd \
    --bridge "$name" --default-address-pool "base=$pool.0.0/16,size=24" --cgroup-parent "/$name" \
    --host "unix://$folder/docker.sock" --data-root "$state" --exec-root "$folder/exec" \
    --pidfile "$folder/docker.pid" "$@" >>"$folder/docker.log" 2>&1 </dev/null &
  engine=$!
}

stop() {
  [ -n "$engine" ] || return
  if [ "$1" = KILL ]; then
    kill -KILL "$engine"
  else
    grep -lE "^PPid:\s+$engine$" /proc/[0-9]*/status 2>/dev/null | cut -d/ -f3 | xargs -r kill -"$1"
  fi
  while kill -0 "$engine" 2>/dev/null; do wait "$engine"; done
  engine=
}

trap : INT TERM
sweep
claim
trap 'clean; rm -rf "$folder"' EXIT
rename_chains
engine=
while read -r order; do
  case $order in
    start) start "$@" ;;
    stop) stop TERM && echo stopped ;;
    kill) stop KILL && echo stopped ;;
  esac
done
stop KILL
