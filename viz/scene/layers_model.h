// Layers: what the files of each container stand on. Processes above, their mount tables below
// them, and on the one disk a thin top for each container over layers that lie there once. Made by
// layers_from_world, drawn by layers_scene, said by viz/text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viz/scene/caption.h"
#include "viz/theme/slots.h"

namespace cutaway::viz {

/// A container: its first process, and its own writable top.
struct LayersColumn {
  int slot = kHostSlot;
  std::string id;                         // "web"
  std::string image;                      // "busybox"
  std::string state;                      // "running"
  std::string pid, program, pid_on_host;  // of the process that is looked at; empty: there is none
  std::string task;                       // "task:4711"
  std::string mount;                      // what is mounted at its /: "overlay"; empty: nothing yet
  std::string top;                        // bytes in its writable layer: "0 B"
  bool acts = false;
  int file = -1;                    // which of the files it reaches; -1: none
  std::vector<std::size_t> bricks;  // what it stands on, topmost first
};

/// A layer of an image: on the disk once, however many stand on it.
struct LayersBrick {
  std::string id;      // "layer:17eec7bbc9d7"
  std::string label;   // "busybox", "2e64d799b50c"
  std::string size;    // "4.26 MB"
  int level = 0;       // 0: lowest
  bool asked = false;  // somebody reaches into it just now
};

/// A file that processes reach, where it lies.
struct LayersFile {
  std::string path;        // "/bin/busybox"
  std::string inode;       // "inode 1183"
  int brick = -1;          // in which layer; -1: in the top of the one who reaches it
  std::vector<int> slots;  // who reaches it
};

/// Bytes that lie on the disk for an image or a container.
struct LayersCost {
  int slot = kHostSlot - 1;  // less than the host: an image, in nobody's colour
  std::string name;
  std::string bytes;
  double share = 0;  // of the largest
};

struct Layers {
  std::vector<LayersColumn> columns;
  std::vector<LayersBrick> bricks;
  std::vector<LayersFile> files;
  std::vector<LayersCost> costs;
  std::string all_tops;    // "0 B": the tops together
  bool same_path = false;  // it is one path that all are asked for, not each one's own program
  bool looking = false;    // a call has just reached for it
};

}  // namespace cutaway::viz
