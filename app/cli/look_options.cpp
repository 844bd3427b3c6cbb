#include "app/cli/look_options.h"

#include "viz/picture.h"

namespace cutaway::app {

namespace {

/// A moment file may hold a view and a nearness (the window goes back to it), typed words mean one.
void refuse_what_goes_unheard(const LookOptions& look) {
  const bool ship = look.view.empty() || look.view == "ship";
  if (!look.near.empty() && !ship)
    throw CLI::ValidationError("--near " + look.near, "comes nearer to the ship, and --view " +
                                                          look.view + " is another view");
}

}  // namespace

void add_look_options(CLI::App& options, LookOptions& look) {
  options.add_option("--view", look.view, "ship, lens, matrix, tree, channels or layers")
      ->check(CLI::IsMember({"ship", "lens", "matrix", "tree", "channels", "layers"}));
  options.add_option("--near", look.near, "ship, deck, container, process or syscall")
      ->check(CLI::IsMember({"ship", "deck", "container", "process", "syscall"}));
  options.add_option("--of", look.of,
                     "whom: a container, a process by its pid on the host, or host");
  options.add_option("--beside", look.beside, "lens: whom to lay beside it (default: host)");
  options.parse_complete_callback([&look] { refuse_what_goes_unheard(look); });
  options
      .add_option("--later", look.later,
                  "seconds after that moment, before the next event: a clock that runs goes on")
      ->check(CLI::Range(0.0, 1e9));
}

namespace {

// The first event from `position` on that is news: not what the call that is looked at does in the
// same instant, and not who runs and who waits.
std::size_t next_news(const Trace& trace, std::size_t position) {
  if (position == 0) return position;
  const Record& last = trace.record(position - 1);
  while (position < trace.size()) {
    const Record& record = trace.record(position);
    const bool same_call = last.call != 0 && record.call == last.call && record.t == last.t;
    if (!same_call && !viz::is_background(record)) break;
    ++position;
  }
  return position;
}

// Nothing is invented: later than the next event is another moment, and only a clock shows time.
Result<std::int64_t> later_ns(double seconds, const Trace& trace, const World& world,
                              std::size_t position) {
  constexpr double kNsPerSecond = 1e9;
  const auto ns = static_cast<std::int64_t>(seconds * kNsPerSecond);
  if (ns == 0) return 0;
  const viz::ShipModel model = viz::ship_model(trace, world, position);
  if (!model.grace || model.grace->end != viz::GraceEnd::Waits)
    return fail(ErrorCode::Failed, "--later: no clock runs at this moment",
                "between a signal of docker stop and what ends the wait, one does");
  const std::size_t news = next_news(trace, position);
  if (news >= trace.size()) return ns;
  const std::int64_t next = trace.record(news).t - world.now;
  if (ns <= next) return ns;
  return fail(ErrorCode::Failed, "--later: the next event comes after " + viz::seconds_words(next) +
                                     " s; look at it with --at");
}

}  // namespace

Result<viz::Look> look_at(const LookOptions& options, const Trace& trace, std::size_t position) {
  viz::Look look;
  look.view = viz::view_named(options.view).value_or(viz::View::Ship);
  look.near = viz::nearness_named(options.near).value_or(viz::Nearness::Deck);
  look.of = options.of;
  look.beside = options.beside;
  const World world = trace.world_at(position);
  TRY_ASSIGN(look.later_ns, later_ns(options.later, trace, world, position));
  for (const std::string* name : {&look.of, &look.beside}) {
    if (!name->empty()) TRY(viz::sight_named(world, *name));
  }
  return look;
}

}  // namespace cutaway::app
