// Random litmus programs: what they are made of, what counts as a difference, how a program is made
// small, and when a known difference is too common to be one.
#include <gtest/gtest.h>

#include "spec/litmus_fuzz.h"

namespace cutaway::spec {
namespace {

Result<Litmus> load(const Json& document) {
  auto read = JsonDocument::parse("fuzz.json", document.dump());
  if (!read) return fail(read.error());
  return load_litmus(*read);
}

// ---- Programs

TEST(FuzzDocument, IsAFunctionOfSeedNumberAndFamily) {
  for (const FuzzFamily& family : fuzz_families()) {
    EXPECT_EQ(fuzz_document(7, 3, family.name), fuzz_document(7, 3, family.name));
    EXPECT_NE(fuzz_document(7, 3, family.name), fuzz_document(7, 4, family.name));
    EXPECT_NE(fuzz_document(7, 3, family.name), fuzz_document(8, 3, family.name));
  }
}

TEST(FuzzDocument, TakesFamiliesInTurn) {
  const std::size_t count = fuzz_families().size();
  for (std::size_t i = 0; i < 2 * count; ++i)
    EXPECT_EQ(fuzz_family_of(i, ""), fuzz_families()[i % count].name);
  EXPECT_EQ(fuzz_family_of(3, "files"), "files");
}

TEST(FuzzDocument, IsAGoodLitmusDocument) {
  for (std::uint64_t i = 0; i < 300; ++i) {
    const Json document = fuzz_document(1, i, "");
    const auto litmus = load(document);
    ASSERT_TRUE(litmus.has_value()) << litmus.error().message << "\n" << document.dump();
    EXPECT_GE(litmus->program.size(), 3U) << document.dump();
  }
}

// ---- Differences

LitmusGave gave(const std::string& pointer, std::int64_t ret, abi::Errno err = abi::Errno::kOk) {
  LitmusGave made{pointer, "open", {}, {}};
  made.outcome.ret = ret;
  made.outcome.err = err;
  return made;
}

TEST(FuzzDifference, IsTheFirstCallThatGivesSomethingElse) {
  const LitmusRecord a = {gave("/program/0", 3), gave("/program/1", -1, abi::Errno::kENOENT)};
  EXPECT_EQ(first_difference(a, a), std::nullopt);
  const LitmusRecord b = {gave("/program/0", 3), gave("/program/1", -1, abi::Errno::kEACCES)};
  const auto found = first_difference(a, b);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->pointer, "/program/1");
  EXPECT_EQ(found->simulated, "ENOENT");
  EXPECT_EQ(found->real, "EACCES");
  EXPECT_EQ(found->expect, Json({{"err", "EACCES"}}));
}

TEST(FuzzDifference, IsACallThatOneSideNeverReached) {
  const LitmusRecord one = {gave("/program/0", 3)};
  const LitmusRecord two = {gave("/program/0", 3), gave("/program/1", 0)};
  EXPECT_EQ(first_difference(one, two)->simulated, "not reached");
  EXPECT_EQ(first_difference(two, one)->real, "not reached");
}

TEST(FuzzDifference, IsNoneWhereNothingIsPromised) {
  LitmusRecord a = {gave("/program/0", 0)}, b = a;
  a[0].outcome.out = {{"st_type", "S_IFDIR"}, {"st_size", 40}, {"st_ino", 7}, {"st_uid", 0}};
  b[0].outcome.out = {{"st_type", "S_IFDIR"}, {"st_size", 60}, {"st_ino", 9}, {"st_uid", 0}};
  EXPECT_EQ(first_difference(a, b), std::nullopt);
  b[0].outcome.out["st_uid"] = 1;
  EXPECT_EQ(first_difference(a, b)->expect, Json({{"out", {{"st_uid", 1}}}}));
  a[0].outcome.out = b[0].outcome.out = Json();
  a[0].outcome.data = "pipe:[4026]";
  b[0].outcome.data = "pipe:[99]";
  EXPECT_EQ(first_difference(a, b), std::nullopt);
}

TEST(FuzzDifference, IsNoneInWhichReadyFileEpollTellsFirst) {
  LitmusRecord a = {gave("/program/0", 2)}, b = a;
  a[0].call = b[0].call = "epoll_wait";
  const Json one = {{"events", {"EPOLLIN"}}, {"data", 1}},
             two = {{"events", {"EPOLLIN"}}, {"data", 2}};
  a[0].outcome.out = {{"events", Json::array({one, two})}};
  b[0].outcome.out = {{"events", Json::array({two, one})}};
  EXPECT_EQ(first_difference(a, b), std::nullopt);
  b[0].outcome.out = {{"events", Json::array({two, two})}};
  EXPECT_NE(first_difference(a, b), std::nullopt);
}

TEST(FuzzDocument, BlocksOnlyWhereItsOwnRuleLetsItGoOn) {
  for (std::uint64_t i = 0; i < 60; ++i) {
    const std::string text = fuzz_document(3, i, "blocks").dump();
    EXPECT_EQ(text.find("<="), std::string::npos) << text;
    EXPECT_NE(text.find("\"block\""), std::string::npos) << text;
  }
}

// ---- Smaller ones

Json call(const std::string& name) { return Json{{"call", name}}; }

bool holds(const Json& list, const std::string& name) {
  for (const Json& step : list) {
    if (step["call"] == name || (step.contains("child") && holds(step["child"], name))) return true;
  }
  return false;
}

TEST(FuzzShrink, LeavesWhatIsNeededAndNothingElse) {
  Json program = Json::array();
  for (int i = 0; i < 20; ++i) program.push_back(call("getpid"));
  program[4] = call("setsid");
  program[11] = {{"call", "fork"}, {"child", {call("getppid"), call("umask"), call("getppid")}}};
  const Json document = {{"files", {{"/a", Json::object()}, {"/b", Json::object()}}},
                         {"program", program}};
  const Json small = shrink_document(document, [](const Json& candidate) {
    const Json& list = candidate["program"];
    return holds(list, "setsid") && holds(list, "umask") &&
           candidate.value("files", Json::object()).contains("/b");
  });
  EXPECT_EQ(small["program"], Json::array({call("setsid"), call("umask")}));
  EXPECT_EQ(small["files"], Json({{"/b", Json::object()}}));
}

TEST(FuzzShrink, LeavesAProgramThatCannotBeSmaller) {
  const Json document = {{"program", {call("getpid"), call("setsid")}}};
  EXPECT_EQ(shrink_document(document, [](const Json&) { return false; }), document);
}

// ---- Runs

/// Both sides alike, but in each `every`-th program the last call.
FuzzSides sides_that_differ(std::uint64_t every) {
  const auto count = std::make_shared<std::uint64_t>(0);
  FuzzSides sides;
  sides.real = [](const Litmus&) { return LitmusRecord{gave("/program/0", 0)}; };
  sides.patient = sides.real;
  sides.simulated = [count, every](const Litmus&) {
    const bool differs = (*count)++ % every == 0;
    return LitmusRecord{
        gave("/program/0", differs ? -1 : 0, differs ? abi::Errno::kEIO : abi::Errno::kOk)};
  };
  sides.interrupted = [] { return false; };
  return sides;
}

void run_all(Fuzzer& fuzzer) {
  for (Result<bool> more = true; more && *more; more = fuzzer.next()) {
  }
}

FuzzOptions options_with_row(std::string_view call) {
  FuzzOptions options;
  options.count = 1000;
  options.family = "time";
  options.known = {{"time", call, "EIO", "ok", "a test"}};
  return options;
}

TEST(Fuzzer, ExplainsARareDifferenceByItsRow) {
  Fuzzer fuzzer(options_with_row("open"), sides_that_differ(200));
  run_all(fuzzer);
  EXPECT_EQ(fuzzer.done(), 1000U);
  EXPECT_EQ(fuzzer.matched(), std::vector<std::uint64_t>({5}));
  EXPECT_TRUE(fuzzer.good());
}

TEST(Fuzzer, RefusesARowThatMatchesMoreThanOneOfAHundred) {
  Fuzzer fuzzer(options_with_row("open"), sides_that_differ(50));
  run_all(fuzzer);
  EXPECT_EQ(fuzzer.matched(), std::vector<std::uint64_t>({20}));
  EXPECT_EQ(fuzzer.too_wide(), std::vector<std::size_t>({0}));
  EXPECT_FALSE(fuzzer.good());
}

TEST(Fuzzer, CountsADifferenceThatComesEveryTime) {
  FuzzOptions options = options_with_row("close");
  options.count = 3;
  Fuzzer fuzzer(options, sides_that_differ(1));
  run_all(fuzzer);
  ASSERT_EQ(fuzzer.findings().size(), 1U);
  EXPECT_EQ(fuzzer.findings()[0].more, 2U);
  EXPECT_EQ(fuzzer.findings()[0].document["program"], Json::array());
  EXPECT_FALSE(fuzzer.good());
}

TEST(Fuzzer, CountsNoDifferenceThatComesOnce) {
  FuzzOptions options = options_with_row("close");
  options.count = 50;
  Fuzzer fuzzer(options, sides_that_differ(1000));
  run_all(fuzzer);
  EXPECT_EQ(fuzzer.unsteady(), 1U);
  EXPECT_TRUE(fuzzer.good());
}

TEST(Fuzzer, CountsNoDifferenceThatOnlyTookLonger) {
  FuzzOptions options = options_with_row("close");
  options.count = 1;
  FuzzSides sides = sides_that_differ(1);
  sides.patient = sides.simulated;  // given time, Linux comes to the same
  Fuzzer fuzzer(options, sides);
  run_all(fuzzer);
  EXPECT_EQ(fuzzer.unsteady(), 1U);
  EXPECT_TRUE(fuzzer.good());
}

}  // namespace
}  // namespace cutaway::spec
