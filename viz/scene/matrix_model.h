// Matrix: who has which namespace. A row for each group of processes that have the same eight, a
// column for each kind. Made by matrix_from_world, drawn by matrix_scene, said by viz/text.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "viz/theme/slots.h"

namespace cutaway::viz {

inline constexpr std::size_t kMatrixColumns = 8;

struct MatrixCell {
  std::string id;          // "ns:4026531835", empty: the process has left it
  std::string number;      // "…1835"
  std::string says;        // what the table holds: "26 mounts", "lo, eth0"
  int owner = kHostSlot;   // whose it is: the host's, or the first container's that has it
  std::string owner_name;  // "the host", "web"
  bool own = false;        // of the row itself; else it is shared
};

struct MatrixRow {
  int slot = kHostSlot;
  std::string name;     // "web", "the host"
  std::string members;  // "nginx 4711, nginx 4733"
  std::array<MatrixCell, kMatrixColumns> cells;
};

struct Matrix {
  std::array<std::string, kMatrixColumns> kinds;  // "mnt"
  std::array<std::string, kMatrixColumns> holds;  // "files": what such a table is about
  std::vector<MatrixRow> rows;
};

}  // namespace cutaway::viz
