// What the present call sent from one network interface to another.
#include "base/text.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

/// Whose interfaces these are: the host's, or the first container's that has a task among them.
/// None: nobody's, or no namespace at all: outside.
std::optional<int> slot_of_net(const Picture& p, NsId net) {
  if (!net) return std::nullopt;
  if (p.host != nullptr && p.host->in(cutaway::NsKind::Net) == net) return kHostSlot;
  for (const cutaway::Container* container : p.census.containers()) {
    const cutaway::Task* first = p.census.first_alive(*container);
    if (first != nullptr && first->in(cutaway::NsKind::Net) == net) return container->slot;
  }
  return std::nullopt;
}

std::string way_of(const std::vector<NetHop>& via) {
  std::vector<std::string> links;
  links.reserve(via.size());
  for (const NetHop& hop : via) links.push_back(hop.link);
  return join(links, ", ");
}

/// What a rule made of it on its way: "DNAT to 172.17.0.2:80".
std::string changed_on(const std::vector<NetHop>& via) {
  std::vector<std::string> why;
  for (const NetHop& hop : via) {
    if (!hop.why.empty()) why.push_back(hop.why);
  }
  return join(why, ", ");
}

struct Framer {
  const Picture& p;

  std::optional<Frame> operator()(const NetSent& b) const {
    Frame frame;
    frame.from = slot_of_net(p, b.from_ns);
    frame.to = slot_of_net(p, b.to_ns);
    frame.label = b.protocol + ", " + b.why + ", from " + b.from + " to " + b.to;
    frame.way = way_of(b.via);
    frame.why = changed_on(b.via);
    return frame;
  }
  std::optional<Frame> operator()(const NetDropped& b) const {
    Frame frame;
    frame.from = slot_of_net(p, b.from_ns);
    frame.to = slot_of_net(p, b.via.empty() ? b.from_ns : b.via.back().ns);
    frame.label = b.protocol + ", from " + b.from + " to " + b.to;
    frame.way = way_of(b.via);
    frame.dropped = true;
    frame.why = b.why;
    return frame;
  }
  template <class Other>
  std::optional<Frame> operator()(const Other&) const {
    return std::nullopt;
  }
};

}  // namespace

std::optional<Frame> frame_model(const Picture& p) {
  if (!p.now) return std::nullopt;
  std::optional<Frame> frame;
  for (const auto& [index, event] : p.now->effects) {
    std::optional<Frame> sent = std::visit(Framer{p}, event.body);
    if (sent) frame = std::move(sent);
  }
  return frame;
}

}  // namespace cutaway::viz
