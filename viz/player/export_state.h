// What the window wants saved, and how far that is. The window touches no file: whoever owns it
// takes the asks, does them and tells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "viz/player/player.h"

namespace cutaway::viz {

enum class ExportForm : std::uint8_t { Png, Svg, Moment, Line, Mp4, Gif };
constexpr bool is_film(ExportForm form) { return form >= ExportForm::Mp4; }

/// What a film shows.
enum class ExportRange : std::uint8_t { Story, Command, Beat };

struct ExportAsk {
  ExportForm form = ExportForm::Png;
  Stretch at;  ///< positions: of a film from … to; else both are the moment
};

struct ExportJob {
  std::string file;
  std::size_t done = 0, all = 0;  ///< frames
};

struct ExportState {
  bool open = false;  ///< the choice is shown
  ExportRange range = ExportRange::Story;
  std::vector<ExportAsk> asks;
  std::optional<ExportJob> job;  ///< a film that is being made
  bool cancel = false;           ///< it is to be stopped
};

/// The positions of a film of this range, as seen from where the player is.
Stretch export_stretch(const Player& player, ExportRange range);
/// One of the two ends of the list stays.
ExportRange next_range(ExportRange range, int by);
/// Asks for it. A second film waits for nobody: it is not asked for while one is being made.
void ask_export(ExportState& state, const Player& player, ExportForm form);

}  // namespace cutaway::viz
