// Clocks, sleeps, limits and memory.
#include "spec/fuzz/grammar.h"

namespace cutaway::spec::fuzz {

// NOLINTNEXTLINE(readability-function-size): a table
std::vector<Rule> time_rules() {
  return {
      {"time.child", 1, R"({"call":"fork","as":"<+task>"})"},
      {"time.join", 1, R"({"call":"wait4","pid":"<!child>"})"},
      {"time.end", 1, R"([{"call":"clock_gettime","clockid":"CLOCK_MONOTONIC"},{"call":"times"}])"},
      {"time.call", 5, R"({"call":"clock_gettime","clockid":"<clock>"})"},
      {"time.call", 3, R"({"call":"nanosleep","req":"<span>"})"},
      {"time.call", 4,
       R"({"call":"clock_nanosleep","clockid":"<sleep-clock>","flags":"<timer-flags>","request":"<span>"})"},
      {"time.call", 2, R"({"call":"times"})"},
      {"time.call", 1, R"({"call":"sysinfo"})"},
      {"time.call", 2, R"({"call":"prlimit64","resource":"<resource>"})"},
      {"time.call", 1, R"({"call":"sched_yield"})"},
      {"time.call", 1, R"({"call":"getrandom","buflen":"<count>"})"},
      {"time.call", 1, R"({"call":"sched_getaffinity","pid":"<#0-3>"})"},
      {"time.call", 1, R"({"call":"sync"})"},
      {"time.call", 1, R"({"call":"umask","mask":"<umask>"})"},
      {"time.call", 1, R"({"call":"getcwd"})"},
      {"time.call", 1,
       R"({"call":"mmap","as":"<+map>","addr":0,"length":"<length>","prot":["PROT_READ","PROT_WRITE"],"flags":["MAP_PRIVATE","MAP_ANONYMOUS"],"fd":-1})"},
      {"time.call", 1, R"({"touch":"<$map>","length":1,"write":true})"},
      {"time.call", 1, R"({"call":"mprotect","addr":"<$map>","len":4096,"prot":["PROT_READ"]})"},
      {"time.call", 1, R"({"call":"write","fd":0,"buf":"x"})"},
      {"sleep-clock", 3, R"("CLOCK_MONOTONIC")"},
      {"sleep-clock", 2, R"("CLOCK_REALTIME")"},
      {"sleep-clock", 1, R"("CLOCK_BOOTTIME")"},
      {"sleep-clock", 1, R"(99)"},
      {"clock", 3, R"("CLOCK_MONOTONIC")"},
      {"clock", 3, R"("CLOCK_REALTIME")"},
      {"clock", 1, R"("CLOCK_BOOTTIME")"},
      {"clock", 1, R"("CLOCK_PROCESS_CPUTIME_ID")"},
      {"clock", 1, R"(99)"},
      {"span", 4, R"({"tv_sec":0,"tv_nsec":1000000})"},
      {"span", 1, R"({"tv_sec":0,"tv_nsec":1000000000})"},
      {"span", 1, R"({"tv_sec":-1,"tv_nsec":0})"},
      {"span", 1, R"({"tv_sec":0,"tv_nsec":-1})"},
      {"span", 2, R"({"tv_sec":0,"tv_nsec":0})"},
      {"timer-flags", 3, R"([])"},
      {"resource", 1, R"("RLIMIT_NOFILE")"},
      {"resource", 1, R"("RLIMIT_CPU")"},
      {"resource", 1, R"(99)"},
      {"length", 3, R"(4096)"},
      {"length", 2, R"(8192)"},
      {"length", 1, R"(0)"},
  };
}

}  // namespace cutaway::spec::fuzz
