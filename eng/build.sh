# Sourced by ./anydoor. Publishes the web and the command line once for each state of the sources,
# into .build/<hash of the sources>/{web,cli}.

BUILD_ROOT="$ANYDOOR_HOME/.build"
PRODUCT=''
DOTNET=''

say() { printf '%s\n' "$*" >&2; }

# For a person at a terminal; a pipe gets only what it asked for.
tell() { [[ ! -t 2 ]] || say "$*"; }

stop() {
  say "$1"
  exit "${2:-1}"
}

find_dotnet() {
  local candidate
  for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet"; do
    if [[ -x "$candidate" ]]; then
      DOTNET="$candidate"
      return
    fi
  done
  stop 'AnyDoor needs the .NET 10 SDK, and there is no dotnet on the path.
Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again.' 2
}

# A process that ended and that nobody has buried still answers kill -0.
alive() { kill -0 "$1" 2>/dev/null && [[ "$(ps -o stat= -p "$1" 2>/dev/null || true)" != Z* ]]; }

# What a build needs beyond what running does.
require_build_tools() {
  local sdks major
  sdks="$("$DOTNET" --list-sdks 2>/dev/null || true)"
  if ! awk -F. '$1 >= 10 { found = 1 } END { exit !found }' <<<"$sdks"; then
    stop "AnyDoor needs the .NET 10 SDK. $DOTNET has: ${sdks:-no SDK at all, only a runtime}.
Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again." 2
  fi
  major="$(node --version 2>/dev/null | sed -n 's/^v\([0-9][0-9]*\)\..*/\1/p' || true)"
  if [[ -z "$major" || "$major" -lt 20 ]]; then
    stop "AnyDoor needs Node.js 20 or later to build its pages; found ${major:+version }${major:-none}.
Install it from https://nodejs.org/en/download and run this again." 2
  fi
  command -v npm >/dev/null || stop 'AnyDoor needs npm, which comes with Node.js from https://nodejs.org/en/download.
On Debian it is a package of its own: apt-get install npm.' 2
}

# Names and contents of everything that goes into the product, but for what a build itself makes (wwwroot/assets). Free of git: a download without history builds too.
source_stamp() (
  cd "$ANYDOOR_HOME" || exit
  export LC_ALL=C
  sum=(sha256sum)
  command -v sha256sum >/dev/null || sum=(shasum -a 256)
  find src eng/build.sh Directory.*.props AnyDoor.Product.slnf BannedSymbols.txt .editorconfig \
    -type d \( -name bin -o -name obj -o -name node_modules -o -path 'src/*/wwwroot/assets' \) -prune -o -type f -print0 \
    | sort -z | xargs -0 "${sum[@]}" | "${sum[@]}" | cut -c1-16
)

# Runs its arguments while holding the build lock. The lock is on descriptor 9, which the command must not pass on:
# a compiler server that outlives us would keep it.
with_build_lock() {
  mkdir -p "$BUILD_ROOT"
  if command -v flock >/dev/null; then
    (
      flock 9
      "$@"
    ) 9>"$BUILD_ROOT/lock"
  else
    until mkdir "$BUILD_ROOT/lock.d" 2>/dev/null; do
      local owner
      owner="$(cat "$BUILD_ROOT/lock.d/pid" 2>/dev/null || true)"
      if [[ -n "$owner" ]] && ! alive "$owner"; then rm -rf "$BUILD_ROOT/lock.d"; else sleep 1; fi
    done
    echo $$ >"$BUILD_ROOT/lock.d/pid"
    local result=0
    ("$@") || result=$?
    rm -rf "$BUILD_ROOT/lock.d"
    return "$result"
  fi
}

# dotnet with the build lock closed, and no server left behind that holds our output open.
dotnet_build() {
  MSBUILDDISABLENODEREUSE=1 "$DOTNET" "$@" -nologo -p:UseSharedCompilation=false 9>&- </dev/null
}

publish_into() {
  local log="$BUILD_ROOT/publish.log"
  cd "$ANYDOOR_HOME" || return
  # The analyzers speak to who changes the code: the tests' build runs them. Who starts the product need not wait for them.
  if ! dotnet_build publish AnyDoor.Product.slnf -c Release "-p:AnyDoorPublishDir=$1/" -p:RunAnalyzers=false -v quiet >"$log" 2>&1; then
    cat -- "$log" >&2
    return 1
  fi
}

publish_product() {
  [[ ! -d "$PRODUCT" ]] || return 0 # another process built it while we waited
  rm -rf "$BUILD_ROOT"/tmp.*        # left by a build that was killed: we hold the lock
  local work
  work="$(mktemp -d "$BUILD_ROOT/tmp.XXXXXX")" || return
  tell 'Building AnyDoor (the sources are new or have changed; about a minute the first time)...'
  if ! publish_into "$work"; then
    rm -rf "$work"
    return 1
  fi
  : >"$work/.in-use"
  chmod 755 "$work"
  mv -- "$work" "$PRODUCT" || return
  remove_old_builds
}

# Keeps this build, the two last used before it, and any that a process is still running from.
remove_old_builds() {
  local folder kept=0
  while IFS= read -r folder; do
    [[ "$folder" != "$PRODUCT" ]] || continue
    kept=$((kept + 1))
    [[ $kept -gt 2 ]] || continue
    if command -v flock >/dev/null; then flock -n -x "$folder/.in-use" rm -rf "$folder" || true; fi
  done < <(find "$BUILD_ROOT" -mindepth 2 -maxdepth 2 -name .in-use -exec ls -t {} + | sed 's:/\.in-use$::')
}

# Sets PRODUCT to the folder of the published output, building it if the sources have changed.
build_product() {
  find_dotnet
  PRODUCT="$BUILD_ROOT/$(source_stamp)"
  [[ ! -d "$PRODUCT" ]] || return 0
  require_build_tools
  with_build_lock publish_product || stop 'AnyDoor did not build; the messages above say why.' 1
}

# build_product, and a shared lock on it that the executed process inherits, so that no later build removes it.
hold_product() {
  build_product
  touch "$PRODUCT/.in-use" 2>/dev/null || true
  exec 8<"$PRODUCT/.in-use"
  ! command -v flock >/dev/null || flock -s 8
}
