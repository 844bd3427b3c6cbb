#include "viz/player/predict.h"

#include <algorithm>

#include "base/text.h"
#include "spec/plan/steps.h"
#include "spec/trace_timeline.h"
#include "spec/words.h"
#include "viz/player/predict_options.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kMostOptions = 4;

struct Ahead {
  const Player& player;
  std::size_t from, to;  ///< events of the next step

  const Trace& trace() const { return player.trace(); }
};

/// The first event of a kind in the next step that passes.
template <class T, class Passes>
std::optional<std::size_t> first(const Ahead& ahead, Passes passes) {
  const std::size_t n = ahead.player.index().kinds().first_from(
      ahead.trace(), ahead.from, ahead.to, bodies<T>(),
      [&](std::size_t each) { return passes(std::get<T>(ahead.trace().event(each).body)); });
  if (n == kNotFound) return std::nullopt;
  return n;
}

/// The right answer among up to three others; where it stands follows from the position.
Question with_options(const Ahead& ahead, std::string asks, std::string right,
                      const std::vector<std::string>& others) {
  Question question;
  question.asks = std::move(asks);
  for (const std::string& other : others) {
    const bool known = other == right || std::find(question.options.begin(), question.options.end(),
                                                   other) != question.options.end();
    if (!known && question.options.size() + 1 < kMostOptions) question.options.push_back(other);
  }
  question.right = ahead.from % (question.options.size() + 1);
  question.options.insert(question.options.begin() + static_cast<std::ptrdiff_t>(question.right),
                          std::move(right));
  question.until = ahead.to;
  return question;
}

/// Worth asking only when there is something to choose.
std::optional<Question> if_open(Question question) {
  if (question.options.size() < 2) return std::nullopt;
  return question;
}

std::optional<Question> ask_exit(const Ahead& ahead) {
  const auto done = first<CliDone>(ahead, [](const CliDone&) { return true; });
  const auto ended =
      first<ContainerExited>(ahead, [](const ContainerExited& e) { return e.error.empty(); });
  if (!done && !ended) return std::nullopt;
  const Event event = ahead.trace().event(ended ? *ended : *done);
  const auto* exited = std::get_if<ContainerExited>(&event.body);
  const int code = exited != nullptr ? exited->code : std::get<CliDone>(event.body).exit;
  Question question =
      with_options(ahead,
                   exited != nullptr ? "With which exit code does the container end?"
                                     : "With which exit code does the command end?",
                   decimal(code), other_exit_codes());
  question.because = exit_code_words(code);
  return if_open(std::move(question));
}

bool is_told_signal(const SignalSent& sent) {
  return sent.sig != 17;
}  // a child's end tells itself

std::optional<Question> ask_signal(const Ahead& ahead) {
  const auto n = first<SignalSent>(ahead, is_told_signal);
  if (!n) return std::nullopt;
  const auto sent = std::get<SignalSent>(ahead.trace().event(*n).body);
  const World world = ahead.trace().world_at(*n);
  Question question =
      with_options(ahead, abi::signal_name(sent.sig) + " is sent in this step. To whom?",
                   named_task(world, sent.to), other_tasks(world, sent.to));
  question.because = "It is sent because: " + sent.rule + ".";
  return if_open(std::move(question));
}

std::optional<Question> ask_call(const Ahead& ahead) {
  const auto n = first<Syscall>(ahead, [](const Syscall& call) { return call.returned; });
  if (!n) return std::nullopt;
  const Event event = ahead.trace().event(*n);
  const World world = ahead.trace().world_at(*n);
  const CallChoice choice = choices_of_call(world, event);
  Question question = with_options(ahead, choice.asks, choice.right, choice.others);
  question.because = choice.because;
  return if_open(std::move(question));
}

/// "The server looks for the image in its cache."
std::string unit_words(StepSize size, const std::string& label) {
  const char* family = size == StepSize::Beat ? "beat." : "step.";
  const std::string& said = spec::Words::of()[family + label].what;
  return said.empty() ? label : said;
}

