#include "documents.h"

#include <cstdlib>

#include "base/text.h"
#include "real/sys/files.h"
#include "real/sys/folder.h"
#include "spec/litmus.h"

namespace cutaway::real {

std::vector<LitmusFile> litmus_files(const std::string& folder) {
  const std::string whole = std::string(CUTAWAY_SOURCE_DIR) + "/" + folder;
  constexpr std::string_view kEnding = ".json";
  std::vector<LitmusFile> files;
  for (const std::string& name : names_if_any(whole)) {
    if (!ends_with(name, kEnding)) continue;
    std::string plain = name.substr(0, name.size() - kEnding.size());
    for (char& letter : plain) {
      if (letter == '-') letter = '_';
    }
    files.push_back({std::move(plain), whole + "/" + name});
  }
  return files;
}

std::vector<LitmusFile> bundled_files(bool tier_r) {
  std::vector<LitmusFile> files;
  for (const LitmusFile& file : litmus_files("scenarios/content/litmus")) {
    const auto text = read_text(file.path);
    const auto document = text ? JsonDocument::parse(file.path, *text) : fail(text.error());
    const auto litmus = document ? spec::load_litmus(*document) : fail(document.error());
    // One that cannot be read is of tier U: there its test says so.
    if ((litmus && litmus->tier_r) == tier_r) files.push_back(file);
  }
  return files;
}

bool in_guest() {
  const auto name = read_text("/proc/1/comm");
  return name && *name == "cutaway-guest\n";
}

std::string LitmusResult::failures() const {
  std::string text = error;
  for (const spec::LitmusFailure& each : run.failed) text += each.pointer + ": " + each.text + "\n";
  return text;
}

void find_helper() { ::setenv("CUTAWAY_HELPERS", CUTAWAY_HELPER_FOLDER, 0); }

namespace {

LitmusResult run_document(const std::string& name, const std::string& text, bool traced) {
  LitmusResult result;
  const auto document = JsonDocument::parse(name, text);
  const auto litmus = document ? spec::load_litmus(*document) : fail(document.error());
  const auto real = litmus ? RealLitmus::make() : fail(litmus.error());
  if (!real) {
    result.error = real.error().message;
    return result;
  }
  LitmusOptions options;
  options.trace = traced;
  const std::int64_t begin = monotonic_ns();
  auto run = (*real)->run(*litmus, options);
  result.took_ns = monotonic_ns() - begin;
  if (run)
    result.run = std::move(*run);
  else
    result.error = run.error().message;
  return result;
}

}  // namespace

LitmusResult run_file(const LitmusFile& file, bool traced) {
  const auto text = read_text(file.path);
  return run_document(file.path, text ? *text : std::string(), traced);
}

LitmusResult run_text(const std::string& text, bool traced) {
  return run_document("test", text, traced);
}

}  // namespace cutaway::real
