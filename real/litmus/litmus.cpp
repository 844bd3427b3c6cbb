#include "real/litmus.h"

#include "real/litmus/launcher.h"
#include "real/litmus/machine.h"
#include "real/litmus/needs.h"
#include "real/litmus/runner.h"
#include "real/litmus/sandbox.h"
#include "real/litmus/story.h"
#include "real/sys/rootless.h"

namespace cutaway::real {

struct RealLitmus::Impl {
  std::unique_ptr<LitmusLauncher> launcher;
};

RealLitmus::RealLitmus(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RealLitmus::~RealLitmus() = default;

Result<std::unique_ptr<RealLitmus>> RealLitmus::make() {
  if (is_rootless())
    return fail(ErrorCode::Cannot,
                "run a litmus program without root: its sandbox gets ids that are nobody's");
  auto impl = std::make_unique<Impl>();
  TRY_ASSIGN(impl->launcher, LitmusLauncher::start());
  return std::unique_ptr<RealLitmus>(new RealLitmus(std::move(impl)));
}

Result<LitmusRun> RealLitmus::run(const spec::Litmus& litmus, const LitmusOptions& options) {
  TRY(check_needs(litmus, *impl_->launcher));
  const MachineAsItWas machine(litmus.tier_r);
  LitmusStory story;
  if (options.trace) TRY(story.begin(*impl_->launcher));
  TRY_ASSIGN(const std::unique_ptr<LitmusSandbox> sandbox,
             LitmusSandbox::make(*impl_->launcher, litmus));
  story.program_begins(*sandbox, options.scenario);
  LitmusRunner runner(*sandbox, litmus);
  runner.run(options.wall_ns);
  story.program_is_over(*sandbox);
  sandbox->end();
  return LitmusRun{runner.held(), runner.failed(), runner.gave(), story.take_trace()};
}

}  // namespace cutaway::real
