// A session on this Linux: its output comes as it comes, and nothing of it can be taken back.
#pragma once

#include <memory>
#include <string>

#include "app/shell/session.h"

namespace cutaway::app {

class RealSession : public ShellSession {
 public:
  /// The side passes output on by itself.
  RealSession(std::unique_ptr<Side> side, Print print);
  ~RealSession() override;

  std::string prompt() const override { return "real"; }
  const Trace& trace() const override { return side_->trace(); }
  Status run(const SideCommand& command) override;
  Status save(const std::string& path) override;

 private:
  std::unique_ptr<Side> side_;
};

}  // namespace cutaway::app
