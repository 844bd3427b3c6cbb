// Files of layers and of litmus roots.
#include "base/text.h"
#include "spec/document_parts.h"

namespace cutaway::spec {

namespace {

constexpr std::int64_t kIdMax = 4294967294;

// Absolute, no empty, "." or ".." component; a slash at the end makes a directory.
bool good_file_path(std::string_view path) {
  if (path.size() < 2 || path[0] != '/') return false;
  if (path.back() == '/') path.remove_suffix(1);
  for (const std::string& part : split(path.substr(1), '/')) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return true;
}

void read_file_mode(const ObjectReader& reader, FileSpec& file) {
  std::string text;
  if (!reader.has("mode")) return;
  std::uint32_t mode = 0;
  const bool is_text = reader.find("mode")->is_string();
  if (is_text) text = reader.find("mode")->get<std::string>();
  bool good = is_text && !text.empty() && text.size() <= 5;
  for (const char c : text) {
    good = good && c >= '0' && c <= '7';
    mode = mode * 8 + static_cast<std::uint32_t>(c - '0');
  }
  if (good && mode <= 07777)
    file.mode = mode;
  else
    reader.wrong("mode", "octal digits in a text, such as \"0755\"");
}

void read_id(const ObjectReader& reader, const char* key, std::uint32_t& id) {
  std::int64_t value = 0;
  if (reader.number(key, value, 0, kIdMax)) id = static_cast<std::uint32_t>(value);
}

void read_program_file(const ObjectReader& reader, FileSpec& file) {
  file.kind = FileSpec::Kind::Program;
  file.mode = 0755;
  const Json& program = *reader.find("program");
  if (!program.is_object()) {
    reader.text("program", file.program);
    return;
  }
  file.kind = FileSpec::Kind::Litmus;
  const ObjectReader inner(reader.problems(), program, reader.at("program"), {"litmus"});
  if (!inner.require("litmus", "a list of calls")) return;
  file.litmus = read_program(reader.problems(), *inner.find("litmus"), inner.at("litmus"));
}

void read_content(const ObjectReader& reader, const std::string& path, FileSpec& file) {
  std::vector<std::string> given;
  for (const char* key : {"text", "b64", "program", "link"}) {
    if (reader.has(key)) given.emplace_back(key);
  }
  const bool directory = path.back() == '/';
  if (directory && given.empty()) {
    file.kind = FileSpec::Kind::Directory;
    file.mode = 0755;
    return;
  }
  if (given.size() != 1 || directory) {
    const std::string expected = directory ? "none, for a path that ends in / is a directory"
                                           : "one of text, b64, program, link";
    reader.problems().add(reader.pointer(),
                          "has " +
                              (given.empty() ? std::string("no content") : join(given, " and ")) +
                              ", expected " + expected);
    return;
  }
  std::string base64;
  reader.text("text", file.bytes);
  if (reader.text("b64", base64) && !base64_decode(base64, file.bytes))
    reader.wrong("b64", "base64 with padding");
  if (reader.has("program")) read_program_file(reader, file);
  if (!reader.has("link")) return;
  file.kind = FileSpec::Kind::Link;
  file.mode = 0777;
  reader.text("link", file.link);
}

}  // namespace

FileSet read_files(Problems& problems, const Json& value, const std::string& pointer) {
  FileSet files;
  if (!value.is_object()) {
    problems.wrong(pointer, value, "an object of files by path");
    return files;
  }
  for (const auto& [path, content] : value.items()) {
    const std::string at = pointer_join(pointer, path);
    if (!good_file_path(path)) {
      problems.add(
          at,
          "is no path of a file, expected one such as /etc/motd, from the root and without \"..\"");
      continue;
    }
    const ObjectReader reader(problems, content, at,
                              {"text", "b64", "program", "link", "mode", "uid", "gid"});
    FileSpec file;
    if (reader.is_object()) read_content(reader, path, file);
    read_file_mode(reader, file);
    read_id(reader, "uid", file.uid);
    read_id(reader, "gid", file.gid);
    files.emplace(path, std::move(file));
  }
  return files;
}

}  // namespace cutaway::spec
