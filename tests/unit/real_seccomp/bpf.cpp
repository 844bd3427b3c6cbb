#include "bpf.h"

#include <linux/filter.h>

#include <cstring>
#include <stdexcept>

namespace cutaway::test {
namespace {

struct Machine {
  std::uint32_t a = 0, x = 0, memory[16] = {};
};

std::uint32_t load(const seccomp_data& data, std::uint32_t at) {
  if (at % 4 != 0 || at + 4 > sizeof data) throw std::runtime_error("load beyond the data");
  std::uint32_t word = 0;
  std::memcpy(&word, reinterpret_cast<const char*>(&data) + at, 4);
  return word;
}

bool holds(std::uint16_t op, std::uint32_t a, std::uint32_t k) {
  switch (op) {
    case BPF_JEQ:
      return a == k;
    case BPF_JGT:
      return a > k;
    case BPF_JGE:
      return a >= k;
    case BPF_JSET:
      return (a & k) != 0;
    default:
      throw std::runtime_error("a jump that is not known");
  }
}

}  // namespace

Verdict run_bpf(const std::string& program, const seccomp_data& data) {
  Machine m;
  Verdict verdict;
  const std::size_t count = program.size() / sizeof(sock_filter);
  for (std::size_t at = 0; at < count; ++at) {
    ++verdict.steps;
    sock_filter i{};
    std::memcpy(&i, program.data() + at * sizeof i, sizeof i);
    switch (BPF_CLASS(i.code)) {
      case BPF_LD:
        m.a = BPF_MODE(i.code) == BPF_ABS ? load(data, i.k) : m.memory[i.k];
        break;
      case BPF_ST:
        m.memory[i.k] = m.a;
        break;
      case BPF_ALU:
        if (BPF_OP(i.code) != BPF_AND) throw std::runtime_error("arithmetic that is not known");
        m.a &= i.k;
        break;
      case BPF_JMP:
        if (BPF_OP(i.code) == BPF_JA)
          at += i.k;
        else
          at += holds(BPF_OP(i.code), m.a, i.k) ? i.jt : i.jf;
        break;
      case BPF_RET:
        verdict.value = i.k;
        return verdict;
      default:
        throw std::runtime_error("an instruction that is not known");
    }
  }
  throw std::runtime_error("the program ends without an answer");
}

}  // namespace cutaway::test
