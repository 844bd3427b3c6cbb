// What awk computes with: a text, a number, or a text from outside that looks like one.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/programs/regex.h"

namespace cutaway::sim {

struct AwkValue {
  std::string text;
  double number = 0;
  bool is_number = false;  ///< number is what it is; text is made when asked for
  bool looks = false;      ///< text is from outside: compared as a number if it is one
  bool unset = false;      ///< never assigned: "" and 0

  static AwkValue of(double number) { return {{}, number, true, false, false}; }
  static AwkValue of(std::string text) { return {std::move(text), 0, false, false, false}; }
  static AwkValue from_outside(std::string text) {
    return {std::move(text), 0, false, true, false};
  }
  static AwkValue nothing() { return {{}, 0, false, false, true}; }
};

double awk_number(const AwkValue& value);
/// `format` (CONVFMT, OFMT) is for numbers that are no integers.
std::string awk_text(const AwkValue& value, const std::string& format);
bool awk_truth(const AwkValue& value);
/// Below, at or above 0.
int awk_compare(const AwkValue& left, const AwkValue& right, const std::string& format);
/// printf's and sprintf's work.
std::string awk_format(std::string_view format, const std::vector<AwkValue>& values,
                       const std::string& convfmt);

/// What stands between the matches of an expression that is never empty.
std::vector<std::string> awk_pieces(const std::string& text, const Regex& between);

/// An array: what was put in last comes first among keys of one bucket, as in busybox.
class AwkArray {
 public:
  AwkValue& at(const std::string& key);
  bool has(const std::string& key) const { return values_.count(key) != 0; }
  void erase(const std::string& key) { values_.erase(key); }
  void clear() { values_.clear(); }
  std::size_t size() const { return values_.size(); }
  /// In the order in which `for (key in array)` goes through them.
  std::vector<std::string> keys() const;

 private:
  struct Entry {
    AwkValue value;
    std::uint64_t number = 0;  ///< in the order of their coming
  };
  std::map<std::string, Entry, std::less<>> values_;
  std::uint64_t made_ = 0;
  std::size_t buckets_ = 61;
};

}  // namespace cutaway::sim
