# shellcheck shell=bash
# Sourced by tools/build: custom resource definitions of other projects, which tests apply to the API server. They are read
# from the project's own release, a Go module whose checksum tools/definitions/go.sum pins.

# Sets file to the folder with the definitions, which exists afterwards.
provide_definitions() { # name
  local folder
  folder=$cache/$module-$version-$(module_key)
  file=$folder/$1
  [ -d "$file" ] && return
  go_is_usable || fail "$1 can't be fetched ($go_trouble): $(cure)"
  open_work_folder "$folder"
  if [ ! -d "$file" ]; then
    if ! with_clock "fetching the definitions of $1 $version" copy_definitions "$work/$1"; then
      tail -n 5 "$work/log" >&2
      fail "the definitions of $1 $version can't be fetched, for the reason above; tools/build $1 tries again"
    fi
    mv "$work/$1" "$file"
  fi
  close_work_folder
}

# The module's go.mod asks for another Go than what is installed; nothing of it is compiled.
copy_definitions() { # folder
  local source
  cd "$here/$module" || return
  GOWORK=off go mod download "$upstream@v$version" || return
  source=$(GOWORK=off go mod download -json "$upstream@v$version" | sed -n 's/^.*"Dir": "\(.*\)".*$/\1/p')
  mkdir "$1" && cp "$source/$package"/*.yaml "$1" && chmod -R u+w "$1"
}
