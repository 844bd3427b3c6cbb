// What docker says of things that are kept: volumes and mounts, prunes.
#include "base/text.h"
#include "spec/docker/values.h"
#include "spec/docker_messages.h"
#include "spec/docker_views.h"

namespace cutaway::spec {

namespace say {

std::string other_platform(std::string_view architecture) {
  return "The requested image's platform (linux/" + std::string(architecture) +
         ") does not match the detected host platform (linux/amd64) and no specific platform was "
         "requested";
}
std::string no_such_volume(std::string_view name) {
  return "get " + std::string(name) + ": no such volume";
}
std::string volume_in_use(std::string_view name, const std::vector<std::string>& container_ids) {
  return "remove " + std::string(name) + ": volume is in use - [" + join(container_ids, ", ") + "]";
}
bool valid_volume_name(std::string_view name) {
  const bool first = name.size() > 1 && name[0] != '_' && name[0] != '.' && name[0] != '-';
  return first && name.find_first_not_of(
                      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") ==
                      std::string_view::npos;
}
std::string invalid_volume_name(std::string_view name) {
  return "create " + std::string(name) + ": " + go_quote(name) +
         " includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" "
         "are allowed. If you intended to pass a host directory, use absolute path";
}
std::string bind_source_missing(std::string_view path) {
  return "invalid mount config for type \"bind\": bind source path does not exist: " +
         std::string(path);
}
std::string cannot_join(std::string_view type, std::string_view why) {
  return "failed to join " + std::string(type) + " namespace: " + std::string(why);
}

std::string no_such_path(std::string_view path, std::string_view container) {
  return "Could not find the file " + std::string(path) + " in container " + std::string(container);
}
std::string extraction_point_is_no_folder() { return "extraction point is not a directory"; }
std::string archive_not_written(abi::Errno error) {
  return "Error processing tar file(exit status 1): " + lower(abi::errno_text(error));
}
std::string invalid_output_path(std::string_view path) {
  return "invalid output path: directory " + go_quote(path) + " does not exist\n";
}

std::string push_denied() { return "denied: requested access to the resource is denied"; }
std::string no_image_to_push(std::string_view familiar_name) {
  return "An image does not exist locally with the tag: " + std::string(familiar_name);
}
std::string wrong_password() {
  return "Get \"https://registry-1.docker.io/v2/\": unauthorized: incorrect username or password";
}

}  // namespace say

std::string stored_unencrypted(std::string_view file) {
  return "\nWARNING! Your credentials are stored unencrypted in '" + std::string(file) +
         "'.\nConfigure a credential helper to remove this warning. See\n"
         "https://docs.docker.com/go/credential-store/\n";
}

std::string prune_question(const Command& command) {
  constexpr std::string_view kSure = "Are you sure you want to continue? [y/N] ";
  const PruneOptions& options = command.get<PruneOptions>();
  if (command.verb == Verb::ContainerPrune)
    return "WARNING! This will remove all stopped containers.\n" + std::string(kSure);
  if (command.verb == Verb::ImagePrune) {
    return std::string(options.all
                           ? "WARNING! This will remove all images without at least one container "
                             "associated to them.\n"
                           : "WARNING! This will remove all dangling images.\n") +
           std::string(kSure);
  }
  std::string text =
      "WARNING! This will remove:\n  - all stopped containers\n"
      "  - all networks not used by at least one container\n";
  if (options.volumes) text += "  - all anonymous volumes not used by at least one container\n";
  text += options.all ? "  - all images without at least one container associated to them\n  - all "
                        "build cache\n"
                      : "  - all dangling images\n  - unused build cache\n";
  return text + "\n" + std::string(kSure);
}

std::string volume_prune_question(bool all) {
  return std::string("WARNING! This will remove ") + (all ? "all" : "anonymous") +
         " local volumes not used by at least one container.\nAre you sure you want to continue? "
         "[y/N] ";
}

std::string prune_report(const PruneReport& report) {
  std::string text;
  const auto section = [&](std::string_view title, const std::vector<std::string>& lines) {
    if (!lines.empty()) text += std::string(title) + ":\n" + join(lines, "\n") + "\n\n";
  };
  section("Deleted Containers", report.containers);
  section("Deleted Networks", report.networks);
  section("Deleted Volumes", report.volumes);
  section("Deleted Images", report.images);
  return text + "Total reclaimed space: " + human_size(report.reclaimed_bytes, 4) + "\n";
}

}  // namespace cutaway::spec
