# Source packages: libraries that must be compiled with our own flags (ImGui's test hooks) or for the web, for
# which Debian has no binaries. They come through apt, from the mirror that this machine uses already, with a
# private apt state: the machine's own source list is not touched. Sourced by tools/setup.

third_party=build/third_party

# name · suite · package · SHA256 of its original tarball · nothing, or the only file that is unpacked (without folders)
source_imgui=(imgui trixie imgui ecce377df0f90b292f15dcbd83d438bddc162b2388c881132bde18c787572a1c)
source_docker=(docker trixie docker.io e06baad2dbca2a79d3569ee358a4442cf9e550a355872484631860941bee73c9
  '*/engine/profiles/seccomp/default.json')
source_lz4=(lz4 bookworm lz4 0b0e3aa07c8c063ddf40b082bdf7e37a1562bda40a0ff5272957f3e987e0e54b)
source_libvterm=(libvterm bookworm libvterm bc70349e95559c667672fc8c55b9527d9db9ada0fb80a3beda533418d782d3dd)
source_nettle=(nettle bookworm nettle 364f3e2b77cd7dcde83fd7c45219c834e54b0c75e428b6f894a23d12dd41cbfe)

have_source() {  # name suite package sha256 …
  [[ -r $third_party/$1/.sha256 && $(<"$third_party/$1/.sha256") == "$4" ]]
}

fetch_source() {  # name suite package sha256 [file]
  have_source "$@" && return
  say "fetching the source of $3 (Debian $2) …"
  local work
  work=$(mktemp -d "$third_party/.fetch.XXXXXX")
  # In a subshell with its own trap: the private apt state (up to 60 MB) never stays behind.
  (
    trap 'rm -rf "$work"' EXIT
    download_source "$work" "$2" "$3"
    tarball=$(check_tarball "$work" "$4") || die "the source of $3 is not the expected version (SHA256 differs)"
    mkdir "$work/unpacked"
    if [[ -n ${5:-} ]]; then
      tar -xf "$tarball" -C "$work/unpacked" --wildcards --transform='s,.*/,,' "$5"
    else
      tar -xf "$tarball" -C "$work/unpacked" --strip-components=1
    fi
    printf '%s' "$4" >"$work/unpacked/.sha256"
    rm -rf "${third_party:?}/$1"
    mv "$work/unpacked" "$third_party/$1"
  )
}

download_source() {  # folder suite package
  local mirror
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || die "apt knows no Debian mirror to fetch the source of $3 from (see apt-get indextargets)"
  mkdir -p "$1"/state/lists/partial "$1"/cache/archives/partial "$1"/down
  # The keyring is named because apt 2.6 does not tell which one signs the mirror; bookworm's knows trixie.
  printf 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$mirror" "$2" \
    >"$1/sources.list"
  local apt=(apt-get -qq -o "Dir::State=$PWD/$1/state" -o "Dir::Cache=$PWD/$1/cache"
    -o "Dir::Etc::SourceList=$PWD/$1/sources.list" -o Dir::Etc::SourceParts=- -o APT::Sandbox::User=root
    -o Acquire::Retries=3)
  local log=$PWD/$1/log
  { "${apt[@]}" update && (cd "$1/down" && "${apt[@]}" source --download-only --tar-only "$3"); } >"$log" 2>&1 || {
    cat "$log" >&2
    die "could not fetch the source of $3 through apt (no network, or the mirror does not have Debian $2)"
  }
}

# The mirror of Debian itself (not of its security updates) that apt uses on this machine.
debian_mirror() {
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(CREATED_BY)|$(REPO_URI)' |
    awk -F'|' '$1 == "Debian" && $2 == "Debian" && $3 == "main" && $4 == "Packages" { print $5; exit }'
}

check_tarball() {  # folder sha256: prints the tarball's name
  local file
  for file in "$1"/down/*.orig.tar.*; do
    [[ $file == *.asc ]] && continue
    echo "$2  $file" | sha256sum --check --status && echo "$file" && return
  done
  return 1
}

# For the web, headers that Debian installs in /usr/include are copied: that folder itself also holds this
# machine's C library, which must never be seen by em++.
copy_web_headers() {
  local to=$third_party/web-include name
  mkdir -p "$to"
  for name in nlohmann tl stb; do
    [[ -d $to/$name ]] || cp -r "/usr/include/$name" "$to/$name"
  done
}

have_web_sources() {
  have_source "${source_lz4[@]}" && have_source "${source_libvterm[@]}" && have_source "${source_nettle[@]}" &&
    [[ -d $third_party/web-include/stb ]]
}
