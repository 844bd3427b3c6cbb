#include "app/cli/look_options.h"

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
  options.add_option("--view", look.view, "ship, lens, matrix or tree")
      ->check(CLI::IsMember({"ship", "lens", "matrix", "tree"}));
  options.add_option("--near", look.near, "ship, deck, container, process or syscall")
      ->check(CLI::IsMember({"ship", "deck", "container", "process", "syscall"}));
  options.add_option("--of", look.of,
                     "whom: a container, a process by its pid on the host, or host");
  options.add_option("--beside", look.beside, "lens: whom to lay beside it (default: host)");
  options.parse_complete_callback([&look] { refuse_what_goes_unheard(look); });
}

Result<viz::Look> look_at(const LookOptions& options, const Trace& trace, std::size_t position) {
  viz::Look look;
  look.view = viz::view_named(options.view).value_or(viz::View::Ship);
  look.near = viz::nearness_named(options.near).value_or(viz::Nearness::Deck);
  look.of = options.of;
  look.beside = options.beside;
  const World world = trace.world_at(position);
  for (const std::string* name : {&look.of, &look.beside}) {
    if (!name->empty()) TRY(viz::sight_named(world, *name));
  }
  return look;
}

}  // namespace cutaway::app
