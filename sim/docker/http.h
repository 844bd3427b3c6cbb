// The little of HTTP that docker's client and daemon speak over their socket.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/core/sys.h"

namespace cutaway::sim {

struct HttpMessage {
  std::string method, path;  ///< of a request
  int status = 0;            ///< of an answer
  std::int64_t request = 0;  ///< number of the request in the trace
  std::string body;
  bool whole = false;  ///< head and body arrived
};

std::string http_request(std::string_view method, std::string_view path, RequestId id,
                         std::string_view body);
std::string http_answer(int status, std::string_view body);
/// Head of an answer whose body ends with the connection (streams).
std::string http_stream_head(int status);
/// Takes a message apart; `whole` is false while bytes are missing.
HttpMessage http_parse(std::string_view text);

/// The value of `key` behind the "?" of a request's path; empty when it has none.
std::string http_query(const std::string& path, std::string_view key);

/// A value as it may stand in a path (RFC 3986, "Percent-Encoding"); http_query undoes it.
std::string http_escape(std::string_view value);

/// Reads from `fd` until a message is whole or the other end has closed.
Co<HttpMessage> http_receive(Sys sys, std::int64_t fd);
/// Reads until the head of an answer is there; what came behind it stands in `body`.
Co<HttpMessage> http_receive_head(Sys sys, std::int64_t fd);
/// Writes all of it.
Co<std::int64_t> write_all(Sys sys, std::int64_t fd, std::string text);
/// Reads a small file to its end; empty when it cannot be opened.
Co<std::string> read_file(Sys sys, std::string path);
/// Makes (or overwrites) a file. 0 or −errno.
Co<std::int64_t> write_file(Sys sys, std::string path, std::string text, std::uint32_t mode);

}  // namespace cutaway::sim
