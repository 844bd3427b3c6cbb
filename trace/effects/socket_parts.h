// Sockets as arguments of calls, and the channels of a connection.
#pragma once

#include <string>

#include "trace/effects/call.h"

namespace cutaway {

/// A struct sockaddr.
struct SocketName {
  bool unix_path = false, abstract = false;
  std::string text;  ///< as kept in Socket::address: a path, "@name", "0.0.0.0:80"
};
SocketName socket_name(const Arg& arg);

/// The socket behind the descriptor in an argument, or null.
const Socket* socket_of(const Call& call, std::size_t argument);
/// A pipe for one direction of a connection.
PipeId make_channel(const Call& call, SocketId socket);

/// Who gets messages that go to this name; null: nobody.
const Socket* unix_receiver(const Call& call, const Socket& sender, const SocketName& name);
/// A message of a Unix socket that keeps them apart: to `to`, or to its peer.
void send_unix_message(const Call& call, const Socket& sender, const Arg& to);

}  // namespace cutaway
