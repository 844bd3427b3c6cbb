// Tables, units and the display of a pull, against what the real client printed of the same rows.
#include "spec/docker_views.h"

#include <gtest/gtest.h>

#include "base/json_value.h"
#include "base/text.h"
#include "tests/unit/spec/recorded.h"

namespace cutaway::spec {
namespace {

using test::recorded;

ContainerRow container_row(const Json& json) {
  ContainerRow row;
  row.id = json["Id"];
  row.image = json["Image"];
  row.command = json["Command"];
  row.created_s = json["Created"];
  row.status = json["Status"];
  row.name = json["Names"][0].get<std::string>().substr(1);
  row.size_bytes = json["SizeRw"];
  row.size_with_image_bytes = json["SizeRootFs"];
  for (const Json& port : json["Ports"]) {
    PortShown shown;
    shown.inside = port["PrivatePort"];
    shown.protocol = port["Type"];
    shown.outside = port.value("PublicPort", std::uint16_t{0});
    shown.ip = port.value("IP", "");
    row.ports.push_back(shown);
  }
  return row;
}

// One row of the daemon is one line for each of its names.
void add_image_rows(const Json& json, std::vector<ImageRow>& rows) {
  ImageRow row;
  row.id = json["Id"];
  row.created_s = json["Created"];
  row.size_bytes = json["Size"];
  const auto digest_of = [&](const std::string& repository) {
    for (const std::string digest : json["RepoDigests"]) {
      if (starts_with(digest, repository + "@") && repository != "<none>")
        return digest.substr(repository.size() + 1);
    }
    return std::string();
  };
  for (const std::string tag : json["RepoTags"]) {
    const std::size_t colon = tag.rfind(':');
    row.repository = tag.substr(0, colon);
    row.tag = tag.substr(colon + 1);
    row.digest = digest_of(row.repository);
    rows.push_back(row);
  }
  if (!json["RepoTags"].empty()) return;
  row.repository = json["RepoDigests"][0].get<std::string>();
  row.repository.resize(row.repository.find('@'));
  row.digest = digest_of(row.repository);
  rows.push_back(row);
}

TEST(DockerViews, TablesAreTheRecordedOnes) {
  int tables = 0;
  for (const Json& table : recorded("tables.json")) {
    const auto words = table["words"].get<std::vector<std::string>>();
    SCOPED_TRACE(join(words, " "));
    const Parsed parsed = parse_docker(words);
    const Command* command = std::get_if<Command>(&parsed);
    ASSERT_NE(command, nullptr);
    ++tables;
    if (command->verb == Verb::Ps) {
      std::vector<ContainerRow> rows;
      for (const Json& row : table["rows"]) rows.push_back(container_row(row));
      EXPECT_EQ(ps_table(rows, command->get<PsOptions>(), 0), table["out"].get<std::string>());
    } else {
      std::vector<ImageRow> rows;
      for (const Json& row : table["rows"]) add_image_rows(row, rows);
      EXPECT_EQ(images_table(rows, command->get<ImagesOptions>(), 0),
                table["out"].get<std::string>());
    }
  }
  EXPECT_GE(tables, 20);
}

TEST(DockerViews, SizesAreTheRecordedOnes) {
  int sizes = 0;
  for (const Json& size : recorded("sizes.json")) {
    const std::int64_t bytes = size["bytes"];
    EXPECT_EQ(human_size(bytes), size["three"].get<std::string>()) << bytes;
    EXPECT_EQ(human_size(bytes, 4), size["four"].get<std::string>()) << bytes;
    ++sizes;
  }
  EXPECT_GE(sizes, 30);
}

TEST(DockerViews, DurationsAreRoughAsDockers) {
  constexpr std::int64_t kHour = 3600, kDay = 86400;
  const std::pair<std::int64_t, const char*> cases[] = {{-5, "Less than a second"},
                                                        {0, "Less than a second"},
                                                        {1, "1 second"},
                                                        {59, "59 seconds"},
                                                        {60, "About a minute"},
                                                        {119, "About a minute"},
                                                        {120, "2 minutes"},
                                                        {3599, "59 minutes"},
                                                        {kHour, "About an hour"},
                                                        {kHour * 3 / 2 - 1, "About an hour"},
                                                        {kHour * 3 / 2, "2 hours"},
                                                        {kDay, "24 hours"},
                                                        {47 * kHour, "47 hours"},
                                                        {2 * kDay, "2 days"},
                                                        {13 * kDay, "13 days"},
                                                        {14 * kDay, "2 weeks"},
                                                        {59 * kDay, "8 weeks"},
                                                        {60 * kDay, "2 months"},
                                                        {364 * kDay, "12 months"},
                                                        {729 * kDay, "24 months"},
                                                        {730 * kDay, "2 years"},
                                                        {2000 * kDay, "5 years"}};
  for (const auto& [seconds, text] : cases) EXPECT_EQ(human_duration(seconds), text) << seconds;
}

TEST(DockerViews, StatusAndCommandTexts) {
  EXPECT_EQ(status_text({"running", 0, 95}, 100), "Up 5 seconds");
  EXPECT_EQ(status_text({"paused", 0, 40}, 100), "Up About a minute (Paused)");
  EXPECT_EQ(status_text({"exited", 137, 40}, 100), "Exited (137) About a minute ago");
  EXPECT_EQ(status_text({"restarting", 1, 97}, 100), "Restarting (1) 3 seconds ago");
  EXPECT_EQ(status_text({"created", 0, 0}, 100), "Created");
  EXPECT_EQ(command_text({"sh", "-c", "sleep 1"}), "sh -c 'sleep 1'");
  EXPECT_EQ(short_id("sha256:0123456789abcdef"), "0123456789ab");
}

std::string print_all(const Json& messages, PullPrinter printer) {
  std::string text;
  for (const Json& json : messages) {
    PullMessage message;
    message.id = json.value("id", "");
    message.status = json["status"];
    message.progress = json.contains("progressDetail");
    if (message.progress) {
      message.current = json["progressDetail"].value("current", std::int64_t{0});
      message.total = json["progressDetail"].value("total", std::int64_t{0});
    }
    text += printer.print(message);
  }
  return "Using default tag: latest\n" + text + "docker.io/library/busybox:latest\n";
}

TEST(DockerViews, APullLooksAsRecorded) {
  const Json pulled = recorded("pull.json");
  EXPECT_EQ(print_all(pulled["messages"], PullPrinter(false)), pulled["pipe"].get<std::string>());
  EXPECT_EQ(print_all(pulled["messages"], PullPrinter(true, 80)), pulled["80"].get<std::string>());
  EXPECT_EQ(print_all(pulled["messages"], PullPrinter(true, 120)),
            pulled["120"].get<std::string>());
}

TEST(DockerViews, PullMessagesHaveTheDaemonsWords) {
  PullPrinter printer(false);
  std::string text = printer.print(pull::pulling_from("latest", "library/busybox"));
  text += printer.print(pull::layer("sha256:90b9666d4aedffff", "Pulling fs layer"));
  text += printer.print(pull::downloading("sha256:90b9666d4aedffff", 5, 10));
  text += printer.print(pull::extracting("sha256:90b9666d4aedffff", 5, 10));
  text += printer.print(pull::layer("sha256:90b9666d4aedffff", "Pull complete"));
  text += printer.print(pull::digest("sha256:22"));
  text += printer.print(pull::downloaded_newer("busybox:latest"));
  EXPECT_EQ(text,
            "latest: Pulling from library/busybox\n90b9666d4aed: Pulling fs layer\n90b9666d4aed: "
            "Pull complete\n"
            "Digest: sha256:22\nStatus: Downloaded newer image for busybox:latest\n");
}

}  // namespace
}  // namespace cutaway::spec
