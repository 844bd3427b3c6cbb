#include "sim/registry/bundled.h"

#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/text.h"
#include "embedded/cutaway_images.h"

namespace cutaway::sim {

namespace {

std::uint32_t octal_mode(const Json& value, std::uint32_t otherwise) {
  if (!value.is_string()) return otherwise;
  std::uint32_t mode = 0;
  for (const char c : value.get<std::string>()) mode = mode * 8 + static_cast<std::uint32_t>(c - '0');
  return mode;
}

ImageFile image_file(const std::string& path, const Json& entry) {
  ImageFile file;
  file.program = entry.value("program", std::string());
  file.link = entry.value("link", std::string());
  if (entry.contains("text")) file.content = entry["text"].get<std::string>();
  if (entry.contains("b64")) CHECK(base64_decode(entry["b64"].get<std::string>(), file.content));
  if (!file.program.empty()) file.content = program_content(file.program);
  const std::uint32_t usual = !file.program.empty() || ends_with(path, "/") ? 0755 : 0644;
  file.mode = octal_mode(entry.value("mode", Json()), usual);
  file.uid = entry.value("uid", 0U);
  file.size = static_cast<std::int64_t>(file.content.size());
  return file;
}

}  // namespace

ImageSource image_source(const Json& image) {
  ImageSource source;
  source.ref = image["ref"].get<std::string>();
  for (const Json& layer : image["layers"]) {
    std::map<std::string, ImageFile> files;
    for (const auto& [path, entry] : layer["files"].items()) files[path] = image_file(path, entry);
    source.layers.push_back(std::move(files));
  }
  const Json config = image.value("config", Json::object());
  source.config.cmd = config.value("Cmd", std::vector<std::string>());
  source.config.entrypoint = config.value("Entrypoint", std::vector<std::string>());
  source.config.env = config.value("Env", std::vector<std::string>());
  source.config.user = config.value("User", std::string());
  source.config.working_dir = config.value("WorkingDir", std::string());
  source.config.stop_signal = config.value("StopSignal", std::string());
  return source;
}

void set_program_sizes(ImageSource& image, const ProgramTable& programs) {
  for (auto& files : image.layers) {
    for (auto& [path, file] : files) {
      const ProgramRow* row = file.program.empty() ? nullptr : programs.find(file.program);
      if (row != nullptr) file.size = row->file_bytes;
    }
  }
}

std::vector<ImageSource> bundled_images() {
  std::vector<ImageSource> images;
  for (const EmbeddedFile& file : cutaway_images()) {
    const auto document = JsonDocument::parse(std::string(file.path), file.bytes);
    CHECK(document.has_value());
    images.push_back(image_source(document->value()));
  }
  return images;
}

}  // namespace cutaway::sim
