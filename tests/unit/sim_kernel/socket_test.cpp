// unix(7) streams between tasks.
#include <gtest/gtest.h>

#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

Program client(Sys sys, State) {
  const std::int64_t fd = co_await sys.socket("AF_UNIX", "SOCK_STREAM");
  std::int64_t ret = co_await sys.connect(fd, "/var/run/lab.sock");
  note("connect", ret);
  co_await sys.write(fd, "ask");
  ret = co_await sys.read(fd, 100);
  notes().push_back("client got " + sys.reply().data);
  ret = co_await sys.read(fd, 100);
  note("end", ret);
  co_return 0;
}
Program server(Sys sys, State) {
  const std::int64_t fd = co_await sys.socket("AF_UNIX", "SOCK_STREAM");
  std::int64_t ret = co_await sys.listen(fd);
  note("listen unbound", ret);
  ret = co_await sys.bind(fd, "/run/lab.sock");
  note("bind", ret);
  ret = co_await sys.listen(fd);
  note("listen", ret);
  co_await sys.clone(kChld, client, kNone);
  const std::int64_t peer = co_await sys.accept(fd);
  note("accept", peer);
  co_await sys.read(peer, 100);
  notes().push_back("server got " + sys.reply().data);
  co_await sys.write(peer, "answer");
  co_await sys.close(peer);
  co_await sys.wait4(-1, 0);
  co_return 0;
}

TEST(Socket, ClientAndServer) {
  Lab lab;
  lab.run(server);
  EXPECT_EQ(lab.notes, (Notes{"listen unbound=EINVAL", "bind=0", "listen=0", "connect=0",
                              "accept=5", "server got ask", "client got answer", "end=0"}));
}

Program lonely(Sys sys, State) {
  std::int64_t fd = co_await sys.socket("AF_UNIX", "SOCK_STREAM");
  std::int64_t ret = co_await sys.connect(fd, "/run/nosuch.sock");
  note("no file", ret);
  ret = co_await sys.connect(fd, "/etc/passwd");
  note("no socket", ret);
  ret = co_await sys.bind(fd, "/run/mine.sock");
  const std::int64_t other = co_await sys.socket("AF_UNIX", "SOCK_STREAM");
  ret = co_await sys.connect(other, "/run/mine.sock");
  note("nobody listens", ret);
  ret = co_await sys.bind(other, "/run/mine.sock");
  note("taken", ret);
  ret = co_await sys.write(other, "x");
  note("write", ret);
  ret = co_await sys.listen(0);
  note("no socket", ret);
  co_return 0;
}

TEST(Socket, Errors) {
  Lab lab;
  lab.run(lonely);
  EXPECT_EQ(lab.notes,
            (Notes{"no file=ENOENT", "no socket=ECONNREFUSED", "nobody listens=ECONNREFUSED",
                   "taken=EADDRINUSE", "write=ENOTCONN", "no socket=ENOTSOCK"}));
}

}  // namespace
}  // namespace cutaway::sim
