#include "app/cli/other_future.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "app/cli/fork_steps.h"
#include "base/text.h"

namespace cutaway::app {

Result<MadeFuture> other_future(InputOptions input, const Invocation& invocation,
                                const std::vector<ForkStep>& steps) {
  input.pause_at = steps.front().position;
  TRY_ASSIGN(Run run, load(input, invocation));
  auto* simulator = dynamic_cast<sim::Simulator*>(run.side.get());
  if (simulator == nullptr) {
    return fail(ErrorCode::Cannot,
                "fork a recording: it holds one past and no way to go on from it",
                "open the scenario or the docker command instead");
  }
  TRY_ASSIGN(const bool keyboard, go_through(*simulator, steps));
  return MadeFuture{std::make_shared<const Trace>(simulator->take_trace()), keyboard};
}

Result<MadeFuture> OtherFutures::fork(std::size_t from, std::size_t position,
                                      const viz::ForkAsk& typed) {
  std::vector<ForkStep> steps = fork_at(steps_.at(from), {position, typed.text, typed.keys});
  TRY_ASSIGN(MadeFuture made, other_future(input_, invocation_, steps));
  steps_.push_back(std::move(steps));
  return made;
}

OtherFutures::~OtherFutures() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

Status OtherFutures::compare(const Trace& was, const Trace& is) {
  if (folder_.empty()) {
    std::string name = std::filesystem::temp_directory_path() / "cutaway-futures-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr)
      return fail(ErrorCode::Failed, std::string("mkdtemp: ") + std::strerror(errno));
    folder_ = name;
  }
  const std::string pair = folder_ + "/" + decimal(++compared_);
  const std::string first = pair + "-was.cut";
  const std::string second = pair + "-is.cut";
  TRY(write_trace(first, was));
  TRY(write_trace(second, is));
  return windows_.open({"compare", first, second, "--view"});
}

}  // namespace cutaway::app
