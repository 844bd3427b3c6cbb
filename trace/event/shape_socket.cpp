// Shapes of calls: sockets.
#include "trace/event/shape_rows.h"

namespace cutaway::shapes {

using abi::Sys;
using enum ArgKind;

Rows socket_rows() {
  return {
      {Sys::socket,
       {{"domain", Constant, &abi::kAddressFamilies},
        {"type", Flags, &abi::kSocketFlags},
        {"protocol", Int}}},
      {Sys::socketpair,
       {{"domain", Constant, &abi::kAddressFamilies},
        {"type", Flags, &abi::kSocketFlags},
        {"protocol", Int},
        {"sv", Struct}}},
      {Sys::connect, {{"sockfd", Fd}, {"addr", Struct}, {"addrlen", Unsigned}}},
      {Sys::bind, {{"sockfd", Fd}, {"addr", Struct}, {"addrlen", Unsigned}}},
      {Sys::listen, {{"sockfd", Fd}, {"backlog", Int}}},
      {Sys::accept, {{"sockfd", Fd}, {"addr", Struct}, {"addrlen", Struct}}},
      {Sys::accept4,
       {{"sockfd", Fd},
        {"addr", Struct},
        {"addrlen", Struct},
        {"flags", Flags, &abi::kSocketFlags}}},
      {Sys::getsockname, {{"sockfd", Fd}, {"addr", Struct}, {"addrlen", Struct}}},
      {Sys::getpeername, {{"sockfd", Fd}, {"addr", Struct}, {"addrlen", Struct}}},
      {Sys::sendto,
       {{"sockfd", Fd},
        {"buf", Buffer},
        {"len", Unsigned},
        {"flags", Flags, &abi::kMessageFlags},
        {"dest_addr", Struct},
        {"addrlen", Unsigned}}},
      {Sys::recvfrom,
       {{"sockfd", Fd},
        {"buf", Buffer},
        {"len", Unsigned},
        {"flags", Flags, &abi::kMessageFlags},
        {"src_addr", Struct},
        {"addrlen", Struct}}},
      {Sys::sendmsg, {{"sockfd", Fd}, {"msg", Struct}, {"flags", Flags, &abi::kMessageFlags}}},
      {Sys::recvmsg, {{"sockfd", Fd}, {"msg", Struct}, {"flags", Flags, &abi::kMessageFlags}}},
      {Sys::shutdown, {{"sockfd", Fd}, {"how", Constant, &abi::kShutdownHows}}},
      {Sys::setsockopt,
       {{"sockfd", Fd},
        {"level", Constant, &abi::kSocketLevels},
        {"optname", Constant, &abi::kSocketOptions},
        {"optval", Struct},
        {"optlen", Unsigned}}},
      {Sys::getsockopt,
       {{"sockfd", Fd},
        {"level", Constant, &abi::kSocketLevels},
        {"optname", Constant, &abi::kSocketOptions},
        {"optval", Struct},
        {"optlen", Struct}}},
  };
}

}  // namespace cutaway::shapes
