# shellcheck shell=bash
# Sourced by tools/build and bin/build-jar: long steps that show they are alive, are done once, and leave no half of a
# result behind. $me is the name that messages begin with.

builder="" work="" interrupted="" shown=0

say() { printf '%s: %s\n' "$me" "$*" >&2; }

fail() {
  say "$*"
  exit 3
}

# Ctrl-C, TERM and HUP end the program that runs behind, too.
# shellcheck disable=SC2329 # called by the traps
clean_up() {
  if [ -n "$builder" ] && kill "$builder" 2>/dev/null; then
    wait "$builder" 2>/dev/null || true
  fi
  [ -z "$work" ] || rm -rf "$work" 2>/dev/null || true
  if [ -n "$interrupted" ]; then
    trap - "$interrupted" EXIT
    kill -s "$interrupted" $$
  fi
}
trap clean_up EXIT
trap 'interrupted=INT; exit 130' INT
trap 'interrupted=TERM; exit 143' TERM
trap 'interrupted=HUP; exit 129' HUP

# Called a few times a second: a running clock on a terminal, a line at the start and every 15 s elsewhere.
show_clock() { # what, when it began
  local elapsed=$((SECONDS - $2))
  if [ -t 2 ]; then
    printf '\r\033[K%s: %s, %d s' "$me" "$1" "$elapsed" >&2
  elif [ "$elapsed" = 0 ]; then
    [ "$shown" = "$1" ] || say "$1"
    shown=$1
  elif [ $((elapsed % 15)) = 0 ] && [ "$shown" != "$1 $elapsed" ]; then
    say "$1, $elapsed s so far"
    shown="$1 $elapsed"
  fi
  sleep 0.2
}

end_clock() {
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

# Runs a command with its output in $work/log.
with_clock() { # what command...
  local what=$1 from=$SECONDS status=0
  shift
  "$@" >"$work/log" 2>&1 &
  builder=$!
  while kill -0 "$builder" 2>/dev/null; do show_clock "$what" "$from"; done
  wait "$builder" || status=$?
  builder=""
  end_clock
  [ $status != 0 ] || say "$what: done in $((SECONDS - from)) s"
  return $status
}

# Results are made in a folder beside the result and moved into place at the end. Two runs at once wait for each other;
# where flock is missing (macOS) they do the work twice, which does no harm.
open_work_folder() { # folder for the result
  mkdir -p "$1" 2>/dev/null && [ -w "$1" ] || fail "can't write to $1"
  if command -v flock >/dev/null; then
    local from=$SECONDS
    exec 9>"$1/.lock"
    while ! flock -n 9; do show_clock "waiting for another run that builds in $1" "$from"; done
    end_clock
    rm -rf "$1"/.work-* # left by a run that was killed
  fi
  work=$(mktemp -d "$1/.work-XXXXXX")
}

close_work_folder() {
  rm -rf "$work"
  work=""
  exec 9>&-
}
