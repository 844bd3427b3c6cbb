#include "spec/docker_inspect.h"

template class nlohmann::basic_json<nlohmann::ordered_map>;
template class nlohmann::detail::serializer<nlohmann::ordered_json>;

namespace cutaway::spec {

OrderedJson parse_ordered(std::string_view text) {
  return OrderedJson::parse(text.begin(), text.end(), nullptr, false);
}

}  // namespace cutaway::spec
