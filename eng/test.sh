# Sourced by ./anydoor: the tests, the screenshots and the benches, with the PostgreSQL and the browser they need.

RUN=''   # this run's folder: the PostgreSQL cluster and the result files
CHILD='' # what is running now, so that an interrupt can end it
PG_BIN=''

test_usage() {
  cat <<'TEXT'
Usage: ./anydoor test [--slow] [--project Core|Entitlements|Cli|Web|Browser]... [runner options]

  --slow          Also the big sizes (hundreds of thousands of rows, long kill loops)
  --project NAME  Only tests/AnyDoor.NAME.Tests; may be given more than once
  --help          This text

Anything else goes to each test program, for example:
  ./anydoor test --project Core --filter-class '*Ledger*'
  ./anydoor test --filter-trait Requirement=R-HSF-01

Each project may take 20 minutes (180 with --slow); ANYDOOR_TEST_MINUTES sets another limit.
TEXT
}

# ---- What a run needs -------------------------------------------------------------------------------------------

# The newest PostgreSQL from 15 on: where Debian keeps every version, or the one on the path.
find_postgres() {
  local candidate best=0 major
  PG_BIN=''
  for candidate in /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb "$(command -v initdb || true)"; do
    [[ -x "$candidate" ]] || continue
    major="$("$candidate" --version | sed -n 's/.* \([0-9][0-9]*\).*/\1/p')"
    if [[ -n "$major" && "$major" -ge 15 && "$major" -gt "$best" ]]; then
      best="$major"
      PG_BIN="$(dirname -- "$candidate")"
    fi
  done
  [[ -n "$PG_BIN" ]]
}

find_chromium() {
  local candidate
  for candidate in "${ANYDOOR_TEST_CHROMIUM:-}" /usr/bin/chromium "$(command -v chromium || true)"; do
    if [[ -n "$candidate" && -x "$candidate" ]]; then
      export ANYDOOR_TEST_CHROMIUM="$candidate"
      return
    fi
  done
  return 1
}

# Letters without a font of ours (Urdu, Arabic) and figures that lost theirs look the same on each machine that has these.
missing_fonts() {
  command -v dpkg-query >/dev/null || return 0
  local font
  for font in fonts-liberation fonts-noto-core; do
    dpkg-query -W -f='${Status}' "$font" 2>/dev/null | grep -q '^install ok' || printf '%s\n' "$font"
  done
}

# require postgres|browser...: installs what is missing on Debian as root, and says what to install elsewhere.
require() {
  local need font missing=()
  for need in "$@"; do
    case "$need" in
      postgres) find_postgres || missing+=(postgresql) ;;
      browser)
        find_chromium || missing+=(chromium)
        while IFS= read -r font; do missing+=("$font"); done < <(missing_fonts)
        ;;
    esac
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if [[ "$(id -u)" != 0 || ! -f /etc/debian_version ]] || ! grep -qx 'ID=debian' /etc/os-release; then
    # The fonts only steady the look of a picture.
    if find_postgres && find_chromium; then
      say "Going on without these fonts, so screenshots may differ: ${missing[*]}"
      return 0
    fi
    stop "The tests need these, by the names Debian gives them: ${missing[*]}
(PostgreSQL 15 or later, a Chromium, fonts.) Install them and run this again.
On Debian: sudo apt-get install --no-install-recommends ${missing[*]}" 2
  fi
  say "Installing from Debian: ${missing[*]}"
  local log
  log="$(mktemp)"
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 -- "$log" >&2
    rm -f "$log"
    stop "Debian could not install: ${missing[*]}" 2
  fi
  rm -f "$log"
  for need in "$@"; do
    case "$need" in
      postgres) find_postgres || stop 'PostgreSQL 15 or later is needed; what Debian installed is older.' 2 ;;
      browser) find_chromium || stop 'The chromium package left no /usr/bin/chromium.' 2 ;;
    esac
  done
}

