// Calls that wait until another task lets them go on. Each has a descriptor of its own, which
// nobody else uses, so that it surely waits.
#include "spec/fuzz/grammar.h"

namespace cutaway::spec::fuzz {

// NOLINTNEXTLINE(readability-function-size): a table
std::vector<Rule> block_rules() {
  return {
      {"blocks.files", 1, R"({"/f":{"text":"hello"},"/d/":{"mode":"0755"}})"},
      {"blocks.begin", 1,
       R"([{"call":"open","as":"<+zero>","pathname":"/dev/zero","flags":["O_RDONLY"]},{"call":"read","fd":"$<=zero>","count":65536,"as":"zeros"}])"},
      {"blocks.child", 1, R"({"call":"fork","as":"<+task>"})"},
      {"blocks.join", 1, R"({"call":"wait4","pid":"<!child>"})"},
      {"blocks.end", 1, R"("<status>")"},
      {"blocks.call", 1, R"({"call":"getpid"})"},
      {"blocks.call", 1, R"({"call":"umask","mask":"<umask>"})"},
      {"blocks.call", 4,
       R"([{"call":"pipe2","as":"<+meet>","flags":[]},{"call":"fork","as":"<+task>","child":[{"barrier":"<+ready>"},{"block":{"call":"read","fd":"$<=meet>.0","count":"<#1-20>","as":"<+got>"}},{"call":"exit_group","status":"<#0-9>"}]},{"barrier":"<=ready>"},{"call":"write","fd":"$<=meet>.1","buf":"<words>"},{"resume":"<=got>"},{"call":"wait4","pid":"$<=task>"}])"},
      // Nobody can write any more: the end of the file
      {"blocks.call", 2,
       R"([{"call":"pipe2","as":"<+meet>","flags":[]},{"call":"fork","as":"<+task>","child":[{"call":"close","fd":"$<=meet>.1"},{"barrier":"<+ready>"},{"block":{"call":"read","fd":"$<=meet>.0","count":"<#1-20>","as":"<+got>"}}]},{"barrier":"<=ready>"},{"call":"close","fd":"$<=meet>.1"},{"resume":"<=got>"},{"call":"wait4","pid":"$<=task>"}])"},
      // A full pipe
      {"blocks.call", 2,
       R"([{"call":"pipe2","as":"<+meet>","flags":[]},{"call":"write","fd":"$<=meet>.1","buf":"$zeros.data"},{"call":"fork","as":"<+task>","child":[{"barrier":"<+ready>"},{"block":{"call":"write","fd":"$<=meet>.1","buf":"<words>","as":"<+got>"}}]},{"barrier":"<=ready>"},{"call":"read","fd":"$<=meet>.0","count":4096},{"resume":"<=got>"},{"call":"ioctl","fd":"$<=meet>.0","request":"FIONREAD"},{"call":"wait4","pid":"$<=task>"}])"},
      // Nobody reads any more
      {"blocks.call", 2,
       R"([{"call":"pipe2","as":"<+meet>","flags":[]},{"call":"write","fd":"$<=meet>.1","buf":"$zeros.data"},{"call":"fork","as":"<+task>","child":[{"call":"close","fd":"$<=meet>.0"},{"call":"rt_sigaction","signum":"SIGPIPE","act":{"sa_handler":"<quiet>"}},{"barrier":"<+ready>"},{"block":{"call":"write","fd":"$<=meet>.1","buf":"<words>","as":"<+got>"}}]},{"barrier":"<=ready>"},{"call":"close","fd":"$<=meet>.0"},{"call":"wait4","pid":"$<=task>"}])"},
      // Sockets
      {"blocks.call", 3, R"([{"call":"socketpair","as":"<+meet>","domain":"AF_UNIX","type":["SOCK_STREAM"]},{"call":"fork","as":"<+task>","child":[{"barrier":"<+ready>"},{"block":{"call":"recvfrom","sockfd":"$<=meet>.0","len":"<#1-20>","as":"<+got>"}}]},{"barrier":"<=ready>"},{"call":"sendto","sockfd":"$<=meet>.1","buf":"<words>"},{"resume":"<=got>"},{"call":"wait4","pid":"$<=task>"}])"},
      {"blocks.call", 2,
       R"([{"call":"socketpair","as":"<+meet>","domain":"AF_UNIX","type":["SOCK_STREAM"]},{"call":"fork","as":"<+task>","child":[{"barrier":"<+ready>"},{"block":{"call":"read","fd":"$<=meet>.0","count":"<#1-20>","as":"<+got>"}}]},{"barrier":"<=ready>"},{"call":"shutdown","sockfd":"$<=meet>.<#0-1>","how":"<how-shut>"},{"call":"kill","pid":"$<=task>","sig":"SIGKILL"},{"call":"wait4","pid":"$<=task>"}])"},
      {"how-shut", 1, R"("SHUT_RD")"},
      {"how-shut", 1, R"("SHUT_WR")"},
      {"how-shut", 1, R"("SHUT_RDWR")"},
      {"blocks.call", 3,
       R"([{"call":"socket","as":"<+meet>","domain":"AF_UNIX","type":["SOCK_STREAM"]},{"call":"bind","sockfd":"$<=meet>","addr":{"sa_family":"AF_UNIX","sun_path":"/<=meet>"}},{"call":"listen","sockfd":"$<=meet>","backlog":2},{"call":"fork","as":"<+task>","child":[{"barrier":"<+ready>"},{"block":{"call":"accept4","sockfd":"$<=meet>","flags":[],"as":"<+got>"}},{"call":"write","fd":"$<=got>","buf":"<words>"}]},{"barrier":"<=ready>"},{"call":"socket","as":"<+caller>","domain":"AF_UNIX","type":["SOCK_STREAM"]},{"call":"connect","sockfd":"$<=caller>","addr":{"sa_family":"AF_UNIX","sun_path":"/<=meet>"}},{"resume":"<=got>"},{"call":"wait4","pid":"$<=task>"},{"call":"read","fd":"$<=caller>","count":20},{"call":"close","fd":"$<=caller>"}])"},
      // A FIFO that waits for its other end
      {"blocks.call", 2,
       R"([{"call":"mknod","pathname":"/<+meet>","mode":["S_IFIFO","0600"]},{"call":"fork","as":"<+task>","child":[{"barrier":"<+ready>"},{"block":{"call":"open","pathname":"/<=meet>","flags":["O_RDONLY"],"as":"<+got>"}},{"call":"read","fd":"$<=got>","count":20}]},{"barrier":"<=ready>"},{"call":"open","pathname":"/<=meet>","flags":["O_WRONLY"],"as":"<+caller>"},{"resume":"<=got>"},{"call":"write","fd":"$<=caller>","buf":"<words>"},{"call":"close","fd":"$<=caller>"},{"call":"wait4","pid":"$<=task>"}])"},
      // A handler ends the call, or it goes on (SA_RESTART)
      {"blocks.call", 3,
       R"([{"call":"pipe2","as":"<+meet>","flags":[]},{"call":"fork","as":"<+task>","child":[{"call":"rt_sigaction","signum":"SIGUSR1","act":{"sa_handler":"count","sa_flags":"<restart>"}},{"barrier":"<+ready>"},{"block":{"call":"read","fd":"$<=meet>.0","count":4,"as":"<+got>"}},{"handled":"SIGUSR1"}]},{"barrier":"<=ready>"},{"call":"kill","pid":"$<=task>","sig":"<blocked-sig>"},{"call":"write","fd":"$<=meet>.1","buf":"<words>"},{"call":"wait4","pid":"$<=task>"}])"},
      {"restart", 1, R"([])"},
      {"restart", 2, R"(["SA_RESTART"])"},
      {"blocked-sig", 5, R"("SIGUSR1")"},
      {"blocked-sig", 1, R"("SIGCHLD")"},
      {"blocked-sig", 1, R"("SIGTERM")"},
      {"blocks.call", 2,
       R"([{"call":"fork","as":"<+task>","child":[{"call":"rt_sigaction","signum":"SIGUSR1","act":{"sa_handler":"count","sa_flags":"<restart>"}},{"barrier":"<+ready>"},{"block":"<waits-for-signal>"},{"handled":"SIGUSR1"},{"call":"rt_sigpending"}]},{"barrier":"<=ready>"},{"call":"kill","pid":"$<=task>","sig":"SIGUSR1"},{"resume":"<=got>"},{"call":"wait4","pid":"$<=task>"}])"},
      {"waits-for-signal", 2, R"({"call":"pause","as":"<+got>"})"},
      {"waits-for-signal", 2, R"({"call":"rt_sigsuspend","mask":["SIGUSR2"],"as":"<+got>"})"},
      {"waits-for-signal", 1,
       R"({"call":"nanosleep","req":{"tv_sec":100,"tv_nsec":0},"as":"<+got>"})"},
      {"waits-for-signal", 1, R"({"call":"poll","fds":[],"timeout":100000,"as":"<+got>"})"},
      // It stops and goes on in its call
      {"blocks.call", 2,
       R"([{"call":"pipe2","as":"<+meet>","flags":[]},{"call":"fork","as":"<+task>","child":[{"barrier":"<+ready>"},{"block":{"call":"read","fd":"$<=meet>.0","count":4,"as":"<+got>"}}]},{"barrier":"<=ready>"},{"call":"kill","pid":"$<=task>","sig":"SIGSTOP"},{"call":"wait4","pid":"$<=task>","options":["WUNTRACED"]},{"call":"write","fd":"$<=meet>.1","buf":"<words>"},{"call":"kill","pid":"$<=task>","sig":"SIGCONT"},{"call":"wait4","pid":"$<=task>"}])"},
      // A poll with a time that does not come
      {"blocks.call", 2,
       R"([{"call":"pipe2","as":"<+meet>","flags":[]},{"call":"fork","as":"<+task>","child":[{"barrier":"<+ready>"},{"block":{"call":"poll","fds":[{"fd":"$<=meet>.0","events":["POLLIN"]}],"timeout":100000,"as":"<+got>"}}]},{"barrier":"<=ready>"},{"call":"write","fd":"$<=meet>.1","buf":"<words>"},{"resume":"<=got>"},{"call":"wait4","pid":"$<=task>"}])"},
      // The child's own end lets its parent's wait go on
      {
          "blocks.call", 1, R"([{"call":"fork","as":"<+task>","child":[{"call":"fork","as":"<+inner>","child":[{"call":"pause"}]},{"barrier":"<+ready>"},{"call":"wait4","pid":"$<=inner>"},{"call":"exit_group","status":"<#0-9>"}]},{"barrier":"<=ready>"},{"call":"kill","pid":"$<=inner>","sig":"SIGKILL"},{"call":"wait4","pid":"$<=task>"}])"},
  };
}

}  // namespace cutaway::spec::fuzz
