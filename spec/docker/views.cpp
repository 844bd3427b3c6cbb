#include <algorithm>
#include <map>

#include "base/text.h"
#include "spec/docker/values.h"
#include "spec/docker_views.h"

namespace cutaway::spec {

namespace {

using Line = std::vector<std::string>;

// Characters, as Go's tabwriter counts them.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1U : 0U;
  return width;
}

// At most `width` characters, the last one "…".
std::string ellipsis(const std::string& text, std::size_t width) {
  if (width_of(text) <= width) return text;
  std::string cut;
  std::size_t count = 0;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    if (begins && ++count == width) break;
    cut += c;
  }
  return cut + "…";
}

std::string join_host(const std::string& ip, const std::string& port) {
  return (ip.find(':') == std::string::npos ? ip : "[" + ip + "]") + ":" + port;
}

bool port_less(const PortShown& a, const PortShown& b) {
  if (a.inside != b.inside) return a.inside < b.inside;
  if (a.ip != b.ip) return a.ip < b.ip;
  if (a.outside != b.outside) return a.outside < b.outside;
  return a.protocol < b.protocol;
}

// Neighbouring ports that look alike are one range.
struct PortGroup {
  std::string ip;
  std::string protocol;
  int first = 0;
  int last = 0;

  std::string text() const {
    std::string numbers = decimal(first);
    if (first != last) numbers += "-" + decimal(last);
    return (ip.empty() ? numbers : join_host(ip, numbers) + "->" + numbers) + "/" + protocol;
  }
};

// The image as `ps` shows it: an id is shortened, "docker.io/library/" is left out.
std::string image_cell(const ContainerRow& row, bool no_trunc) {
  if (row.image.empty()) return "<no image>";
  if (no_trunc) return row.image;
  const bool hex = row.image.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (hex && row.image.size() > 12) return row.image.substr(0, 12);
  const Result<Reference> reference = parse_reference(row.image);
  if (!reference) return row.image;
  const bool tagged = row.image.rfind(':') != std::string::npos &&
                      row.image.rfind(':') + 1 + reference->tag.size() == row.image.size();
  return reference->familiar_name() + (tagged ? ":" + reference->tag : "");
}

}  // namespace

std::string aligned(const std::vector<Line>& lines, std::size_t least) {
  std::vector<std::size_t> widths;
  for (const Line& line : lines) {
    widths.resize(std::max(widths.size(), line.size()));
    for (std::size_t i = 0; i < line.size(); ++i)
      widths[i] = std::max({widths[i], width_of(line[i]) + 3, least});
  }
  std::string text;
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      text += line[i];
      if (i + 1 < line.size()) text += std::string(widths[i] - width_of(line[i]), ' ');
    }
    text += '\n';
  }
  return text;
}

std::string ports_text(std::vector<PortShown> ports) {
  std::sort(ports.begin(), ports.end(), port_less);
  std::vector<PortGroup> open;  // in order of appearance, one for each address and protocol
  std::vector<std::string> done, mapped;
  for (const PortShown& port : ports) {
    if (port.outside != 0 && port.outside != port.inside) {
      mapped.push_back(join_host(port.ip, decimal(port.outside)) + "->" + decimal(port.inside) +
                       "/" + port.protocol);
      continue;
    }
    const std::string ip = port.outside == 0 ? std::string() : port.ip;
    const auto same = std::find_if(open.begin(), open.end(), [&](const PortGroup& group) {
      return group.ip == ip && group.protocol == port.protocol;
    });
    const PortGroup fresh{ip, port.protocol, port.inside, port.inside};
    if (same == open.end()) {
      open.push_back(fresh);
    } else if (port.inside == same->last + 1) {
      same->last = port.inside;
    } else {
      done.push_back(same->text());
      *same = fresh;
    }
  }
  for (const PortGroup& group : open) done.push_back(group.text());
  done.insert(done.end(), mapped.begin(), mapped.end());
  return join(done, ", ");
}

