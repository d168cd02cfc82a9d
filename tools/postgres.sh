# shellcheck shell=bash
# Sourced by tools/build: psql and pg_dump, which the tests' embedded PostgreSQL servers don't bring. Those of the machine
# are used; Debian and Ubuntu without them fetch the distribution's own packages and unpack them into the cache folder,
# which needs no root and installs nothing.

oldest_client=13

# Sets file to the program, which exists afterwards.
provide_client() { # name
  local folder
  folder=$(installed_client)
  if [ -z "$folder" ]; then
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
      fail "psql and pg_dump $oldest_client or newer are missing: install the package postgresql-client (Debian, Ubuntu)," \
        "postgresql (Fedora, Arch) or libpq (Homebrew)"
    folder=$cache/postgresql-client-$(. /etc/os-release && printf '%s' "$ID-${VERSION_ID:-rolling}")-$(platform)
    [ -x "$folder/bin/pg_dump" ] || fetch_client "$folder"
    folder=$folder/bin
  fi
  file=$folder/$1
}

# Prints the folder of the newest psql and pg_dump that are installed, if they are new enough.
installed_client() {
  local folder major newest=$((oldest_client - 1)) found=""
  for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/{libpq,postgresql@*}/bin ${PATH//:/ }; do
    [ -x "$folder/psql" ] && [ -x "$folder/pg_dump" ] || continue
    major=$("$folder/pg_dump" --version 2>/dev/null | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
    [ "${major:-0}" -gt "$newest" ] || continue
    newest=$major found=$folder
  done
  printf '%s' "$found"
}

fetch_client() { # folder
  open_work_folder "$1"
  if [ ! -x "$1/bin/pg_dump" ]; then
    if ! with_clock "fetching psql and pg_dump, which are not installed" unpack_client; then
      tail -n 5 "$work/log" >&2
      fail "psql and pg_dump can't be fetched, for the reason above: install the package postgresql-client"
    fi
    rm -rf "$1/root" "$1/bin"
    mv "$work/root" "$1/root"
    mv "$work/bin" "$1/bin"
  fi
  close_work_folder
}

unpack_client() {
  local client libraries missing package
  mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial" "$work/root" "$work/bin" && cd "$work/apt" || return
  apt apt-get update || return
  client=$(apt apt-cache depends postgresql-client | awk '$1 == "Depends:" { print $2; exit }')
  [ -n "$client" ] || return
  # The C library is there and must be the machine's own; the common package is Perl around psql.
  libraries=$(apt apt-cache depends --important "$client" |
    awk '$1 == "Depends:" && $2 ~ /^lib|^zlib/ && $2 != "libc6" { print $2 }')
  # shellcheck disable=SC2086 # names of packages
  missing=$(apt apt-get -s install --no-install-recommends $libraries | awk '$1 == "Inst" && $2 !~ /^libc6/ { print $2 }')
  # shellcheck disable=SC2086
  apt apt-get download "$client" $missing || return
  for package in *.deb; do dpkg-deb -x "$package" "$work/root" || return; done
  for package in psql pg_dump; do client_launcher "$package" >"$work/bin/$package"; done
  chmod +x "$work/bin/"* && "$work/bin/psql" --version && "$work/bin/pg_dump" --version
}

# apt with lists and archives of its own: neither root nor the machine's are needed.
apt() { # command...
  local command=$1
  shift
  "$command" -q -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt" -o APT::Sandbox::User= \
    -o APT::Update::Post-Invoke::= -o Debug::NoLocking=1 "$@"
}

client_launcher() { # program
  cat <<END
#!/bin/sh
root=\$(dirname "\$(readlink -f "\$0")")/../root
set -- "\$root"/usr/lib/postgresql/*/bin/$1 "\$@"
LD_LIBRARY_PATH=\$(echo "\$root"/usr/lib/*-linux-*):\$(echo "\$root"/lib/*-linux-*) exec "\$@"
END
}
