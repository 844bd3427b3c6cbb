// Front door: docker's tables and units as pure functions: rows in, text out, to the byte.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "spec/docker_line.h"

namespace cutaway::spec {

/// "4.26MB": powers of 1000, `digits` significant digits (lists show 3, prunes and pulls 4).
std::string human_size(std::int64_t bytes, int digits = 3);
/// "1.496MiB": powers of 1024, four significant digits (docker stats).
std::string binary_size(std::int64_t bytes);
/// "5 seconds", "About a minute", "3 days".
std::string human_duration(std::int64_t seconds);
/// First twelve digits, without "sha256:".
std::string short_id(std::string_view id);

struct PortShown {
  std::uint16_t inside = 0;
  std::uint16_t outside = 0;  ///< 0: only exposed
  std::string ip;
  std::string protocol = "tcp";
};
/// "443/tcp, 0.0.0.0:8080->80/tcp".
std::string ports_text(std::vector<PortShown> ports);

struct ContainerRow {
  std::string id;
  std::string image;
  std::string command;  ///< see command_text
  std::int64_t created_s = 0;
  std::string status;  ///< see status_text
  std::vector<PortShown> ports;
  std::string name;
  std::int64_t size_bytes = 0;
  std::int64_t size_with_image_bytes = 0;
};
/// `docker ps`: rows in the order given. Times on the same clock as created_s.
std::string ps_table(const std::vector<ContainerRow>& rows, const PsOptions& options,
                     std::int64_t now_s);

struct ImageRow {
  std::string repository;  ///< familiar; empty shows <none>
  std::string tag;
  std::string digest;
  std::string id;  ///< "sha256:…"
  std::int64_t created_s = 0;
  std::int64_t size_bytes = 0;
};
std::string images_table(const std::vector<ImageRow>& rows, const ImagesOptions& options,
                         std::int64_t now_s);

/// The daemon's one-line form of a command: arguments with a blank are put in quotes.
std::string command_text(const std::vector<std::string>& argv);

/// States of a container, as the daemon keeps them.
struct ContainerState {
  std::string state;  ///< created running paused restarting exited dead
  int exit_code = 0;
  std::int64_t since_s = 0;  ///< when it started (running, paused) or ended
};
/// "Up 5 seconds", "Exited (0) 2 days ago", "Created".
std::string status_text(const ContainerState& state, std::int64_t now_s);

/// Columns aligned as docker aligns them: 3 blanks between, at least 10 wide (`top`: 20).
std::string aligned(const std::vector<std::vector<std::string>>& lines, std::size_t least = 10);

/// A layer of `history`, the newest first in docker's table.
struct HistoryRow {
  std::string image_id;  ///< of the newest; older ones are "<missing>"
  std::string created_by;
  std::int64_t created_s = 0;
  std::int64_t size_bytes = 0;
  std::string comment = {};
};
std::string history_table(const std::vector<HistoryRow>& rows, bool quiet, bool no_trunc,
                          std::int64_t now_s);

/// A line of `system df`.
struct DiskRow {
  std::string type;
  std::int64_t total = 0, active = 0, size_bytes = 0, reclaimable_bytes = 0;
};
std::string disk_table(const std::vector<DiskRow>& rows);

/// One message of a pull, as the daemon streams it.
struct PullMessage {
  std::string id;         ///< tag, or the layer's short id; may be empty
  std::string status;     ///< "Pulling fs layer", "Downloading", "Pull complete"…
  bool progress = false;  ///< belongs to a layer's line, also without numbers
  std::int64_t current = 0;
  std::int64_t total = 0;
};

/// The client's display of a pull: on a terminal one line a layer, rewritten in place; else one
/// line a message, bars left out. Copyable.
class PullPrinter {
 public:
  explicit PullPrinter(bool terminal, int columns = 80) : terminal_(terminal), columns_(columns) {}
  /// The bytes to write for this message.
  std::string print(const PullMessage& message);

 private:
  std::string progress_text(const PullMessage& message) const;

  bool terminal_;
  int columns_;
  std::map<std::string, std::size_t, std::less<>> lines_;
};

/// Messages of a pull in order: these are their texts.
namespace pull {
PullMessage pulling_from(std::string_view tag_or_digest, std::string_view repository);
PullMessage layer(std::string_view digest,
                  std::string_view status);  ///< "Pulling fs layer", "Verifying Checksum", …
PullMessage downloading(std::string_view digest, std::int64_t current, std::int64_t total);
PullMessage extracting(std::string_view digest, std::int64_t current, std::int64_t total);
PullMessage digest(std::string_view digest);  ///< "Digest: sha256:…"
PullMessage downloaded_newer(
    std::string_view familiar);                     ///< "Status: Downloaded newer image for …"
PullMessage up_to_date(std::string_view familiar);  ///< "Status: Image is up to date for …"
}  // namespace pull

}  // namespace cutaway::spec
