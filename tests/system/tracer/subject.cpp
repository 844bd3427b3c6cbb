// The program that the tests trace: each of its words makes a few calls that are known.
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csetjmp>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace {

char busybox[] = "/bin/busybox", sh[] = "sh", dash_c[] = "-c";
char* no_words[] = {nullptr};

void* hundred_calls(void*) {
  for (int i = 0; i < 100; ++i) ::syscall(SYS_getppid);
  return nullptr;
}
int threads() {
  pthread_t all[4];
  for (pthread_t& each : all) ::pthread_create(&each, nullptr, hundred_calls, nullptr);
  for (const pthread_t each : all) ::pthread_join(each, nullptr);
  return 0;
}

void* sleeps(void*) {
  while (true) ::pause();
}
void* execs(void*) {
  char script[] = "exit 5";
  char* words[] = {sh, dash_c, script, nullptr};
  ::execve(busybox, words, no_words);
  return nullptr;
}
int thread_exec() {
  pthread_t a, b;
  ::pthread_create(&a, nullptr, sleeps, nullptr);
  ::pthread_create(&b, nullptr, execs, nullptr);
  sleeps(nullptr);
  return 9;
}

int vforks() {
  char applet[] = "false";
  char* words[] = {applet, nullptr};
  const pid_t child = ::vfork();
  if (child == 0) {
    ::execve(busybox, words, no_words);
    ::_exit(99);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status) == 1 ? 0 : 1;
}

/// A child with a child, and a thread: something of everything.
int family() {
  const pid_t child = ::fork();
  if (child == 0) {
    const pid_t grandchild = ::vfork();
    if (grandchild == 0) ::_exit(1);
    ::waitpid(grandchild, nullptr, 0);
    ::_exit(2);
  }
  pthread_t thread;
  if (::pthread_create(&thread, nullptr, hundred_calls, nullptr) == 0)
    ::pthread_join(thread, nullptr);
  ::waitpid(child, nullptr, 0);
  return 0;
}

/// Children, their children, and theirs: 4 + 16 + 64.
void grow(int depth) {
  for (int i = 0; i < 4; ++i) {
    const pid_t child = ::fork();
    if (child != 0) continue;
    if (depth < 2) grow(depth + 1);
    ::_exit(0);
  }
  while (::waitpid(-1, nullptr, 0) > 0) {
  }
}
int tree() {
  grow(0);
  return 0;
}

int filter() {
  sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EXDEV),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{sizeof code / sizeof code[0], code};
  ::syscall(SYS_getppid);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) return 1;
  return ::syscall(SYS_getppid) == -1 && errno == EXDEV ? 0 : 2;
}

sigjmp_buf no_such_gate;
void on_fault(int) { siglongjmp(no_such_gate, 1); }
/// getpid of the 32-bit table. A kernel without IA32_EMULATION has no such gate: the instruction
/// faults.
bool call_by_interrupt() {
  ::signal(SIGSEGV, on_fault);
  if (sigsetjmp(no_such_gate, 0) != 0) return false;
  long result = 20;
  __asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
  return true;
}
/// Its exit status: how many calls it made that are not of our table.
int compat() {
  const int by_interrupt = call_by_interrupt() ? 1 : 0;
  ::syscall(0x40000000L + SYS_getppid);  // x32
  ::syscall(9999);
  return 2 + by_interrupt;
}

