// What every sanitized program starts with; ASAN_OPTIONS overrides it. A fifth of the time of the
// tests went into the stacks of 30 frames that are kept of each allocation, and into 256 MB of
// freed memory that is kept from being used again. For a report with the whole stack:
// ASAN_OPTIONS=malloc_context_size=30.
const char* __asan_default_options(void) { return "malloc_context_size=3:quarantine_size_mb=8"; }
