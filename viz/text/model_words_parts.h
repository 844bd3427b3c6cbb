// The decks of model_words, each in a file of its own.
#pragma once

#include "viz/text/model_words.h"

namespace cutaway::viz {

void tell_engine(const ShipModel& model, const ShipWords& words, TextLines& lines);
void tell_processes(const ShipModel& model, const ShipWords& words, TextLines& lines);
void tell_kernel(const ShipModel& model, const ShipWords& words, TextLines& lines);
void tell_hardware(const ShipModel& model, const ShipWords& words, TextLines& lines);

/// A share, 0 … 1, as "34 %".
[[nodiscard]] std::string percent_words(double share);
void tell_deck_name(const ShipModel& model, const ShipWords& words, Deck deck, TextLines& lines);

}  // namespace cutaway::viz
