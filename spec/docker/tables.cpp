#include "spec/docker_tables.h"

#include <algorithm>

#include "base/text.h"
#include "spec/docker/values.h"
#include "spec/docker_lists.h"

namespace cutaway::spec {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::string created_text(std::int64_t ns) {
  const std::string time = rfc3339(ns);
  return time.substr(0, 10) + " " + time.substr(11, 8) + " +0000 UTC";
}

const std::vector<ListColumn>& container_columns() {
  static const std::vector<ListColumn> kColumns = {
      {"ID", "CONTAINER ID"},  {"Names", "NAMES"},          {"Image", "IMAGE"},
      {"Command", "COMMAND"},  {"CreatedAt", "CREATED AT"}, {"RunningFor", "CREATED"},
      {"Ports", "PORTS"},      {"State", "STATE"},          {"Status", "STATUS"},
      {"Size", "SIZE"},        {"Labels", "LABELS"},        {"Mounts", "MOUNTS"},
      {"Networks", "NETWORKS"}};
  return kColumns;
}

std::string labels_text(const std::map<std::string, std::string>& labels) {
  std::vector<std::string> parts;
  parts.reserve(labels.size());
  for (const auto& [name, value] : labels) parts.push_back(name + "=" + value);
  return join(parts, ",");
}

// What a template of --format can name.
OrderedJson container_fields(const ListedContainer& container, const PsOptions& options,
                             std::int64_t now_s) {
  const ContainerRow& row = container.row;
  OrderedJson fields;
  fields["Command"] = "\"" + row.command + "\"";
  fields["CreatedAt"] = created_text(container.created_ns);
  fields["ID"] = options.no_trunc ? row.id : short_id(row.id);
  fields["Image"] = row.image;
  fields["Labels"] = labels_text(container.labels);
  fields["Mounts"] = join(container.mounts, ",");
  fields["Names"] = row.name;
  fields["Networks"] = container.network;
  fields["Ports"] = ports_text(row.ports);
  fields["RunningFor"] = human_duration(now_s - row.created_s) + " ago";
  fields["Size"] =
      human_size(row.size_bytes) + " (virtual " + human_size(row.size_with_image_bytes) + ")";
  fields["State"] = container.state;
  fields["Status"] = row.status;
  return fields;
}

const std::vector<ListColumn>& image_columns() {
  static const std::vector<ListColumn> kColumns = {
      {"ID", "IMAGE ID"},   {"Repository", "REPOSITORY"}, {"Tag", "TAG"},
      {"Digest", "DIGEST"}, {"CreatedSince", "CREATED"},  {"CreatedAt", "CREATED AT"},
      {"Size", "SIZE"},     {"Containers", "CONTAINERS"}};
  return kColumns;
}

OrderedJson image_fields(const ImageRow& row, const ImagesOptions& options, std::int64_t now_s) {
  OrderedJson fields;
  fields["Containers"] = "N/A";
  fields["CreatedAt"] = created_text(row.created_s * kSecond);
  fields["CreatedSince"] = human_duration(now_s - row.created_s) + " ago";
  fields["Digest"] = or_none(row.digest);
  fields["ID"] = options.no_trunc ? row.id : short_id(row.id);
  fields["Repository"] = or_none(row.repository);
  fields["Size"] = human_size(row.size_bytes);
  fields["Tag"] = or_none(row.tag);
  return fields;
}

bool is_plain(const std::string& format) { return format.empty() || format == "table"; }

}  // namespace

Result<std::string> ps_text(const std::vector<ListedContainer>& containers,
                            const PsOptions& options, std::int64_t now_s) {
  std::vector<ContainerRow> rows;
  std::vector<OrderedJson> fields;
  for (const ListedContainer& each : containers) {
    rows.push_back(each.row);
    fields.push_back(container_fields(each, options, now_s));
  }
  if (is_plain(options.format)) return ps_table(rows, options, now_s);
  return list_text(container_columns(), fields, {options.format, options.quiet, "ID"});
}

Result<std::string> images_text(const std::vector<ImageRow>& rows, const ImagesOptions& options,
                                std::int64_t now_s) {
  if (is_plain(options.format)) return images_table(rows, options, now_s);
  std::vector<OrderedJson> fields;
  fields.reserve(rows.size());
  for (const ImageRow& row : rows) fields.push_back(image_fields(row, options, now_s));
  return list_text(image_columns(), fields, {options.format, options.quiet, "ID"});
}

bool name_fits(const std::string& name, std::string wanted) {
  const bool begins = starts_with(wanted, "^"), ends = ends_with(wanted, "$");
  wanted = wanted.substr(begins ? 1 : 0);
  if (ends) wanted.pop_back();
  if (starts_with(wanted, "/")) wanted.erase(0, 1);
  if (begins && ends) return name == wanted;
  if (begins) return starts_with(name, wanted);
  return ends ? ends_with(name, wanted) : name.find(wanted) != std::string::npos;
}

bool label_fits(const std::map<std::string, std::string>& labels, const std::string& wanted) {
  const std::size_t equal = wanted.find('=');
  const auto found = labels.find(wanted.substr(0, equal));
  if (found == labels.end()) return false;
  return equal == std::string::npos || found->second == wanted.substr(equal + 1);
}

std::string wrong_status(const std::vector<std::string>& states) {
  static constexpr std::string_view kStates[] = {"created", "restarting", "running", "removing",
                                                 "paused",  "exited",     "dead"};
  for (const std::string& state : states) {
    if (std::find(std::begin(kStates), std::end(kStates), state) == std::end(kStates))
      return "invalid filter 'status=" + state + "'";
  }
  return {};
}

}  // namespace cutaway::spec
