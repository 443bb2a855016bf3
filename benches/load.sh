#!/bin/sh
# Puts a running `sayso serve` under load: 64 connections ask the same for a while, and its times are set against those of one client alone. Then, for
# comparison, each of them asks something that nobody else asks, and nothing can be answered from memory: a processor can do no more than it can.
#
#   load.sh ADDRESS:PORT PID [SECONDS]
#
# Needs wrk and curl. Ends with 1 where a request failed, the 99th percentile is beyond 20 times the median of one client, or memory grew by more than half.
set -eu
address=$1; process=$2; seconds=${3:-60}
question="http://$address/api/ask?question=How%20many%20homes%20were%20flooded%3F"
differing=$(mktemp)
trap 'rm -f "$differing"' EXIT
cat > "$differing" <<'LUA'
local asked, threads = 0, 0
function setup(thread) threads = threads + 1; thread:set("first", threads * 3000) end
function request() asked = asked + 1; return wrk.format("GET", wrk.path .. "&top=" .. first + asked % 3000) end
LUA
resident() { awk '/VmRSS/ { print $2 }' "/proc/$process/status"; }
load() { wrk -t2 -c64 -d"${seconds}s" --timeout 60s --latency "$@"; }

curl -sf "$question" > /dev/null
median=$(for top in 1 2 3 4 5 6 7 8 9; do curl -sf -o /dev/null -w '%{time_total}\n' "$question&top=$top"; done | sort -n | sed -n 5p)
wrk -t1 -c64 -d5s --timeout 60s "$question" > /dev/null
before=$(resident)
told=$(load "$question")
after=$(resident)
echo "$told"
echo "alone: median ${median} s; resident before ${before} kB, after ${after} kB"
failed=0
echo "$told" | awk -v median="$median" -v before="$before" -v after="$after" '
  function seconds(time) { return time ~ /us$/ ? time / 1e6 : time ~ /ms$/ ? time / 1e3 : time ~ /m$/ ? time * 60 : time + 0 }
  $1 == "99%" { last = seconds($2) }
  /Socket errors|Non-2xx/ { failed = 1; print "FAILED: " $0 }
  END {
    printf "99th percentile %.3f s: %.1f times the median of one client\n", last, last / median
    if (last > 20 * median) { failed = 1; print "FAILED: too slow" }
    if (after > 1.5 * before) { failed = 1; print "FAILED: memory grew" }
    exit failed
  }' || failed=1
echo "each asks something else:"
load -s "$differing" "$question"
exit $failed