std::string ps_table(const std::vector<ContainerRow>& rows, const PsOptions& options,
                     std::int64_t now_s) {
  std::vector<Line> lines{
      {"CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"}};
  if (options.size) lines.front().push_back("SIZE");
  if (options.quiet) lines.clear();
  for (const ContainerRow& row : rows) {
    const std::string id = options.no_trunc ? row.id : short_id(row.id);
    if (options.quiet) {
      lines.push_back({id});
      continue;
    }
    const std::string command =
        go_quote(options.no_trunc ? row.command : ellipsis(row.command, 20));
    lines.push_back({id, image_cell(row, options.no_trunc), command,
                     human_duration(now_s - row.created_s) + " ago", row.status,
                     ports_text(row.ports), row.name});
    if (options.size) {
      lines.back().push_back(human_size(row.size_bytes) + " (virtual " +
                             human_size(row.size_with_image_bytes) + ")");
    }
  }
  return aligned(lines);
}

std::string images_table(const std::vector<ImageRow>& rows, const ImagesOptions& options,
                         std::int64_t now_s) {
  std::vector<Line> lines{{"REPOSITORY", "TAG"}};
  if (options.digests) lines.front().push_back("DIGEST");
  for (const char* title : {"IMAGE ID", "CREATED", "SIZE"}) lines.front().push_back(title);
  if (options.quiet) lines.clear();
  for (const ImageRow& row : rows) {
    const std::string id = options.no_trunc ? row.id : short_id(row.id);
    if (options.quiet) {
      lines.push_back({id});
      continue;
    }
    lines.push_back({or_none(row.repository), or_none(row.tag)});
    if (options.digests) lines.back().push_back(or_none(row.digest));
    lines.back().push_back(id);
    lines.back().push_back(human_duration(now_s - row.created_s) + " ago");
    lines.back().push_back(human_size(row.size_bytes));
  }
  return aligned(lines);
}

std::string command_text(const std::vector<std::string>& argv) {
  std::string text;
  for (std::size_t i = 0; i < argv.size(); ++i) {
    const bool quotes = i > 0 && argv[i].find(' ') != std::string::npos;
    if (i > 0) text += ' ';
    text += quotes ? "'" + argv[i] + "'" : argv[i];
  }
  return text;
}

std::string status_text(const ContainerState& state, std::int64_t now_s) {
  const std::string age = human_duration(now_s - state.since_s);
  if (state.state == "running") return "Up " + age;
  if (state.state == "paused") return "Up " + age + " (Paused)";
  if (state.state == "restarting")
    return "Restarting (" + decimal(state.exit_code) + ") " + age + " ago";
  if (state.state == "created") return "Created";
  if (state.state == "dead") return "Dead";
  return "Exited (" + decimal(state.exit_code) + ") " + age + " ago";
}

namespace {

/// Dates before 2000 are none (formatter_history.go): images are packed without one.
std::string since_text(std::int64_t created_s, std::int64_t now_s) {
  constexpr std::int64_t kEpoch = 946'684'800;
  return created_s <= kEpoch ? std::string() : human_duration(now_s - created_s) + " ago";
}

}  // namespace

std::string history_table(const std::vector<HistoryRow>& rows, bool quiet, bool no_trunc,
                          std::int64_t now_s) {
  std::vector<Line> lines{{"IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT"}};
  if (quiet) lines.clear();
  for (const HistoryRow& row : rows) {
    std::string id = row.image_id.empty() ? "<missing>" : row.image_id;
    if (!row.image_id.empty() && !no_trunc) id = short_id(row.image_id);
    if (quiet) {
      lines.push_back({id});
      continue;
    }
    lines.push_back({id, since_text(row.created_s, now_s),
                     no_trunc ? row.created_by : ellipsis(row.created_by, 45),
                     human_size(row.size_bytes), row.comment});
  }
  return aligned(lines);
}

std::string disk_table(const std::vector<DiskRow>& rows) {
  std::vector<Line> lines{{"TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE"}};
  for (const DiskRow& row : rows) {
    std::string reclaimable = human_size(row.reclaimable_bytes);
    if (row.size_bytes > 0)
      reclaimable += " (" + decimal(row.reclaimable_bytes * 100 / row.size_bytes) + "%)";
    lines.push_back({row.type, decimal(row.total), decimal(row.active), human_size(row.size_bytes),
                     reclaimable});
  }
  return aligned(lines);
}

}  // namespace cutaway::spec
