// How far one press of a key goes: the five sizes of a step, from coarse to fine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cutaway::viz {

enum class StepSize : std::uint8_t { Command, Beat, EngineStep, Syscall, Effect };
inline constexpr int kStepSizeCount = 5;
inline constexpr std::array<StepSize, kStepSizeCount> kStepSizes = {
    StepSize::Command, StepSize::Beat, StepSize::EngineStep, StepSize::Syscall, StepSize::Effect};

constexpr std::size_t index_of(StepSize size) { return static_cast<std::size_t>(size); }

constexpr std::string_view step_size_name(StepSize size) {
  constexpr std::array<std::string_view, kStepSizeCount> kNames = {"command", "beat", "engine step",
                                                                   "syscall", "kernel effect"};
  return kNames[index_of(size)];
}

/// As command lines and documents say it.
constexpr std::string_view step_size_word(StepSize size) {
  constexpr std::array<std::string_view, kStepSizeCount> kWords = {"command", "beat", "step",
                                                                   "syscall", "effect"};
  return kWords[index_of(size)];
}

/// The next one up or down; the coarsest and the finest stay.
constexpr StepSize coarser(StepSize size) {
  return size == StepSize::Command ? size : static_cast<StepSize>(index_of(size) - 1);
}
constexpr StepSize finer(StepSize size) {
  return size == StepSize::Effect ? size : static_cast<StepSize>(index_of(size) + 1);
}

}  // namespace cutaway::viz