std::vector<std::string> other_units(StepSize size, const Ahead& ahead) {
  std::vector<std::string> others;
  if (size == StepSize::Beat) {
    for (std::size_t i = 0; i < kBeatCount; ++i) {
      const std::size_t turned = (i + ahead.from) % kBeatCount;
      others.push_back(
          unit_words(size, std::string(spec::beat_name(static_cast<spec::Beat>(turned)))));
    }
    return others;
  }
  // Steps of the same run that come later, or came before: each is a plausible next one.
  const std::vector<StepUnit>& units = ahead.player.index().units(size);
  for (std::size_t i = 0; i < units.size(); ++i) {
    others.push_back(unit_words(size, units[(i * 7 + ahead.from) % units.size()].label));
  }
  return others;
}

std::optional<Question> ask_unit(const Ahead& ahead) {
  const StepSize size = ahead.player.size();
  const std::vector<StepUnit>& units = ahead.player.index().units(size);
  // In the middle of one, the one behind it: what goes on already is no question.
  const auto next = std::find_if(units.begin(), units.end(), [&ahead](const StepUnit& unit) {
    return unit.at.from >= ahead.from;
  });
  if (next == units.end()) return std::nullopt;
  Question question = with_options(ahead, "What happens next?", unit_words(size, next->label),
                                   other_units(size, ahead));
  question.until = next->at.to;
  const char* family = size == StepSize::Beat ? "beat." : "step.";
  question.because = spec::Words::of()[family + next->label].why;
  return if_open(std::move(question));
}

using AskFn = std::optional<Question> (*)(const Ahead&);

/// The most telling question first.
std::vector<AskFn> asks_for(StepSize size) {
  switch (size) {
    case StepSize::Command:
      return {ask_exit, ask_signal};
    case StepSize::Beat:
    case StepSize::EngineStep:
      return {ask_unit, ask_exit};
    case StepSize::Syscall:
    case StepSize::Effect:
      return {ask_signal, ask_exit, ask_call};
  }
  return {};
}

}  // namespace

std::optional<Question> question_at(const Player& player) {
  const std::size_t from = player.position();
  const StepSize size = player.size() == StepSize::Effect ? StepSize::Syscall : player.size();
  const Ahead ahead = {player, from, player.index().next(size, from)};
  if (ahead.to <= ahead.from) return std::nullopt;
  for (const AskFn ask : asks_for(player.size())) {
    if (std::optional<Question> question = ask(ahead)) return question;
  }
  return std::nullopt;
}

Result<Question> own_question(const OwnQuestion& typed, const Player& player) {
  Question question;
  question.asks = trim(typed.asks);
  for (std::size_t i = 0; i < typed.options.size(); ++i) {
    const std::string_view option = trim(typed.options[i]);
    if (i == typed.right && option.empty() && typed.decides.empty())
      return fail(ErrorCode::Usage, "the option that is marked as right has no words");
    if (i == typed.right) question.right = question.options.size();
    if (!option.empty()) question.options.emplace_back(option);
  }
  if (question.asks.empty()) return fail(ErrorCode::Usage, "a question was expected");
  if (question.options.size() < 2 || question.options.size() > kMostOptions)
    return fail(ErrorCode::Usage, "two to four options were expected");
  question.until = player.index().next(player.size(), player.position());
  if (question.until <= player.position())
    return fail(ErrorCode::Usage, "the run is over: there is no next step that could answer");
  const std::string_view decides = trim(typed.decides);
  if (decides.empty()) return question;
  TRY_ASSIGN(question.decides, spec::parse_predicate_or_event(decides));
  return question;
}

std::size_t right_option(const Question& question, const Trace& trace, std::size_t from) {
  if (!question.decides) return question.right;
  spec::TraceTimeline whole(trace);
  spec::TimelineWindow step(whole, from, question.until);
  return spec::judge(*question.decides, step).holds ? 0 : 1;
}

}  // namespace cutaway::viz
