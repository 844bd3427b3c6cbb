// Flags and constants of files and descriptors.
#include "trace/abi/more_flags.h"
#include "trace/abi/table.h"

namespace cutaway::abi {

namespace {

// O_LARGEFILE: the kernel's value; the C library of a 64-bit machine says 0.
constexpr Flag kOpen[] = {
    {0, "O_RDONLY"},          {1, "O_WRONLY"},          {2, "O_RDWR"},
    {0100, "O_CREAT"},        {0200, "O_EXCL"},         {0400, "O_NOCTTY"},
    {01000, "O_TRUNC"},       {02000, "O_APPEND"},      {04000, "O_NONBLOCK"},
    {010000, "O_DSYNC"},      {020000, "O_ASYNC"},      {040000, "O_DIRECT"},
    {0100000, "O_LARGEFILE"}, {0200000, "O_DIRECTORY"}, {0400000, "O_NOFOLLOW"},
    {01000000, "O_NOATIME"},  {02000000, "O_CLOEXEC"},  {04010000, "O_SYNC"},
    {010000000, "O_PATH"},    {020200000, "O_TMPFILE"}};
constexpr Flag kPipe[] = {{0200, "O_NOTIFICATION_PIPE"},
                          {04000, "O_NONBLOCK"},
                          {040000, "O_DIRECT"},
                          {02000000, "O_CLOEXEC"}};

constexpr Flag kTypes[] = {{mode::kFifo, "S_IFIFO"},      {mode::kChar, "S_IFCHR"},
                           {mode::kDirectory, "S_IFDIR"}, {mode::kBlock, "S_IFBLK"},
                           {mode::kRegular, "S_IFREG"},   {mode::kLink, "S_IFLNK"},
                           {mode::kSocket, "S_IFSOCK"}};

constexpr Flag kAt[] = {{0x100, "AT_SYMLINK_NOFOLLOW"}, {0x200, "AT_REMOVEDIR"},
                        {0x400, "AT_SYMLINK_FOLLOW"},   {0x800, "AT_NO_AUTOMOUNT"},
                        {0x1000, "AT_EMPTY_PATH"},      {0x2000, "AT_STATX_FORCE_SYNC"},
                        {0x4000, "AT_STATX_DONT_SYNC"}, {0x8000, "AT_RECURSIVE"}};
// 0x200 has another name here.
constexpr Flag kAccessAt[] = {
    {0x100, "AT_SYMLINK_NOFOLLOW"}, {0x200, "AT_EACCESS"}, {0x1000, "AT_EMPTY_PATH"}};
constexpr Flag kAccess[] = {{0, "F_OK"}, {1, "X_OK"}, {2, "W_OK"}, {4, "R_OK"}};

constexpr Flag kFcntl[] = {
    {0, "F_DUPFD"},         {1, "F_GETFD"},         {2, "F_SETFD"},
    {3, "F_GETFL"},         {4, "F_SETFL"},         {5, "F_GETLK"},
    {6, "F_SETLK"},         {7, "F_SETLKW"},        {8, "F_SETOWN"},
    {9, "F_GETOWN"},        {10, "F_SETSIG"},       {11, "F_GETSIG"},
    {15, "F_SETOWN_EX"},    {16, "F_GETOWN_EX"},    {36, "F_OFD_GETLK"},
    {37, "F_OFD_SETLK"},    {38, "F_OFD_SETLKW"},   {1024, "F_SETLEASE"},
    {1025, "F_GETLEASE"},   {1026, "F_NOTIFY"},     {1030, "F_DUPFD_CLOEXEC"},
    {1031, "F_SETPIPE_SZ"}, {1032, "F_GETPIPE_SZ"}, {1033, "F_ADD_SEALS"},
    {1034, "F_GET_SEALS"}};
constexpr Flag kSeek[] = {
    {0, "SEEK_SET"}, {1, "SEEK_CUR"}, {2, "SEEK_END"}, {3, "SEEK_DATA"}, {4, "SEEK_HOLE"}};
constexpr Flag kFlock[] = {{1, "LOCK_SH"}, {2, "LOCK_EX"}, {4, "LOCK_NB"}, {8, "LOCK_UN"}};
constexpr Flag kRename[] = {
    {1, "RENAME_NOREPLACE"}, {2, "RENAME_EXCHANGE"}, {4, "RENAME_WHITEOUT"}};
constexpr Flag kFallocate[] = {{1, "FALLOC_FL_KEEP_SIZE"},
                               {2, "FALLOC_FL_PUNCH_HOLE"},
                               {8, "FALLOC_FL_COLLAPSE_RANGE"},
                               {16, "FALLOC_FL_ZERO_RANGE"}};
constexpr Flag kSplice[] = {
    {1, "SPLICE_F_MOVE"}, {2, "SPLICE_F_NONBLOCK"}, {4, "SPLICE_F_MORE"}, {8, "SPLICE_F_GIFT"}};
constexpr Flag kCloseRange[] = {{2, "CLOSE_RANGE_UNSHARE"}, {4, "CLOSE_RANGE_CLOEXEC"}};
constexpr Flag kXattr[] = {{1, "XATTR_CREATE"}, {2, "XATTR_REPLACE"}};
constexpr Flag kStatx[] = {
    {0x1, "STATX_TYPE"},    {0x2, "STATX_MODE"},     {0x4, "STATX_NLINK"},
    {0x8, "STATX_UID"},     {0x10, "STATX_GID"},     {0x20, "STATX_ATIME"},
    {0x40, "STATX_MTIME"},  {0x80, "STATX_CTIME"},   {0x100, "STATX_INO"},
    {0x200, "STATX_SIZE"},  {0x400, "STATX_BLOCKS"}, {0x7ff, "STATX_BASIC_STATS"},
    {0x800, "STATX_BTIME"}, {0xfff, "STATX_ALL"},    {0x1000, "STATX_MNT_ID"}};
constexpr Flag kDescriptor[] = {{1, "FD_CLOEXEC"}};
constexpr Flag kLock[] = {{0, "F_RDLCK"}, {1, "F_WRLCK"}, {2, "F_UNLCK"}};
constexpr Flag kResolve[] = {{1, "RESOLVE_NO_XDEV"},     {2, "RESOLVE_NO_MAGICLINKS"},
                             {4, "RESOLVE_NO_SYMLINKS"}, {8, "RESOLVE_BENEATH"},
                             {16, "RESOLVE_IN_ROOT"},    {32, "RESOLVE_CACHED"}};
constexpr Flag kWatch[] = {
    {0x1, "IN_ACCESS"},          {0x2, "IN_MODIFY"},         {0x4, "IN_ATTRIB"},
    {0x8, "IN_CLOSE_WRITE"},     {0x10, "IN_CLOSE_NOWRITE"}, {0x20, "IN_OPEN"},
    {0x40, "IN_MOVED_FROM"},     {0x80, "IN_MOVED_TO"},      {0x100, "IN_CREATE"},
    {0x200, "IN_DELETE"},        {0x400, "IN_DELETE_SELF"},  {0x800, "IN_MOVE_SELF"},
    {0xfff, "IN_ALL_EVENTS"},    {0x1000000, "IN_ONLYDIR"},  {0x2000000, "IN_DONT_FOLLOW"},
    {0x20000000, "IN_MASK_ADD"}, {0x80000000, "IN_ONESHOT"}};
constexpr Flag kPoll[] = {{0x1, "POLLIN"},       {0x2, "POLLPRI"},     {0x4, "POLLOUT"},
                          {0x8, "POLLERR"},      {0x10, "POLLHUP"},    {0x20, "POLLNVAL"},
                          {0x40, "POLLRDNORM"},  {0x80, "POLLRDBAND"}, {0x100, "POLLWRNORM"},
                          {0x200, "POLLWRBAND"}, {0x2000, "POLLRDHUP"}};

constexpr Flag kEventfd[] = {
    {1, "EFD_SEMAPHORE"}, {04000, "EFD_NONBLOCK"}, {02000000, "EFD_CLOEXEC"}};
constexpr Flag kEpoll[] = {{02000000, "EPOLL_CLOEXEC"}};
constexpr Flag kEpollEvent[] = {{0x1, "EPOLLIN"},
                                {0x2, "EPOLLPRI"},
                                {0x4, "EPOLLOUT"},
                                {0x8, "EPOLLERR"},
                                {0x10, "EPOLLHUP"},
                                {0x40, "EPOLLRDNORM"},
                                {0x80, "EPOLLRDBAND"},
                                {0x100, "EPOLLWRNORM"},
                                {0x200, "EPOLLWRBAND"},
                                {0x2000, "EPOLLRDHUP"},
                                {0x10000000, "EPOLLEXCLUSIVE"},
                                {0x20000000, "EPOLLWAKEUP"},
                                {0x40000000, "EPOLLONESHOT"},
                                {0x80000000, "EPOLLET"}};
constexpr Flag kEpollCtl[] = {{1, "EPOLL_CTL_ADD"}, {2, "EPOLL_CTL_DEL"}, {3, "EPOLL_CTL_MOD"}};
constexpr Flag kTimerfd[] = {{04000, "TFD_NONBLOCK"}, {02000000, "TFD_CLOEXEC"}};
constexpr Flag kSignalfd[] = {{04000, "SFD_NONBLOCK"}, {02000000, "SFD_CLOEXEC"}};
constexpr Flag kInotify[] = {{04000, "IN_NONBLOCK"}, {02000000, "IN_CLOEXEC"}};
constexpr Flag kPidfd[] = {{04000, "PIDFD_NONBLOCK"}};
constexpr Flag kMemfd[] = {{1, "MFD_CLOEXEC"}, {2, "MFD_ALLOW_SEALING"}, {4, "MFD_HUGETLB"}};
constexpr Flag kRandom[] = {{1, "GRND_NONBLOCK"}, {2, "GRND_RANDOM"}, {4, "GRND_INSECURE"}};

}  // namespace

const FlagTable kOpenFlags = flag_table("open", kOpen);
const FlagTable kPipeFlags = flag_table("pipe", kPipe);
const FlagTable kFileTypes = flag_table("file type", kTypes);
const FlagTable kAtFlags = flag_table("at", kAt);
const FlagTable kAccessAtFlags = flag_table("faccessat", kAccessAt);
const FlagTable kAccessMode = flag_table("access", kAccess);
const FlagTable kFcntlCommands = flag_table("fcntl", kFcntl);
const FlagTable kSeekWhence = flag_table("whence", kSeek);
const FlagTable kFlockOps = flag_table("flock", kFlock);
const FlagTable kRenameFlags = flag_table("rename", kRename);
const FlagTable kFallocateModes = flag_table("fallocate", kFallocate);
const FlagTable kSpliceFlags = flag_table("splice", kSplice);
const FlagTable kCloseRangeFlags = flag_table("close_range", kCloseRange);
const FlagTable kXattrFlags = flag_table("xattr", kXattr);
const FlagTable kStatxMask = flag_table("statx", kStatx);
const FlagTable kDescriptorFlags = flag_table("descriptor", kDescriptor);
const FlagTable kLockTypes = flag_table("lock type", kLock);
const FlagTable kResolveFlags = flag_table("resolve", kResolve);
const FlagTable kInotifyEvents = flag_table("inotify_add_watch", kWatch);
const FlagTable kPollEvents = flag_table("poll", kPoll);
const FlagTable kEpollEvents = flag_table("epoll", kEpollEvent);
const FlagTable kEventfdFlags = flag_table("eventfd", kEventfd);
const FlagTable kEpollFlags = flag_table("epoll_create1", kEpoll);
const FlagTable kEpollOps = flag_table("epoll_ctl", kEpollCtl);
const FlagTable kTimerfdFlags = flag_table("timerfd", kTimerfd);
const FlagTable kSignalfdFlags = flag_table("signalfd", kSignalfd);
const FlagTable kInotifyFlags = flag_table("inotify", kInotify);
const FlagTable kPidfdFlags = flag_table("pidfd", kPidfd);
const FlagTable kMemfdFlags = flag_table("memfd", kMemfd);
const FlagTable kRandomFlags = flag_table("getrandom", kRandom);

}  // namespace cutaway::abi
