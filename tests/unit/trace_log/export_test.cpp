#include "trace/log/export.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/unit/trace_log/sample.h"
#include "trace/log/json_values.h"

namespace cutaway {
namespace {

TEST(Export, Strace) {
  EXPECT_EQ(to_strace(sample_trace()),
            "500 0.000006 clone(CLONE_NEWNS|CLONE_NEWPID|SIGCHLD, NULL) = 501 <0.000000>\n"
            "501 0.000007 mount(\"proc\", \"/proc\", \"proc\", MS_NODEV|MS_NOSUID, NULL) = -1 "
            "EPERM (Operation not "
            "permitted) <0.000000>\n"
            "501 0.000008 write(1<pipe:[17]>, \"hi\\n\", 3) = 3 <0.000000>\n"
            "501 0.000013 --- SIGTERM {si_signo=SIGTERM, si_pid=500} ---\n"
            "501 0.000014 +++ killed by SIGTERM +++\n");
}

TEST(Export, ChromeIsJsonWithSpansOfTasks) {
  const Json json = Json::parse(to_chrome(sample_trace()));
  bool found = false;
  for (const Json& row : json["traceEvents"]) {
    if (row["name"] != "mount" || row["ph"] != "X") continue;
    found = true;
    EXPECT_EQ(row["pid"], 501);
    EXPECT_EQ(row["ts"], 7.5);
    EXPECT_EQ(row["dur"], 0.5);
    EXPECT_EQ(row["args"]["err"], "EPERM");
  }
  EXPECT_TRUE(found);
}

TEST(Export, CsvHasARowForEachEvent) {
  const Trace trace = sample_trace();
  const std::vector<std::string> rows = split(to_csv(trace), '\n');
  ASSERT_EQ(rows.size(), trace.size() + 2);
  EXPECT_EQ(rows[0], "n,t,kind,op,pid,tid,comm,role,container,step,call,detail\r");
  EXPECT_EQ(rows[1], "0,1000,snapshot,,,,,,,,,\r");
  EXPECT_EQ(rows[9], "8,9000,syscall,,501,501,dockerd,daemon," + std::string(64, 'a') +
                         ",root.pivot,2,\"write(1<pipe:[17]>, \"\"hi\\n\"\", 3) = 3\"\r");
}

}  // namespace
}  // namespace cutaway
