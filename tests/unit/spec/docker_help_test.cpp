// Help pages: every flag that docker 28 has, in docker's columns; the words are our own.
#include <gtest/gtest.h>

#include "base/json_value.h"
#include "base/text.h"
#include "spec/docker/command_table.h"
#include "spec/docker/flag_tables.h"
#include "spec/docker/help.h"
#include "spec/docker_line.h"
#include "tests/unit/spec/recorded.h"

namespace cutaway::spec {
namespace {

std::string help_of(const std::string& command, int columns = 80) {
  ClientContext context;
  context.columns = columns;
  const Parsed parsed = parse_docker_line(command + " --help", context);
  const ClientAnswer* answer = std::get_if<ClientAnswer>(&parsed);
  return answer == nullptr ? std::string() : answer->out;
}

std::string unquoted(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != '"') result += c;
  }
  return result;
}

// Prose of docker's that looks like a default, and home directories.
bool default_is_prose(const std::string& flag) {
  return flag == "blkio-weight" || flag == "cgroupns" || flag == "format" || flag == "all";
}

void expect_flags(const Json& recorded, const CommandRow& row) {
  std::vector<const FlagRow*> flags = flags_of_row(row, true);
  ASSERT_EQ(flags.size(), recorded["flags"].size());
  for (std::size_t i = 0; i < flags.size(); ++i) {
    const Json& theirs = recorded["flags"][i];
    SCOPED_TRACE(theirs.dump());
    EXPECT_EQ(flags[i]->name, theirs[1].get<std::string>());
    EXPECT_EQ(flags[i]->letter == 0 ? "" : std::string(1, flags[i]->letter),
              theirs[0].get<std::string>());
    EXPECT_EQ(flag_kind_word(flags[i]->kind), theirs[2].get<std::string>());
    if (!default_is_prose(theirs[1])) {
      EXPECT_EQ(unquoted(flags[i]->shown_default), unquoted(theirs[3].get<std::string>()));
    }
    EXPECT_FALSE(flags[i]->words.empty());
  }
}

TEST(DockerHelp, HasEveryFlagOfTheRecordedPages) {
  const Json pages = test::recorded("pages.json");
  EXPECT_GE(pages.size(), 60U);
  for (const auto& [name, page] : pages.items()) {
    SCOPED_TRACE(name);
    const FoundCommand found = find_command(name);
    ASSERT_NE(found.row, nullptr);
    if (found.row->grammar == Grammar::Opaque) continue;
    EXPECT_EQ("docker " + name + " " + std::string(split(found.row->usage, '\n')[0]),
              page["usage"].get<std::string>());
    EXPECT_EQ(aliases_line(*found.row), page["aliases"].get<std::string>());
    expect_flags(page, *found.row);
  }
}

TEST(DockerHelp, StandsInDockersColumns) {
  const Json pages = test::recorded("pages.json");
  for (const auto& [name, page] : pages.items()) {
    if (page["flags"].empty() || find_command(name).row->grammar == Grammar::Opaque) continue;
    SCOPED_TRACE(name);
    const std::string text = help_of(name);
    const std::size_t options = text.find("\nOptions:\n");
    ASSERT_NE(options, std::string::npos);
    const std::size_t column = page["column"].get<std::size_t>();
    for (const std::string& line : split(text.substr(options + 10), '\n')) {
      if (line.empty()) continue;
      ASSERT_GT(line.size(), column);
      EXPECT_EQ(line[column - 1], ' ') << line;
      EXPECT_LE(line.size(), 82U) << line;
    }
  }
}

TEST(DockerHelp, ListsTheCommandsOfTheRecordedPages) {
  const Json lists = test::recorded("lists.json");
  for (const auto& [group, sections] : lists.items()) {
    const std::string text = group.empty() ? help_of("") : help_of(group);
    for (const auto& [title, names] : sections.items()) {
      SCOPED_TRACE(group + " / " + title);
      const std::size_t at = text.find("\n" + title + ":\n");
      ASSERT_NE(at, std::string::npos) << text;
      std::size_t line = text.find('\n', at + 1) + 1;
      for (const auto& name : names) {
        EXPECT_EQ(text.substr(line, 2 + name.get<std::string>().size()),
                  "  " + name.get<std::string>());
        line = text.find('\n', line) + 1;
      }
      EXPECT_EQ(text[line], '\n') << "we list more than docker";
    }
  }
}

// pflag's wrapping: two flags of `docker logs`, in docker's words, as docker wraps them.
TEST(DockerHelp, WrapsAsPflagDoes) {
  const FlagRow rows[] = {
      {"since", 0, FlagKind::Text,
       "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 "
       "minutes)"},
      {"tail", 'n', FlagKind::Text, "Number of lines to show from the end of the logs", "\"all\""},
  };
  EXPECT_EQ(flag_lines({&rows[0], &rows[1]}, 80),
            "      --since string   Show logs since timestamp (e.g.\n"
            "                       \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\"\n"
            "                       for 42 minutes)\n"
            "  -n, --tail string    Number of lines to show from the end of the logs\n"
            "                       (default \"all\")\n");
  EXPECT_NE(flag_lines({&rows[0]}, 45).find("\n                Show logs since"),
            std::string::npos);
}

TEST(DockerHelp, FollowsTheTerminalsWidth) {
  for (const int columns : {40, 60, 80, 120}) {
    for (const std::string& line : split(help_of("run", columns), '\n')) {
      if (line.find("Usage:") == std::string::npos && columns >= 60) {
        EXPECT_LE(static_cast<int>(line.size()), columns + 2) << line;
      }
    }
  }
}

TEST(DockerHelp, NamesForCompletion) {
  const std::vector<std::string> names = docker_command_names();
  EXPECT_GT(names.size(), 80U);
  EXPECT_NE(std::find(names.begin(), names.end(), "container ls"), names.end());
  const std::vector<std::string> flags = docker_flag_names("run");
  EXPECT_NE(std::find(flags.begin(), flags.end(), "--rm"), flags.end());
  EXPECT_TRUE(docker_flag_names("nosuch").empty());
}

}  // namespace
}  // namespace cutaway::spec
