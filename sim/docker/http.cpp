#include "sim/docker/http.h"

#include "base/text.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kRequestHeader = "X-Request: ";
constexpr std::string_view kLengthHeader = "Content-Length: ";

std::int64_t header_number(std::string_view head, std::string_view name) {
  const std::size_t at = head.find(name);
  if (at == std::string_view::npos) return -1;
  const std::string_view rest = head.substr(at + name.size());
  std::int64_t value = -1;
  return parse_decimal(rest.substr(0, rest.find("\r\n")), value) ? value : -1;
}

int upper_hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool whole = text[i] == '%' && i + 2 < text.size();
    const int high = whole ? upper_hex_digit(text[i + 1]) : -1;
    const int low = whole ? upper_hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      plain += text[i];
      continue;
    }
    plain += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return plain;
}

}  // namespace

std::string http_escape(std::string_view value) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/:";
  std::string text;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos)
      text += c;
    else
      text += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return text;
}

std::string http_request(std::string_view method, std::string_view path, RequestId id,
                         std::string_view body) {
  std::string text =
      std::string(method) + " /v1.48" + std::string(path) + " HTTP/1.1\r\nHost: api.docker\r\n";
  text += std::string(kRequestHeader) + decimal(id.value) + "\r\n";
  text += std::string(kLengthHeader) + decimal(static_cast<std::int64_t>(body.size())) + "\r\n\r\n";
  text += body;
  return text;
}

std::string http_answer(int status, std::string_view body) {
  std::string text = "HTTP/1.1 " + decimal(status) + "\r\nContent-Type: application/json\r\n";
  text += std::string(kLengthHeader) + decimal(static_cast<std::int64_t>(body.size())) + "\r\n\r\n";
  text += body;
  return text;
}

std::string http_stream_head(int status) {
  return "HTTP/1.1 " + decimal(status) +
         "\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n";
}

HttpMessage http_parse(std::string_view text) {
  HttpMessage message;
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) return message;
  const std::string_view head = text.substr(0, end + 2);
  const std::vector<std::string> words = split(head.substr(0, head.find("\r\n")), ' ');
  if (words.size() < 2) return message;
  if (starts_with(words[0], "HTTP/")) {
    std::int64_t status = 0;
    if (parse_decimal(words[1], status)) message.status = static_cast<int>(status);
  } else {
    message.method = words[0];
    message.path = starts_with(words[1], "/v1.48") ? words[1].substr(6) : words[1];
  }
  message.request = header_number(head, kRequestHeader);
  const std::int64_t length = header_number(head, kLengthHeader);
  message.body = std::string(text.substr(end + 4));
  message.whole = length >= 0 && message.body.size() >= static_cast<std::size_t>(length);
  return message;
}

std::string http_query(const std::string& path, std::string_view key) {
  const std::size_t question = path.find('?');
  if (question == std::string::npos) return {};
  for (const std::string& part : split(path.substr(question + 1), '&')) {
    if (starts_with(part, std::string(key) + "=")) return unescaped(part.substr(key.size() + 1));
  }
  return {};
}

Co<HttpMessage> http_receive(Sys sys, std::int64_t fd) {
  std::string text;
  HttpMessage message;
  while (!message.whole) {
    const std::int64_t n = co_await sys.read(fd, 65536);
    if (n <= 0) break;
    text += sys.reply().data;
    message = http_parse(text);
  }
  co_return message;
}

Co<HttpMessage> http_receive_head(Sys sys, std::int64_t fd) {
  std::string text;
  HttpMessage message;
  while (message.status == 0) {
    const std::int64_t n = co_await sys.read(fd, 65536);
    if (n <= 0) break;
    text += sys.reply().data;
    message = http_parse(text);
  }
  co_return message;
}

Co<std::int64_t> write_all(Sys sys, std::int64_t fd, std::string text) {
  std::int64_t written = 0;
  const auto total = static_cast<std::int64_t>(text.size());
  while (written < total) {
    const std::string rest = text.substr(static_cast<std::size_t>(written));
    const std::int64_t n = co_await sys.write(fd, rest);
    if (n <= 0) co_return n;
    written += n;
  }
  co_return written;
}

Co<std::string> read_file(Sys sys, std::string path) {
  std::string text;
  const std::int64_t fd = co_await sys.open(path, abi::o::kCloexec);
  if (fd < 0) co_return text;
  while (true) {
    const std::int64_t n = co_await sys.read(fd, 65536);
    if (n <= 0) break;
    text += sys.reply().data;
  }
  co_await sys.close(fd);
  co_return text;
}

Co<std::int64_t> write_file(Sys sys, std::string path, std::string text, std::uint32_t mode) {
  const std::uint64_t flags = abi::o::kWronly | abi::o::kCreat | abi::o::kTrunc | abi::o::kCloexec;
  const std::int64_t fd = co_await sys.open(path, flags, mode);
  if (fd < 0) co_return fd;
  auto all = write_all(sys, fd, text);
  const std::int64_t written = co_await all;
  co_await sys.close(fd);
  co_return written < 0 ? written : 0;
}

}  // namespace cutaway::sim