void on_signal(int) {}
void handle(int signal, int flags) {
  struct sigaction act {};
  act.sa_handler = on_signal;
  act.sa_flags = flags;
  ::sigaction(signal, &act, nullptr);
}
int sleep_once() {
  const timespec time{0, 100'000'000};
  return ::clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nullptr);
}
int sleeper() { return sleep_once() == 0 ? 0 : 1; }
int sleeper_with_handler() {
  handle(SIGUSR1, 0);
  return sleep_once() == EINTR ? 0 : 1;
}
int sleeper_ignores() {
  ::signal(SIGUSR1, SIG_IGN);
  return sleeper();
}
/// Reads what comes through a pipe to itself, written by a child after a while.
int reader(int flags) {
  handle(SIGUSR1, flags);
  int ends[2];
  if (::pipe(ends) != 0) return 9;
  const pid_t child = ::fork();
  if (child == 0) {
    sleep_once();
    const ssize_t put = ::write(ends[1], "x", 1);
    ::_exit(put == 1 ? 0 : 1);
  }
  char byte = 0;
  const ssize_t got = ::read(ends[0], &byte, 1);
  const int error = errno;
  ::waitpid(child, nullptr, 0);
  return got == 1 ? 0 : error == EINTR ? 4 : 9;
}
int reader_plain() { return reader(0); }
int reader_restarts() { return reader(SA_RESTART); }

void begin() { ::prctl(PR_SET_NAME, "begin", 0, 0, 0); }
void end() { ::prctl(PR_SET_NAME, "end", 0, 0, 0); }

void file_calls() {
  char buffer[600];
  std::memset(buffer, 'x', sizeof buffer);
  const int fd = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::syscall(SYS_write, fd, "a\nb", 3L);
  ::syscall(SYS_write, fd, buffer, sizeof buffer);
  ::syscall(SYS_write, -1, "to nobody", 9L);
  ::syscall(SYS_write, fd, 16L, 4L);
  ::syscall(SYS_read, fd, buffer, 10L);
  ::syscall(SYS_openat, AT_FDCWD, "/no/such", O_RDONLY, 0xffffL);
  ::syscall(SYS_openat, AT_FDCWD, nullptr, O_RDONLY, 0L);
  open_how how{};
  how.flags = O_PATH;
  how.resolve = RESOLVE_NO_SYMLINKS;
  ::syscall(SYS_openat2, AT_FDCWD, "/no/such", &how, sizeof how);
  struct stat status {};
  ::syscall(SYS_newfstatat, AT_FDCWD, "/dev/null", &status, 0L);
  ::syscall(SYS_newfstatat, AT_FDCWD, "/no/such", &status, 0L);
  ::syscall(SYS_mkdir, "/no/such/dir", 0755L);
  ::syscall(SYS_mknod, "/no/such/node", S_IFCHR | 0666L, 0x103L);
  ::syscall(SYS_mount, nullptr, "/no/such", nullptr, 0x44000L, nullptr);
  ::syscall(SYS_readlink, "/proc/self/fd/0", buffer, sizeof buffer);
  iovec parts[] = {{const_cast<char*>("one"), 3}, {const_cast<char*>("two"), 3}};
  ::syscall(SYS_writev, fd, parts, 2L);
  ::syscall(SYS_fcntl, fd, F_GETFD, 0x77L);
  ::syscall(SYS_ioctl, fd, 0x5413L, buffer);  // TIOCGWINSZ
  ::syscall(SYS_lseek, fd, -1L, 1L);
  ::syscall(SYS_close, fd);
}

void task_calls() {
  int ends[2];
  ::syscall(SYS_pipe2, ends, O_CLOEXEC);
  ::syscall(SYS_dup3, ends[0], 40L, 0L);
  ::syscall(SYS_dup2, ends[1], 1000000L);
  char name[16];
  ::syscall(SYS_prctl, PR_GET_NAME, name, 1L, 2L, 3L);
  ::syscall(SYS_prctl, PR_CAPBSET_READ, 5L, 7L, 8L, 9L);
  rlimit limit{0, 0};
  ::syscall(SYS_setrlimit, RLIMIT_CORE, &limit);
  ::syscall(SYS_prlimit64, 0L, RLIMIT_CORE, nullptr, &limit);
  ::syscall(SYS_umask, 022L);
  ::syscall(SYS_getresuid, nullptr, nullptr, nullptr);
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2] = {{0x21, 0x21, 0}, {0x100, 0x100, 0}};
  header.pid = 1 << 30;  // nobody: it fails
  ::syscall(SYS_capset, &header, data);
  ::syscall(SYS_setgroups, 70000L, nullptr);
  char host[80];
  std::memset(host, 'h', sizeof host);
  ::syscall(SYS_sethostname, host, 65L);  // too long: nothing is changed
  ::syscall(SYS_kill, 1L << 30, SIGTERM);
  ::syscall(SYS_getpid);
  ::syscall(SYS_setresuid, -1L, -1L, -1L);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(7);
  int status = 0;
  ::syscall(SYS_wait4, child, &status, 0L, nullptr);
  ::syscall(SYS_wait4, -1L, &status, WNOHANG, nullptr);
}

