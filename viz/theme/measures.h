// Type sizes and measures at scale 1 (a window of 1600 x 900). Data only.
#pragma once

namespace cutaway::viz::type {

inline constexpr double kSmall = 13;      // captions, rows, slices: nothing is smaller
inline constexpr double kMedium = 15;     // titles in panels, names of nodes and columns, packets
inline constexpr double kLarge = 18;      // names of decks and of containers
inline constexpr double kSentence = 20;   // the sentence in a window with its panels …
inline constexpr double kWide = 22;       // … in a wide one …
inline constexpr double kPresenter = 26;  // … and on a projector
inline constexpr double kHuge = 30;       // the pid here, a countdown

}  // namespace cutaway::viz::type

namespace cutaway::viz::measure {

// The window.
inline constexpr double kTitleBar = 40;
inline constexpr double kLeftPanel = 268;
inline constexpr double kRightPanel = 272;
inline constexpr double kLessonPanel = 372;
inline constexpr double kSentenceBlock = 104;
inline constexpr double kTimeline = 124;

// The hull.
inline constexpr double kGutter = 104;  // names of decks, right-aligned
inline constexpr double kWall = 6;
inline constexpr double kFloor = 6;
inline constexpr double kKeel = 22;
inline constexpr double kPlate = 24;  // between user space and kernel
inline constexpr double kGate = 44;
inline constexpr double kSignalPort = 14;
inline constexpr double kGap = 8;  // between columns: where wires may rise

// Radii.
inline constexpr double kRadiusSwatch = 3;
inline constexpr double kRadiusSlice = 4;
inline constexpr double kRadiusNode = 6;
inline constexpr double kRadiusTask = 8;
inline constexpr double kRadiusContainer = 10;
inline constexpr double kRadiusKeel = 30;

// Lines.
inline constexpr double kHairline = 1;
inline constexpr double kSliceLine = 1.2;
inline constexpr double kContour = 1.5;
inline constexpr double kOutline = 2;
inline constexpr double kTravelled = 3;
inline constexpr double kHalo = 7;  // of the deck's colour, where a travelled path crosses others

}  // namespace cutaway::viz::measure