# ---- One PostgreSQL cluster for the run -------------------------------------------------------------------------

# PostgreSQL refuses root, so root runs it as the user postgres.
as_postgres() {
  if [[ "$(id -u)" == 0 ]]; then (cd / && runuser -u postgres -- "$@"); else (cd / && "$@"); fi
}

# Ends and removes what runs before this one left when they were killed.
reap() {
  local folder owner
  for folder in "${TMPDIR:-/tmp}"/anydoor-run.*; do
    [[ -d "$folder" && -O "$folder" && -f "$folder/owner" ]] || continue
    owner="$(cat "$folder/owner")"
    if [[ -n "$owner" ]] && ! alive "$owner"; then remove_run "$folder"; fi
  done
}

open_run() {
  reap
  RUN="$(mktemp -d "${TMPDIR:-/tmp}/anydoor-run.XXXXXX")"
  chmod 711 "$RUN"
  echo $$ >"$RUN/owner"
  trap close_run EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

remove_run() {
  local folder="$1"
  if [[ -f "$folder/postgres/data/postmaster.pid" ]] && { [[ -n "$PG_BIN" ]] || find_postgres; }; then
    as_postgres "$PG_BIN/pg_ctl" -D "$folder/postgres/data" -m immediate -w stop >/dev/null 2>&1 || true
  fi
  rm -rf "$folder"
}

close_run() {
  local status=$?
  trap - EXIT INT TERM HUP
  if [[ -n "$CHILD" ]]; then
    kill -TERM "$CHILD" 2>/dev/null || true
    wait "$CHILD" 2>/dev/null || true
  fi
  [[ -z "$RUN" ]] || remove_run "$RUN"
  exit "$status"
}

listening() { (: >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# start_postgres [on|off]: whether it waits for the disk. Tests don't need to; benches do.
start_postgres() {
  local fsync="${1:-off}" home="$RUN/postgres" port attempt
  mkdir -m 700 "$home"
  [[ "$(id -u)" != 0 ]] || chown postgres "$home"
  if ! as_postgres test -w "$home"; then
    stop "The user postgres cannot reach $home. Set TMPDIR to a folder that every user may enter, such as /tmp." 2
  fi
  as_postgres "$PG_BIN/initdb" -D "$home/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 -N >"$RUN/initdb.log" 2>&1 \
    || { cat "$RUN/initdb.log" >&2; stop 'PostgreSQL could not make its cluster; the messages above say why.' 1; }
  for attempt in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 12000))
    ! listening "$port" || continue
    # No socket file: its path may be longer than PostgreSQL allows.
    if as_postgres "$PG_BIN/pg_ctl" -D "$home/data" -l "$home/log" -w -t 60 \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300 -c fsync=$fsync -c full_page_writes=$fsync" \
      start >/dev/null 2>&1 8<&-; then
      export ANYDOOR_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
      return
    fi
  done
  as_postgres cat "$home/log" >&2 || true
  stop 'PostgreSQL did not start; its log is above.' 1
}

# ---- Running ----------------------------------------------------------------------------------------------------

# Waits in a way that an interrupt can end at once.
run_child() {
  "$@" </dev/null &
  CHILD=$!
  local status=0
  wait "$CHILD" || status=$?
  CHILD=''
  return "$status"
}

limited() {
  local minutes="$1"
  shift
  if command -v timeout >/dev/null; then
    run_child timeout -k 30 "${minutes}m" "$@"
  else
    run_child "$@" --timeout "${minutes}m"
  fi
}

# build_projects PROJECT...: one build of all of them, in Release.
build_projects() {
  local log="$RUN/build.log" options=(-c Release -v quiet -nologo -p:UseSharedCompilation=false) project
  [[ "${ANYDOOR_CI:-}" != 1 ]] || options+=(-p:LockedRestore=true)
  say 'Building the tests...'
  cd "$ANYDOOR_HOME" || return
  for project in "$@"; do
    if ! run_child env MSBUILDDISABLENODEREUSE=1 "$DOTNET" build "$project" "${options[@]}" >"$log" 2>&1; then
      cat "$log" >&2
      stop 'The tests did not build; the messages above say why.' 1
    fi
  done
}

# Lines of an xUnit.net result file: passed, failed, skipped.
count() {
  sed -n 's/.*<assembly [^>]*>.*/&/p' "$1" | awk '
    function value(line, name) { return match(line, " " name "=\"[0-9]+\"") ? substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0 }
    { passed += value($0, "passed"); failed += value($0, "failed") + value($0, "errors"); skipped += value($0, "skipped") }
    END { print passed + 0, failed + 0, skipped + 0 }'
}

# A project with no source file of its own has no tests yet; any other must run at least one.
has_tests() { [[ -n "$(find "$ANYDOOR_HOME/tests/$1" -name '*.cs' -not -path '*/bin/*' -not -path '*/obj/*' | head -n 1)" ]]; }

print_skips() {
  local reasons
  reasons="$(cat "$RUN"/results/*.xml 2>/dev/null | grep -o '<reason><!\[CDATA\[[^]]*' | sed 's/<reason><!\[CDATA\[//' | sort | uniq -c | sort -rn || true)"
  [[ -z "$reasons" ]] || printf '\nSkipped, and why:\n%s\n' "$reasons"
}

# The failed ones by name once more at the end, where whoever reads only the end finds them.
print_failures() {
  local names
  names="$(cat "$RUN"/results/*.xml 2>/dev/null | grep -o '<test [^>]*result="Fail"' | sed 's/.* name="\([^"]*\)".*/  \1/; s/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | sort -u || true)"
  [[ -z "$names" ]] || printf '\nFailed:\n%s\n' "$names"
}

run_tests() {
  local slow=0 projects=() runner=() selected=0
  while [[ $# -gt 0 ]]; do
    case "$1" in
      -h | --help) test_usage; exit 0 ;;
      --slow) slow=1 ;;
      --project)
        [[ $# -ge 2 && -d "$ANYDOOR_HOME/tests/AnyDoor.$2.Tests" ]] || stop "There is no test project \"${2-}\". See ./anydoor test --help" 2
        projects+=("AnyDoor.$2.Tests")
        shift
        ;;
      *) runner+=("$1"); [[ "$1" != --filter* ]] || selected=1 ;;
    esac
    shift
  done
  if [[ ${#projects[@]} -eq 0 ]]; then
    # The browser last: what is quick to fail comes first.
    local folder
    for folder in "$ANYDOOR_HOME"/tests/*.Tests; do
      [[ "$folder" == *Browser* ]] || projects+=("${folder##*/}")
    done
    projects+=(AnyDoor.Browser.Tests)
  fi
  [[ $slow == 0 ]] || export ANYDOOR_TEST_SLOW=1
  local minutes="${ANYDOOR_TEST_MINUTES:-$((slow ? 180 : 20))}"
  # The settings of the person who runs this must not reach the tests.
  unset ANYDOOR_DATABASE ANYDOOR_OWNER_DATABASE ANYDOOR_KEYS ANYDOOR_CHECKPOINTS ANYDOOR_CLOCK
  export TESTINGPLATFORM_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_NOBANNER=1 TESTINGPLATFORM_UI_LANGUAGE=en

  find_dotnet
  require_build_tools
  case " ${projects[*]} " in
    *Browser*) require postgres browser ;;
    *) require postgres ;;
  esac
  open_run
  hold_product
  export ANYDOOR_TEST_PUBLISHED="$PRODUCT"
  local sources=("${projects[@]/#/tests/}")
  if [[ ${#projects[@]} -gt 1 ]]; then sources=(AnyDoor.slnx); fi
  build_projects "${sources[@]}"
  start_postgres off

  local project status passed failed skipped p f s report broken=() began=$SECONDS
  passed=0 failed=0 skipped=0
  mkdir "$RUN/results"
  for project in "${projects[@]}"; do
    has_tests "$project" || { say "$project: no tests yet"; continue; }
    printf '\n== %s\n' "$project"
    report="$RUN/results/$project.xml"
    status=0
    # Straight to dotnet: an apphost would not be found where .NET is not installed for all users.
    limited "$minutes" "$DOTNET" "$ANYDOOR_HOME/tests/$project/bin/Release/net10.0/$project.dll" \
      --no-progress --long-running 120 --xunit-diagnostics on --results-directory "$RUN/results" --report-xunit --report-xunit-filename "$project.xml" \
      ${runner[@]+"${runner[@]}"} || status=$?
    p=0 f=0 s=0
    if [[ -f "$report" ]]; then read -r p f s < <(count "$report"); fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    case "$status" in
      0) ;;
      2) ((f > 0)) || broken+=("$project said that a test failed, and named none") ;;
      8) [[ $selected == 1 ]] || broken+=("$project ran no tests") ;;
      124 | 137) broken+=("$project did not end within $minutes minutes") ;;
      *) broken+=("$project ended with $status") ;;
    esac
    if [[ $status == 0 && $selected == 0 && $((p + f + s)) == 0 ]]; then broken+=("$project left no results"); fi
  done
  [[ $((passed + failed + skipped)) -gt 0 || ${#broken[@]} -gt 0 ]] || broken+=('no test matches')

  print_skips
  print_failures
  if [[ "${ANYDOOR_CI-}" == 1 && $selected == 0 ]]; then audit_packages || broken+=('a package has a known hole: see above'); fi
  printf '\n'
  for report in ${broken[@]+"${broken[@]}"}; do
    # A project that hung, crashed or ran nothing is a failure of its own, so the sum can never look clean.
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$report"
  done
  printf 'Took %d min %d s\n' $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [[ $failed == 0 ]] || exit 1
  exit 0
}

# Asks the feeds for known holes in what we build on, outside of the build, so that a feed out of reach is seen and stops nothing. In continuous integration only.
audit_packages() {
  local log="$RUN/audit.log" found=0
  cd "$ANYDOOR_HOME" || return
  printf '\n== Packages with known holes\n'
  if limited 3 "$DOTNET" list AnyDoor.slnx package --vulnerable --include-transitive >"$log" 2>&1; then
    if grep -q 'has the following vulnerable packages' "$log"; then cat "$log"; found=1; else echo 'NuGet: none known'; fi
  else
    echo "NOT AUDITED: the NuGet feed could not be asked ($(grep -m 1 -o 'NU[0-9]*\|error.*' "$log" || echo 'no answer within 3 minutes'))"
  fi
  if limited 3 npm --prefix src/AnyDoor.Web audit --audit-level=low >"$log" 2>&1; then
    echo 'npm: none known'
  elif grep -q 'vulnerabilit' "$log" && ! grep -qi 'npm error' "$log"; then
    cat "$log"
    found=1
  else
    echo "NOT AUDITED: the npm registry could not be asked ($(grep -m 1 -i 'npm error' "$log" || echo 'no answer within 3 minutes'))"
  fi
  return "$found"
}

take_screenshots() {
  if [[ "${1-}" != screenshots || $# -gt 1 ]]; then
    stop 'Usage: ./anydoor docs screenshots' 2
  fi
  export ANYDOOR_DOCS_SCREENSHOTS=1
  run_tests --project Browser --filter-trait 'Category=Screenshots'
}

run_benches() {
  find_dotnet
  require_build_tools
  require postgres
  open_run
  hold_product
  export ANYDOOR_TEST_PUBLISHED="$PRODUCT"
  build_projects bench/AnyDoor.Bench/AnyDoor.Bench.csproj
  start_postgres on
  local status=0
  run_child "$DOTNET" "$ANYDOOR_HOME/bench/AnyDoor.Bench/bin/Release/net10.0/AnyDoor.Bench.dll" "$@" || status=$?
  exit "$status"
}
