# shellcheck shell=bash disable=SC2034
# Sourced by tools/build: which Go module pins which tool, and how it is built. $here is the folder tools/.

known="kube-apiserver etcd kubectl kube-controller-manager prometheus promtool alertmanager helm psql pg_dump prometheus-operator"
envtest=1.36.2 # the newest 1.36 in controller-tools' envtest-releases.yaml

# Sets module, upstream, package, version, ldflags and tags: all that decides what is built.
describe() { # name
  ldflags="-s -w" tags=""
  case $1 in
    psql | pg_dump)
      module=postgresql
      return
      ;;
    kube-apiserver | kube-controller-manager | kubectl)
      module=kubernetes upstream=k8s.io/kubernetes package=$upstream/cmd/$1
      ;;
    etcd) module=etcd upstream=go.etcd.io/etcd/server/v3 package=$upstream ;;
    prometheus | promtool)
      module=prometheus upstream=github.com/prometheus/prometheus package=$upstream/cmd/$1 tags=remove_all_sd
      ;;
    alertmanager) module=alertmanager upstream=github.com/prometheus/alertmanager package=$upstream/cmd/$1 ;;
    prometheus-operator)
      module=definitions upstream=github.com/prometheus-operator/prometheus-operator package=example/prometheus-operator-crd
      ;;
    helm) module=helm upstream=helm.sh/helm/v3 package=$upstream/cmd/$1 ;;
    *) fail "no tool is called '$1'; there are: $known" ;;
  esac
  version=$(awk -v upstream="$upstream" '$1 == upstream { print substr($2, 2); exit }' "$here/$module/go.mod")
  stamp_version
}

# Upstream's release scripts tell a program its version at link time; kubectl refuses to compare versions without it.
stamp_version() {
  local major minor patch
  IFS=. read -r major minor patch <<<"$version"
  case $module in
    kubernetes)
      local base=k8s.io/component-base/version
      ldflags="$ldflags -X $base.gitVersion=v$version -X $base.gitMajor=$major -X $base.gitMinor=$minor"
      ;;
    prometheus) # the Go module v0.315.0 is the release 3.15.0
      version=$((minor / 100)).$((minor % 100)).$patch
      ldflags="$ldflags -X github.com/prometheus/common/version.Version=$version"
      ;;
    alertmanager) ldflags="$ldflags -X github.com/prometheus/common/version.Version=$version" ;;
    helm) ldflags="$ldflags -X helm.sh/helm/v3/internal/version.version=v$version" ;;
  esac
}

is_in_envtest() { # name
  case $1 in kube-apiserver | etcd | kubectl) true ;; *) false ;; esac
}

# As Go and envtest write it, e.g. linux-amd64.
platform() {
  local os arch
  os=$(uname -s | tr '[:upper:]' '[:lower:]')
  arch=$(uname -m)
  case $arch in
    x86_64) arch=amd64 ;;
    aarch64) arch=arm64 ;;
  esac
  printf '%s-%s' "$os" "$arch"
}

checksum() { # bits, standard input
  if command -v "sha$1sum" >/dev/null; then
    "sha$1sum" | cut -d' ' -f1
  else
    shasum -a "$1" | cut -d' ' -f1
  fi
}

# Changes when the module or the way to build it does.
module_key() {
  { cat "$here/$module/go.mod" "$here/$module/go.sum" && printf '%s\n' "$ldflags" "$tags"; } | checksum 256 | cut -c1-16
}
