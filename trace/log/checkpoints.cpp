#include "trace/log/checkpoints.h"

#include <iterator>
#include <utility>

#include "trace/log/fields_binary.h"

namespace cutaway {

std::string encode_world(const World& world) {
  BinaryWriter out;
  write_binary(out, world);
  return out.take();
}

bool decode_world(std::string_view bytes, World& world) {
  BinaryReader in(bytes);
  read_binary(in, world);
  return in.finished();
}

void Checkpoints::put(std::size_t position, const World& world) {
  if (places_.insert_or_assign(position, Place{world, {}}).second) ++decoded_;
}

void Checkpoints::put_encoded(std::size_t position, std::string encoded) {
  places_[position] = Place{World(), std::move(encoded)};
}

void Checkpoints::clear() {
  places_.clear();
  decoded_ = 0;
}

void Checkpoints::thin_out(std::size_t spacing) {
  for (auto place = places_.begin(); place != places_.end();) {
    const bool goes = place->second.encoded.empty() && place->first % spacing != 0;
    if (goes) --decoded_;
    place = goes ? places_.erase(place) : std::next(place);
  }
}

void Checkpoints::cut_back(std::size_t position) {
  for (auto place = places_.upper_bound(position); place != places_.end();) {
    if (place->second.encoded.empty()) --decoded_;
    place = places_.erase(place);
  }
}

Checkpoints::Found Checkpoints::nearest(std::size_t position) const {
  auto place = places_.upper_bound(position);
  while (place != places_.begin()) {
    --place;
    Place& found = place->second;
    const bool coded = !found.encoded.empty();
    const bool whole = !coded || decode_world(found.encoded, found.world);
    found.encoded.clear();
    if (whole) {
      if (coded) ++decoded_;
      return {place->first, found.world};
    }
    place = places_.erase(place);  // damaged: an earlier one does as well
  }
  return {};
}

}  // namespace cutaway
