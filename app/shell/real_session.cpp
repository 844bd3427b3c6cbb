#include "app/shell/real_session.h"

#include <utility>

#include "app/cli/input.h"
#include "base/text.h"

namespace cutaway::app {

RealSession::RealSession(std::unique_ptr<Side> side, Print print)
    : ShellSession(std::move(print)), side_(std::move(side)) {}
RealSession::~RealSession() { side_->finish(); }

Status RealSession::run(const SideCommand& command) {
  if (command.kind == SideCommand::Kind::Host && starts_with(command.line, "docker "))
    return fail(ErrorCode::Cannot, "'" + command.line + "': pipes and variables on the real side",
                "docker and its words alone; what the shell does there, it does in the simulator");
  TRY_ASSIGN(const std::size_t index, side_->submit(command));
  TRY(side_->run_until_done(index));
  status_ = side_->command(index).exit;
  if (status_ != 0) note("status " + decimal(status_));
  return {};
}

Status RealSession::save(const std::string& path) {
  if (!looks_like_trace(path)) return ShellSession::save(path);
  return write_trace(path, trace());
}

}  // namespace cutaway::app
