#include "real/engine/shim_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/text.h"
#include "real/engine/raw_terminal.h"
#include "real/runtime/compile.h"
#include "real/seccomp/seccomp.h"
#include "real/sys/files.h"
#include "spec/docker_messages.h"

namespace cutaway::real {

namespace {

constexpr std::size_t kWordMax = 512;

// The helper's side of the descriptors, and ours.
struct Channels {
  Pipe in, out, err, control, go;
  Pipe console;  ///< a pair of sockets
  Fd null;
};
Result<Pipe> make_socket_pair() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return os_fail("socketpair", "", errno);
  return Pipe{Fd(ends[0]), Fd(ends[1])};
}
Result<Channels> make_channels(const ShimRequest& request) {
  Channels channels;
  if (request.detached) {
    TRY_ASSIGN(channels.null, open_file("/dev/null", O_RDWR));
    TRY_ASSIGN(channels.control, make_pipe());
    TRY_ASSIGN(channels.go, make_pipe());
    return channels;
  }
  if (request.tty) {
    TRY_ASSIGN(channels.console, make_socket_pair());
    TRY_ASSIGN(channels.null, open_file("/dev/null", O_RDWR));
    TRY_ASSIGN(channels.control, make_pipe());
    TRY_ASSIGN(channels.go, make_pipe());
    return channels;
  }
  if (request.open_stdin) {
    TRY_ASSIGN(channels.in, make_pipe());
  } else {
    TRY_ASSIGN(channels.null, open_file("/dev/null", O_RDONLY));
  }
  TRY_ASSIGN(channels.out, make_pipe());
  TRY_ASSIGN(channels.err, make_pipe());
  TRY_ASSIGN(channels.control, make_pipe());
  TRY_ASSIGN(channels.go, make_pipe());
  return channels;
}

// The first line that it says, or what it was able to say.
std::string read_line(int fd) {
  std::string line;
  char c = 0;
  while (line.size() < kWordMax) {
    const ssize_t got = ::read(fd, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || c == '\n') break;
    line += c;
  }
  return line;
}

// unix(7), SCM_RIGHTS: a descriptor comes with a byte.
Fd receive_descriptor(int socket) {
  char byte = 0;
  iovec piece{&byte, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  if (::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) != 1) return {};
  const cmsghdr* head = CMSG_FIRSTHDR(&message);
  if (head == nullptr || head->cmsg_type != SCM_RIGHTS) return {};
  int fd = -1;
  std::memcpy(&fd, CMSG_DATA(head), sizeof fd);
  return Fd(fd);
}

// Its master comes before the program runs, and gets a size at once: later that would be a signal
// to a program which may have a handler by then, or none, as it happens. Nothing comes of one that
// fails before.
void take_terminal(ShimProcess& process, int socket, int control, bool open_stdin) {
  std::array<pollfd, 2> fds = {pollfd{socket, POLLIN, 0}, pollfd{control, POLLIN, 0}};
  while (::poll(fds.data(), fds.size(), -1) < 0 && errno == EINTR) {
  }
  process.out = receive_descriptor(socket);
  if (process.out) set_first_size(process.out.get());
  if (open_stdin && process.out) process.in = Fd(::fcntl(process.out.get(), F_DUPFD_CLOEXEC, 3));
}

// As a step page holds it.
std::uint32_t step_number(std::string_view id) {
  const std::vector<std::string> names = table_step_names();
  const auto found = std::find(names.begin(), names.end(), id);
  return static_cast<std::uint32_t>(found - names.begin()) + 1;
}

Status launch(Machine& machine, const ShimRequest& request, Channels& channels,
              ShimProcess& process) {
  ShimLaunch shim;
  shim.mode = request.mode;
  shim.bundle = request.bundle;
  const int null = channels.null.get();
  shim.in = channels.in.read ? channels.in.read.get() : null;
  shim.out = channels.out.write ? channels.out.write.get() : null;
  shim.err = channels.err.write ? channels.err.write.get() : null;
  shim.console = channels.console.write.get();
  shim.control = channels.control.write.get();
  if (machine.story == nullptr || !machine.story->traces()) {
    TRY_ASSIGN(process.pid, start_shim(shim));
    return {};
  }
  TRY_ASSIGN(process.page, SharedStepPage::make());
  StepPage& page = process.page->page();
  page.shim = step_number("shim.start");
  page.runtime = step_number(request.mode == "exec" ? "api.exec.start" : "rt.start");
  shim.step_page = process.page->fd();
  shim.wait_for_byte = channels.go.read.get();
  shim.not_inherited = channels.go.write.get();
  TRY_ASSIGN(process.pid, start_shim(shim));
  TracedStart start;
  start.container = machine.story->number_of(request.container);
  start.page = &page;
  start.exec = request.mode == "exec";
  TRY(machine.story->trace(process.pid, start));
  if (::write(channels.go.write.get(), "g", 1) != 1) return os_fail("start", request.mode, errno);
  return {};
}

}  // namespace

