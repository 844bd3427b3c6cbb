#include "viz/panels/picture_source.h"

#include "viz/text/caption.h"

namespace cutaway::viz {

PictureSource world_pictures(std::vector<SentenceCard> cards) {
  PictureSource source;
  source.ship = [cards = std::move(cards)](const Trace& trace, const World& world,
                                           const Moment& moment, const PictureWish& wish) {
    PictureOptions options;
    options.focus = moment.focus;
    options.large_engine = wish.large_engine;
    options.berths = wish.berths;
    options.sentence_cards = cards;
    options.index = wish.index;
    options.census = wish.census;
    options.only_seen = true;
    options.near_slot = wish.near_slot;
    return ship_model(trace, world, moment.position, options);
  };
  source.caption = [](const Trace& trace, const World& world, const Moment& moment,
                      const PictureWish& wish) {
    return caption_of(trace, world, moment.position, moment.size, moment.focus, wish.index);
  };
  return source;
}

}  // namespace cutaway::viz