void signal_and_time_calls() {
  struct {
    std::uint64_t handler, flags, restorer, mask;
  } act{1, 0x10000000, 0, 0}, old{};
  ::syscall(SYS_rt_sigaction, SIGUSR2, &act, &old, 8L);
  const std::uint64_t set = 1ULL << (SIGINT - 1) | 1ULL << (SIGTERM - 1);
  ::syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, nullptr, 8L);
  const timespec moment{0, 1000};
  ::syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0L, &moment, nullptr);
  ::syscall(SYS_nanosleep, &moment, nullptr);
  pollfd fds[] = {{40, POLLIN, 0}, {999, POLLOUT, 0}};
  ::syscall(SYS_poll, fds, 2L, 0L);
  const int epoll = static_cast<int>(::syscall(SYS_epoll_create1, EPOLL_CLOEXEC));
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = 5;
  ::syscall(SYS_epoll_ctl, epoll, EPOLL_CTL_ADD, 40L, &event);
  std::uint32_t word = 1;
  ::syscall(SYS_futex, &word, 128L, 0L, nullptr, nullptr, 0L);
}

void socket_calls() {
  const int fd = static_cast<int>(::syscall(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0L));
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::strcpy(name.sun_path, "/no/such/socket");
  ::syscall(SYS_connect, fd, &name, sizeof name);
  std::memcpy(name.sun_path, "\0abstract", 9);
  ::syscall(SYS_connect, fd, &name, offsetof(sockaddr_un, sun_path) + 9UL);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(80);
  ::inet_pton(AF_INET, "10.1.2.3", &place.sin_addr);
  ::syscall(SYS_bind, fd, &place, sizeof place);
  int pair[2];
  ::syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0L, pair);
  ::syscall(SYS_sendto, pair[0], "hello", 5L, MSG_NOSIGNAL, nullptr, 0L);
  char buffer[16];
  ::syscall(SYS_recvfrom, pair[1], buffer, sizeof buffer, 0L, nullptr, nullptr);
  iovec part{const_cast<char*>("fd"), 2};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  cmsghdr* first = CMSG_FIRSTHDR(&message);
  first->cmsg_level = SOL_SOCKET;
  first->cmsg_type = SCM_RIGHTS;
  first->cmsg_len = CMSG_LEN(sizeof(int));
  const int sent = 40;
  std::memcpy(CMSG_DATA(first), &sent, sizeof sent);
  ::syscall(SYS_sendmsg, pair[0], &message, 0L);
  part = {buffer, sizeof buffer};
  ::syscall(SYS_recvmsg, pair[1], &message, 0L);
}

int calls() {
  ::umask(022);
  begin();
  file_calls();
  task_calls();
  signal_and_time_calls();
  socket_calls();
  end();
  return 0;
}

struct Word {
  const char* name;
  int (*run)();
};
constexpr Word kWords[] = {{"threads", threads},
                           {"thread-exec", thread_exec},
                           {"vfork", vforks},
                           {"family", family},
                           {"tree", tree},
                           {"filter", filter},
                           {"compat", compat},
                           {"sleeper", sleeper},
                           {"sleeper-handler", sleeper_with_handler},
                           {"sleeper-ignores", sleeper_ignores},
                           {"reader", reader_plain},
                           {"reader-restarts", reader_restarts},
                           {"calls", calls}};

}  // namespace

int main(int argc, char** argv) {
  for (const Word& word : kWords) {
    if (argc == 2 && std::strcmp(argv[1], word.name) == 0) return word.run();
  }
  return 100;
}
