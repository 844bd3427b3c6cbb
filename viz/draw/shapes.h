// Geometry for drawing: curves made of short lines, closed shapes cut into convex pieces. No ImGui.
#pragma once

#include <vector>

#include "viz/scene/marks.h"

namespace cutaway::viz {

using Polygon = std::vector<Point>;

// A closed shape with rounded corners as a polygon. `scale`: pixels per unit, decides how fine.
[[nodiscard]] Polygon outline_of(const std::vector<Corner>& corners, double scale);
// An open path with rounded bends.
[[nodiscard]] Polygon line_of(const std::vector<Point>& points, double bend, double scale);

// A rectangle as corners, for what draws it as a shape.
[[nodiscard]] std::vector<Corner> corners_of_rect(const Rect& box, double radius);

// Positive for an outline that runs clockwise on the screen.
[[nodiscard]] double signed_area(const Polygon& polygon);
[[nodiscard]] bool is_convex(const Polygon& polygon);
// Convex quadrilaterals that together cover a simple polygon, without gaps.
[[nodiscard]] std::vector<Polygon> trapezoids_of(const Polygon& polygon);
// The part of a convex polygon within a rectangle.
[[nodiscard]] Polygon clipped(const Polygon& convex, const Rect& box);

// The pieces of a line that a dash pattern leaves.
[[nodiscard]] std::vector<Polygon> dashes_of(const Polygon& line, const Dash& dash);

}  // namespace cutaway::viz
