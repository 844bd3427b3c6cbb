// The structs of litmus calls, member by member. Places and sizes are those of include/uapi for
// x86-64; what has a pointer in it (iovec, msghdr, sigaction) is put together by the interpreter.
#include "spec/litmus_layout.h"
#include "trace/abi/more_flags.h"

namespace cutaway::spec::layouts {

using enum LitmusField;

// Who is who: stat(2) … in the order of the families of calls.
const LitmusLayout kStat = {"stat",
                            144,
                            LayoutForm::Plain,
                            {{"st_dev", 0, 8, Device},
                             {"st_ino", 8, 8, Unsigned},
                             {"st_nlink", 16, 8, Unsigned},
                             {"st_mode", 24, 4, Mode},
                             {"st_type", 24, 4, Type},
                             {"st_uid", 28, 4, Unsigned},
                             {"st_gid", 32, 4, Unsigned},
                             {"st_rdev", 40, 8, Device},
                             {"st_size", 48, 8, Int},
                             {"st_blksize", 56, 8, Int},
                             {"st_blocks", 64, 8, Int}}};
const LitmusLayout kStatx = {"statx",
                             256,
                             LayoutForm::Plain,
                             {{"stx_nlink", 16, 4, Unsigned},
                              {"stx_uid", 20, 4, Unsigned},
                              {"stx_gid", 24, 4, Unsigned},
                              {"stx_mode", 28, 2, Mode},
                              {"stx_type", 28, 2, Type},
                              {"stx_ino", 32, 8, Unsigned},
                              {"stx_size", 40, 8, Unsigned},
                              {"stx_rdev_major", 128, 4, Unsigned},
                              {"stx_rdev_minor", 132, 4, Unsigned}}};
const LitmusLayout kStatfs = {"statfs",
                              120,
                              LayoutForm::Plain,
                              {{"f_type", 0, 8, Constant, &abi::kFilesystemMagics},
                               {"f_bsize", 8, 8, Int},
                               {"f_blocks", 16, 8, Unsigned},
                               {"f_bfree", 24, 8, Unsigned},
                               {"f_bavail", 32, 8, Unsigned},
                               {"f_files", 40, 8, Unsigned},
                               {"f_ffree", 48, 8, Unsigned},
                               {"f_namelen", 64, 8, Int},
                               {"f_frsize", 72, 8, Int}}};
const LitmusLayout kOpenHow = {"open_how",
                               24,
                               LayoutForm::Plain,
                               {{"flags", 0, 8, Flags, &abi::kOpenFlags},
                                {"mode", 8, 8, Mode},
                                {"resolve", 16, 8, Flags, &abi::kResolveFlags}}};
const LitmusLayout kMountAttr = {"mount_attr",
                                 32,
                                 LayoutForm::Plain,
                                 {{"attr_set", 0, 8, Flags, &abi::kMountAttributes},
                                  {"attr_clr", 8, 8, Flags, &abi::kMountAttributes},
                                  {"propagation", 16, 8, Flags, &abi::kMountFlags},
                                  {"userns_fd", 24, 8, Int}}};
const LitmusLayout kFlock = {"flock",
                             32,
                             LayoutForm::Plain,
                             {{"l_type", 0, 2, Constant, &abi::kLockTypes},
                              {"l_whence", 2, 2, Constant, &abi::kSeekWhence},
                              {"l_start", 8, 8, Int},
                              {"l_len", 16, 8, Int},
                              {"l_pid", 24, 4, Int}}};
const LitmusLayout kOffset = {"off_t", 8, LayoutForm::Plain, {{"offset", 0, 8, Int}}};
const LitmusLayout kIovec = {
    "iovec", 16, LayoutForm::IoVector, {{"iov_base", 0, 8, Bytes}, {"iov_len", 8, 8, Unsigned}}};

// Time
const LitmusLayout kTimespec = {
    "timespec", 16, LayoutForm::Plain, {{"tv_sec", 0, 8, Int}, {"tv_nsec", 8, 8, Nanos}}};
const LitmusLayout kTimeval = {
    "timeval", 16, LayoutForm::Plain, {{"tv_sec", 0, 8, Int}, {"tv_usec", 8, 8, Int}}};
const LitmusLayout kItimerspec = {"itimerspec",
                                  32,
                                  LayoutForm::Plain,
                                  {{"it_interval", 0, 16, Struct, nullptr, &kTimespec},
                                   {"it_value", 16, 16, Struct, nullptr, &kTimespec}}};
const LitmusLayout kItimerval = {"itimerval",
                                 32,
                                 LayoutForm::Plain,
                                 {{"it_interval", 0, 16, Struct, nullptr, &kTimeval},
                                  {"it_value", 16, 16, Struct, nullptr, &kTimeval}}};
const LitmusLayout kTms = {"tms",
                           32,
                           LayoutForm::Plain,
                           {{"tms_utime", 0, 8, Int},
                            {"tms_stime", 8, 8, Int},
                            {"tms_cutime", 16, 8, Int},
                            {"tms_cstime", 24, 8, Int}}};

// Signals
const LitmusLayout kSignalSet = {"sigset_t", 8, LayoutForm::SignalSet, {}};
const LitmusLayout kSigaction = {"sigaction",
                                 32,
                                 LayoutForm::SignalAction,
                                 {{"sa_handler", 0, 8, Handler},
                                  {"sa_flags", 8, 8, Flags, &abi::kSigactionFlags},
                                  {"sa_mask", 24, 8, Signals}}};
const LitmusLayout kSiginfo = {"siginfo",
                               128,
                               LayoutForm::Plain,
                               {{"si_signo", 0, 4, Signal},
                                {"si_code", 8, 4, Constant, &abi::kSignalCodes},
                                {"si_pid", 16, 4, Int},
                                {"si_uid", 20, 4, Unsigned},
                                {"si_status", 24, 4, Int}}};
const LitmusLayout kStack = {
    "stack_t", 24, LayoutForm::Plain, {{"ss_flags", 8, 4, Int}, {"ss_size", 16, 8, Unsigned}}};

// Tasks and who they are
const LitmusLayout kRlimit = {
    "rlimit", 16, LayoutForm::Plain, {{"rlim_cur", 0, 8, Limit}, {"rlim_max", 8, 8, Limit}}};
const LitmusLayout kCapHeader = {
    "cap_user_header", 8, LayoutForm::Plain, {{"version", 0, 4, Unsigned}, {"pid", 4, 4, Int}}};
const LitmusLayout kCapData = {
    "cap_user_data",
    24,
    LayoutForm::Capabilities,
    {{"effective", 0, 4, Caps}, {"permitted", 4, 4, Caps}, {"inheritable", 8, 4, Caps}}};
const LitmusLayout kCloneArgs = {"clone_args",
                                 88,
                                 LayoutForm::Plain,
                                 {{"flags", 0, 8, Flags, &abi::kCloneFlags},
                                  {"exit_signal", 32, 8, Signal},
                                  {"cgroup", 80, 8, Unsigned}}};
const LitmusLayout kSchedParam = {
    "sched_param", 4, LayoutForm::Plain, {{"sched_priority", 0, 4, Int}}};
const LitmusLayout kUcred = {
    "ucred",
    12,
    LayoutForm::Plain,
    {{"pid", 0, 4, Int}, {"uid", 4, 4, Unsigned}, {"gid", 8, 4, Unsigned}}};
const LitmusLayout kUtsname = {"utsname",
                               390,
                               LayoutForm::Plain,
                               {{"sysname", 0, 65, Text},
                                {"nodename", 65, 65, Text},
                                {"release", 130, 65, Text},
                                {"version", 195, 65, Text},
                                {"machine", 260, 65, Text},
                                {"domainname", 325, 65, Text}}};
const LitmusLayout kSysinfo = {"sysinfo",
                               112,
                               LayoutForm::Plain,
                               {{"uptime", 0, 8, Int},
                                {"totalram", 32, 8, Unsigned},
                                {"freeram", 40, 8, Unsigned},
                                {"totalswap", 64, 8, Unsigned},
                                {"freeswap", 72, 8, Unsigned},
                                {"procs", 80, 2, Unsigned},
                                {"mem_unit", 104, 4, Unsigned}}};
const LitmusLayout kWaitStatus = {"wait status", 4, LayoutForm::WaitStatus, {}};
const LitmusLayout kCpuSet = {"cpu_set_t", 128, LayoutForm::CpuSet, {}};

// Descriptors that wait
const LitmusLayout kPollfd = {"pollfd",
                              8,
                              LayoutForm::Plain,
                              {{"fd", 0, 4, Int},
                               {"events", 4, 2, Flags, &abi::kPollEvents},
                               {"revents", 6, 2, Flags, &abi::kPollEvents}}};
const LitmusLayout kEpollEvent = {
    "epoll_event",
    12,
    LayoutForm::Plain,
    {{"events", 0, 4, Flags, &abi::kEpollEvents}, {"data", 4, 8, Unsigned}}};
const LitmusLayout kFdSet = {"fd_set", 128, LayoutForm::FdSet, {}};

// Sockets
const LitmusLayout kSocketAddress = {
    "sockaddr", 128, LayoutForm::SocketAddress, {{"sa_family", 0, 2, Family}}};
const LitmusLayout kUnixAddress = {"sockaddr_un",
                                   110,
                                   LayoutForm::Plain,
                                   {{"sa_family", 0, 2, Family}, {"sun_path", 2, 108, Text}}};
const LitmusLayout kInetAddress = {
    "sockaddr_in",
    16,
    LayoutForm::Plain,
    {{"sa_family", 0, 2, Family}, {"sin_port", 2, 2, Port}, {"sin_addr", 4, 4, Address4}}};
const LitmusLayout kNetlinkAddress = {
    "sockaddr_nl",
    12,
    LayoutForm::Plain,
    {{"sa_family", 0, 2, Family}, {"nl_pid", 4, 4, Unsigned}, {"nl_groups", 8, 4, Unsigned}}};
const LitmusLayout kSocketLength = {"socklen_t", 4, LayoutForm::Scalar, {{"", 0, 4, Int}}};
const LitmusLayout kMessage = {"msghdr",
                               56,
                               LayoutForm::Message,
                               {{"msg_name", 0, 8, Struct, nullptr, &kSocketAddress},
                                {"msg_iov", 16, 8, Parts, nullptr, &kIovec},
                                {"msg_control", 32, 8, Control}}};

// Small ones
const LitmusLayout kInt = {"int", 4, LayoutForm::Scalar, {{"", 0, 4, Int}}};
const LitmusLayout kUnsigned = {"unsigned int", 4, LayoutForm::Scalar, {{"", 0, 4, Unsigned}}};
const LitmusLayout kNamedInt = {"int", 4, LayoutForm::Plain, {{"int", 0, 4, Int}}};
const LitmusLayout kDescriptor = {"descriptor", 4, LayoutForm::Scalar, {{"", 0, 4, Int}}};
const LitmusLayout kId = {"id", 4, LayoutForm::Scalar, {{"", 0, 4, Unsigned}}};
const LitmusLayout kIfreq = {
    "ifreq",
    40,
    LayoutForm::Plain,
    {{"ifr_name", 0, 16, Text}, {"ifr_flags", 16, 2, Unsigned}, {"ifr_ifindex", 16, 4, Int}}};
const LitmusLayout kWinsize = {
    "winsize", 8, LayoutForm::Plain, {{"ws_row", 0, 2, Unsigned}, {"ws_col", 2, 2, Unsigned}}};

}  // namespace cutaway::spec::layouts

namespace cutaway::spec {

const LitmusLayout* socket_layout(std::string_view family) {
  struct Row {
    std::string_view family;
    const LitmusLayout* layout;
  };
  static const Row kRows[] = {{"AF_UNIX", &layouts::kUnixAddress},
                              {"AF_INET", &layouts::kInetAddress},
                              {"AF_NETLINK", &layouts::kNetlinkAddress}};
  for (const Row& row : kRows) {
    if (row.family == family) return row.layout;
  }
  return nullptr;
}

}  // namespace cutaway::spec