bool ShimProcess::started() const { return starts_with(word, "started "); }

int ShimProcess::first_pid() const {
  std::int64_t number = 0;
  return started() && parse_decimal(word.substr(8), number) ? static_cast<int>(number) : 0;
}

Result<ShimProcess> start_process(Machine& machine, const ShimRequest& request) {
  TRY_ASSIGN(Channels channels, make_channels(request));
  ShimProcess process;
  TRY(launch(machine, request, channels, process));
  channels.out.write.reset();
  channels.err.write.reset();
  channels.control.write.reset();
  channels.in.read.reset();
  const int control = channels.control.read.get();
  if (request.tty) take_terminal(process, channels.console.read.get(), control, request.open_stdin);
  process.word = read_line(control);
  if (request.tty) {
    if (!process.started()) {
      process.in.reset();
      process.out.reset();
    }
    process.control = std::move(channels.control.read);
    return process;
  }
  process.in = std::move(channels.in.write);
  process.out = std::move(channels.out.read);
  process.err = std::move(channels.err.read);
  process.control = std::move(channels.control.read);
  return process;
}

void reap(Machine& machine, const ShimProcess& process) {
  if (process.page && machine.story != nullptr) {
    machine.story->await(process.pid);
    return;
  }
  while (::waitpid(process.pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Error start_error(const std::vector<std::string>& argv, const std::string& word) {
  const std::vector<std::string> words = split(word, ' ');  // "failed exec ENOENT"
  if (words.size() < 3 || words[0] != "failed")
    return {ErrorCode::Failed, "the runtime ended without a word", {}};
  return {
      ErrorCode::Failed, spec::say::start_failed_at(argv, words[1], abi::errno_of(words[2])), {}};
}

namespace {

// Compiling the profile takes longer than starting a container.
Result<std::string> filter_for(const StateFolder& state, const spec::SeccompContext& context) {
  const std::string path = state.root() + "/seccomp/" + filter_identity(context);
  const auto whole = [](const Result<std::string>& read) {
    return read && !read->empty() && read->size() % 8 == 0;
  };
  auto known = read_text(path);
  if (whole(known)) return known;
  TRY_ASSIGN(const Fd lock, state.lock());
  known = read_text(path);  // by another, while we waited
  if (whole(known)) return known;
  TRY_ASSIGN(std::string filter, docker_seccomp_filter(context));
  TRY(make_folders(state.root() + "/seccomp"));
  TRY(replace_file(path, filter));
  return filter;
}

}  // namespace

Status write_bundle(const Machine& machine, const std::string& bundle, const spec::Plan& plan,
                    const spec::PlanInput& input) {
  CompileOptions options;
  if (input.seccomp) {
    TRY_ASSIGN(options.seccomp, filter_for(machine.state, {input.capabilities, running_kernel()}));
  }
  TRY_ASSIGN(const std::string table, compile_plan(plan, options));
  TRY(make_folders(bundle));
  // What an earlier start left would be taken for this one's.
  for (const char* note : {"/init.pid", "/error", "/exit"}) TRY(remove_tree(bundle + note));
  return replace_file(bundle + "/plan", table);
}

}  // namespace cutaway::real
