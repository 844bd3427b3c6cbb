# Configuring and building a preset, with progress. Sourced by ./run, ./test and the web test.

# build_preset <preset> [cmake --build arguments]
build_preset() {
  local preset=$1 jobs=${CUTAWAY_JOBS:-$(nproc)}
  shift
  configure_preset "$preset"
  # On a terminal ninja keeps to one line by itself; elsewhere we print a line every 10 %.
  if [[ -t 1 ]]; then
    cmake --build "build/$preset" -j "$jobs" "$@"
  else
    NINJA_STATUS='[%f/%t] ' cmake --build "build/$preset" -j "$jobs" "$@" 2>&1 | every_tenth_line "$preset"
  fi || die "building preset $preset failed (see above)"
}

# ninja runs cmake again by itself when a CMakeLists.txt is newer; of the presets it knows nothing.
configure_preset() {
  local ninja_file=build/$1/build.ninja log=build/$1/configure.log
  [[ -s $ninja_file && $ninja_file -nt CMakePresets.json ]] && return
  say "configuring preset $1 in build/$1"
  mkdir -p "build/$1"
  cmake --preset "$1" >"$log" 2>&1 || {
    cat "$log" >&2
    die "configuring preset $1 failed (see above)"
  }
  touch "$ninja_file"
}

# Everything that is not ninja's progress (warnings, errors) is passed on.
every_tenth_line() {
  awk -v preset="$1" -F'[][/]' '
    /^\[[0-9]+\/[0-9]+\]/ {
      percent = int(100 * $2 / $3)
      if ($2 > 0 && $3 > 2 && percent >= next_tenth) { printf "  build/%s %3d %% (%d of %d)\n", preset, percent, $2, $3; next_tenth = percent + 10 }
      fflush(); next
    }
    /^ninja: (no work to do|Entering directory)/ || /^-- / { next }
    { print; fflush() }'
}
