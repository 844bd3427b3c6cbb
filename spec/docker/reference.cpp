// The grammar of github.com/distribution/reference, with docker's rules for short names.
#include "spec/reference.h"

#include "base/text.h"
#include "spec/docker/values.h"

namespace cutaway::spec {

namespace {

constexpr std::string_view kHub = "docker.io";
constexpr std::string_view kInvalid = "invalid reference format";

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_small_alnum(char c) { return is_alnum(c) && !(c >= 'A' && c <= 'Z'); }

// "name", "a-b.c__d": letters and digits with one separator between: . _ __ or dashes.
bool good_path_component(std::string_view text) {
  std::size_t i = 0;
  while (true) {
    const std::size_t word = i;
    while (i < text.size() && is_small_alnum(text[i])) ++i;
    if (i == word) return false;
    if (i == text.size()) return true;
    const char separator = text[i];
    const std::size_t start = i;
    while (i < text.size() && text[i] == separator) ++i;
    const std::size_t length = i - start;
    const bool good =
        separator == '-' || (separator == '_' && length <= 2) || (separator == '.' && length == 1);
    if (!good) return false;
  }
}

bool good_repository_path(std::string_view path) {
  for (const std::string& component : split(path, '/')) {
    if (!good_path_component(component)) return false;
  }
  return true;
}

bool good_domain(std::string_view domain) {
  std::string_view host = domain, port;
  if (!domain.empty() && domain[0] == '[') {
    const std::size_t close = domain.find(']');
    if (close == std::string_view::npos || !looks_like_ip(domain.substr(1, close - 1)))
      return false;
    return close + 1 == domain.size() || domain[close + 1] == ':';
  }
  if (cut(domain, ':', host, port) &&
      (port.empty() || port.find_first_not_of("0123456789") != std::string_view::npos)) {
    return false;
  }
  for (const std::string& label : split(host, '.')) {
    if (label.empty() || label.front() == '-' || label.back() == '-') return false;
    for (const char c : label) {
      if (!is_alnum(c) && c != '-') return false;
    }
  }
  return true;
}

bool good_tag(std::string_view tag) {
  if (tag.empty() || tag.size() > 128 || tag[0] == '.' || tag[0] == '-') return false;
  for (const char c : tag) {
    if (!is_alnum(c) && c != '_' && c != '.' && c != '-') return false;
  }
  return true;
}

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// Empty: good. The length is checked apart, as docker does.
std::string check_digest(std::string_view digest) {
  std::string_view algorithm, hex;
  if (!cut(digest, ':', algorithm, hex) || hex.size() < 32 || !is_hex(hex))
    return std::string(kInvalid);
  if (algorithm.empty() ||
      algorithm.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+._-") !=
          std::string_view::npos) {
    return std::string(kInvalid);
  }
  const std::size_t length = algorithm == "sha256"   ? 64
                             : algorithm == "sha384" ? 96
                             : algorithm == "sha512" ? 128
                                                     : 0;
  if (length == 0) return "unsupported digest algorithm";
  return hex.size() == length ? "" : "invalid checksum digest length";
}

// Is the part before the first slash a registry, and not a user of the hub?
bool is_registry(std::string_view first) {
  return first.find_first_of(".:") != std::string_view::npos || first == "localhost" ||
         lower(first) != first;
}

void split_registry(std::string_view text, std::string& registry, std::string& rest) {
  std::string_view first, after;
  registry = std::string(kHub);
  rest = std::string(text);
  if (cut(text, '/', first, after) && is_registry(first)) {
    registry = std::string(first);
    rest = std::string(after);
  }
  if (registry == "index.docker.io") registry = std::string(kHub);
  if (registry == kHub && rest.find('/') == std::string::npos) rest = "library/" + rest;
}

Result<Reference> refuse_reference(std::string_view message) {
  return fail(ErrorCode::Usage, std::string(message));
}

}  // namespace

bool is_image_id(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<Reference> parse_reference(std::string_view text) {
  if (is_image_id(text)) {
    return refuse_reference("invalid repository name (" + std::string(text) +
                            "), cannot specify 64-byte hexadecimal strings");
  }
  Reference reference;
  std::string rest;
  split_registry(text, reference.registry, rest);
  const std::string remote = rest.substr(0, rest.find(':'));
  if (lower(remote) != remote) {
    return refuse_reference("invalid reference format: repository name (" + remote +
                            ") must be lowercase");
  }
  std::string_view named, digest, path, tag;
  const bool has_digest = cut(rest, '@', named, digest);
  const bool has_tag = cut(named, ':', path, tag);
  if (!good_domain(reference.registry) || !good_repository_path(path) ||
      (has_tag && !good_tag(tag)))
    return refuse_reference(kInvalid);
  if (has_digest) {
    const std::string wrong = check_digest(digest);
    if (!wrong.empty()) return refuse_reference(wrong);
  }
  if (path.size() > 255)
    return refuse_reference("repository name must not be more than 255 characters");
  reference.repository = std::string(path);
  reference.digest = std::string(digest);
  reference.tag = std::string(!has_tag && !has_digest ? std::string_view("latest") : tag);
  return reference;
}

std::string Reference::familiar_name() const {
  if (registry != kHub) return registry + "/" + repository;
  return starts_with(repository, "library/") ? repository.substr(8) : repository;
}

std::string Reference::name() const { return registry + "/" + repository; }

namespace {
std::string suffix(const Reference& reference) {
  std::string text;
  if (!reference.tag.empty()) text += ":" + reference.tag;
  if (!reference.digest.empty()) text += "@" + reference.digest;
  return text;
}
}  // namespace

std::string Reference::familiar() const { return familiar_name() + suffix(*this); }
std::string Reference::canonical() const { return name() + suffix(*this); }

}  // namespace cutaway::spec
