// Flags and constants of sockets, and requests of ioctl(2).
#include "trace/abi/table.h"

namespace cutaway::abi {

namespace {

// The types are no bits, but their names add up to the same number again.
constexpr Flag kSocket[] = {
    {1, "SOCK_STREAM"},  {2, "SOCK_DGRAM"},        {3, "SOCK_RAW"},
    {4, "SOCK_RDM"},     {5, "SOCK_SEQPACKET"},    {6, "SOCK_DCCP"},
    {10, "SOCK_PACKET"}, {04000, "SOCK_NONBLOCK"}, {02000000, "SOCK_CLOEXEC"}};
constexpr Flag kFamily[] = {{0, "AF_UNSPEC"},     {1, "AF_UNIX"},     {2, "AF_INET"},
                            {10, "AF_INET6"},     {16, "AF_NETLINK"}, {17, "AF_PACKET"},
                            {31, "AF_BLUETOOTH"}, {38, "AF_ALG"},     {40, "AF_VSOCK"}};
constexpr Flag kMessage[] = {{0x1, "MSG_OOB"},
                             {0x2, "MSG_PEEK"},
                             {0x4, "MSG_DONTROUTE"},
                             {0x8, "MSG_CTRUNC"},
                             {0x20, "MSG_TRUNC"},
                             {0x40, "MSG_DONTWAIT"},
                             {0x80, "MSG_EOR"},
                             {0x100, "MSG_WAITALL"},
                             {0x800, "MSG_CONFIRM"},
                             {0x2000, "MSG_ERRQUEUE"},
                             {0x4000, "MSG_NOSIGNAL"},
                             {0x8000, "MSG_MORE"},
                             {0x10000, "MSG_WAITFORONE"},
                             {0x4000000, "MSG_ZEROCOPY"},
                             {0x20000000, "MSG_FASTOPEN"},
                             {0x40000000, "MSG_CMSG_CLOEXEC"}};
constexpr Flag kShutdown[] = {{0, "SHUT_RD"}, {1, "SHUT_WR"}, {2, "SHUT_RDWR"}};
constexpr Flag kLevel[] = {{0, "IPPROTO_IP"},   {1, "SOL_SOCKET"},    {6, "IPPROTO_TCP"},
                           {17, "IPPROTO_UDP"}, {41, "IPPROTO_IPV6"}, {255, "SOL_RAW"},
                           {263, "SOL_PACKET"}, {270, "SOL_NETLINK"}};
constexpr Flag kOption[] = {
    {1, "SO_DEBUG"},         {2, "SO_REUSEADDR"},      {3, "SO_TYPE"},
    {4, "SO_ERROR"},         {5, "SO_DONTROUTE"},      {6, "SO_BROADCAST"},
    {7, "SO_SNDBUF"},        {8, "SO_RCVBUF"},         {9, "SO_KEEPALIVE"},
    {10, "SO_OOBINLINE"},    {12, "SO_PRIORITY"},      {13, "SO_LINGER"},
    {15, "SO_REUSEPORT"},    {16, "SO_PASSCRED"},      {17, "SO_PEERCRED"},
    {18, "SO_RCVLOWAT"},     {20, "SO_RCVTIMEO"},      {21, "SO_SNDTIMEO"},
    {25, "SO_BINDTODEVICE"}, {26, "SO_ATTACH_FILTER"}, {30, "SO_ACCEPTCONN"},
    {32, "SO_SNDBUFFORCE"},  {33, "SO_RCVBUFFORCE"},   {36, "SO_MARK"},
    {38, "SO_PROTOCOL"},     {39, "SO_DOMAIN"}};

constexpr Flag kIoctl[] = {
    {0x5401, "TCGETS"},           {0x5402, "TCSETS"},         {0x5403, "TCSETSW"},
    {0x5404, "TCSETSF"},          {0x540e, "TIOCSCTTY"},      {0x540f, "TIOCGPGRP"},
    {0x5410, "TIOCSPGRP"},        {0x5411, "TIOCOUTQ"},       {0x5413, "TIOCGWINSZ"},
    {0x5414, "TIOCSWINSZ"},       {0x541b, "FIONREAD"},       {0x5421, "FIONBIO"},
    {0x5422, "TIOCNOTTY"},        {0x5429, "TIOCGSID"},       {0x5441, "TIOCGPTPEER"},
    {0x5450, "FIONCLEX"},         {0x5451, "FIOCLEX"},        {0x5452, "FIOASYNC"},
    {0x8910, "SIOCGIFNAME"},      {0x8912, "SIOCGIFCONF"},    {0x8913, "SIOCGIFFLAGS"},
    {0x8914, "SIOCSIFFLAGS"},     {0x8915, "SIOCGIFADDR"},    {0x8916, "SIOCSIFADDR"},
    {0x8921, "SIOCGIFMTU"},       {0x8927, "SIOCGIFHWADDR"},  {0x8933, "SIOCGIFINDEX"},
    {0xb701, "NS_GET_USERNS"},    {0xb702, "NS_GET_PARENT"},  {0xb703, "NS_GET_NSTYPE"},
    {0xb704, "NS_GET_OWNER_UID"}, {0x40045431, "TIOCSPTLCK"}, {0x40049409, "FICLONE"},
    {0x80045430, "TIOCGPTN"},     {0x80045432, "TIOCGDEV"},   {0x80045438, "TIOCGPKT"},
    {0x80045439, "TIOCGPTLCK"},   {0x80045440, "TIOCGEXCL"}};

}  // namespace

const FlagTable kSocketFlags = flag_table("socket", kSocket);
const FlagTable kAddressFamilies = flag_table("address family", kFamily);
const FlagTable kMessageFlags = flag_table("message", kMessage);
const FlagTable kShutdownHows = flag_table("shutdown", kShutdown);
const FlagTable kSocketLevels = flag_table("socket level", kLevel);
const FlagTable kSocketOptions = flag_table("socket option", kOption);
const FlagTable kIoctlRequests = flag_table("ioctl", kIoctl);

}  // namespace cutaway::abi
