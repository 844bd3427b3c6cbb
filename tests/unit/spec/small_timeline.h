// A small timeline for judging predicates over.
#pragma once

#include <string>
#include <vector>

#include "base/json_value.h"
#include "spec/predicate.h"

namespace cutaway::spec::test {

inline Json json(const std::string& text) { return *parse_json(text); }

// Five events, six Worlds: r1 (id aa11) is made, runs, exits with 7; then bb22, called r2, is made.
inline JsonTimeline small() {
  std::vector<Json> events = {
      json(R"({"n":0,"kind":"image","op":"lookup","ref":"busybox:latest","hit":false})"),
      json(R"({"n":1,"kind":"container","op":"created","container":"aa11"})"),
      json(
          R"({"n":2,"kind":"syscall","name":"mount","args":{"target":"/proc","mountflags":["MS_NODEV","MS_NOSUID"]},"ret":0})"),
      json(R"({"n":3,"kind":"container","op":"exited","container":"aa11","code":7})"),
      json(R"({"n":4,"kind":"container","op":"created","container":"bb22"})")};
  const char* r1[] = {
      R"({"id":"aa11","name":"r1","state":"created"})",
      R"({"id":"aa11","name":"r1","state":"running"})",
      R"({"id":"aa11","name":"r1","state":"exited","exit_code":7,"flags":["a","b"]})"};
  const std::string rest = R"(},"machine":{"cpus":2,"os":"linux"}})";
  const auto world = [&](const std::string& containers) {
    return json(R"({"containers":{)" + containers + rest);
  };
  const std::string a = R"("aa11":)";
  std::vector<Json> worlds = {
      world(""),
      world(""),
      world(a + r1[0]),
      world(a + r1[1]),
      world(a + r1[2]),
      world(a + r1[2] + R"(,"bb22":{"id":"bb22","name":"r2","state":"created"})")};
  return JsonTimeline(std::move(events), std::move(worlds));
}

}  // namespace cutaway::spec::test
