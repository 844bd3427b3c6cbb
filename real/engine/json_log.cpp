#include "real/engine/json_log.h"

#include <fcntl.h>

#include <array>
#include <ctime>

#include "base/json_value.h"
#include "real/sys/files.h"

namespace cutaway::real {

std::string rfc3339_now() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  tm parts{};
  ::gmtime_r(&now.tv_sec, &parts);
  std::array<char, 64> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::string nanos = std::to_string(now.tv_nsec);
  nanos.insert(0, 9 - nanos.size(), '0');
  return std::string(text.data(), size) + "." + nanos + "Z";
}

Result<JsonLog> JsonLog::open(const std::string& path) {
  TRY_ASSIGN(Fd fd, open_file(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0640));
  return JsonLog(std::move(fd));
}

// A log that cannot be written (disk full) must not stop the container's output.
void JsonLog::write(int channel, std::string_view bytes) {
  const Json line = {{"log", std::string(bytes)},
                     {"stream", channel == 1 ? "stdout" : "stderr"},
                     {"time", rfc3339_now()}};
  const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  const Status written = write_all(fd_.get(), text, "log");
  static_cast<void>(written);
}

std::vector<LogEntry> parse_log(std::string_view text, std::size_t& used) {
  std::vector<LogEntry> entries;
  used = 0;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos;
       end = text.find('\n', used)) {
    const auto json = parse_json(text.substr(used, end - used));
    used = end + 1;
    if (!json || !json->is_object()) continue;
    LogEntry entry;
    entry.channel = json->value("stream", std::string()) == "stderr" ? 2 : 1;
    entry.text = json->value("log", std::string());
    entry.time = json->value("time", std::string());
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace cutaway::real
