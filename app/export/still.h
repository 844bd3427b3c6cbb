// A moment as a file that scales.
#pragma once

#include <string>

#include "viz/window.h"

namespace cutaway::app {

/// Picture and sentence as SVG: text that scales. The panels around them are the window's.
std::string picture_svg(const Trace& trace, const viz::WindowShot& shot,
                        const viz::PictureSource& pictures);

}  // namespace cutaway::app
