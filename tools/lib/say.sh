# How ./run, ./test and the scripts in tools/ speak. Sourced, never run.

# One line about what is being done now.
say() {
  if [[ -t 1 ]]; then
    printf '\033[1m%s:\033[0m %s\n' "$script_name" "$*"
  else
    printf '%s: %s\n' "$script_name" "$*"
  fi
}

# The one clear line of a failure, always the last one printed.
die() {
  printf '%s: %s\n' "$script_name" "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }
