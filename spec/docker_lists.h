// Front door: docker's lists (ps, images, volume ls …): their columns, --filter and --format.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "spec/docker_inspect.h"

namespace cutaway::spec {

/// What a template can name of a row, and its title.
struct ListColumn {
  std::string field, title;
  bool shown = false;  ///< in the table that is printed without --format
};
struct ListShown {
  std::string format;  ///< --format; empty: the columns that are shown
  bool quiet = false;  ///< only `quiet_field`
  std::string quiet_field;
};
/// Rows hold text by field. "table TEMPLATE" has a line of titles, "json" is one object a line.
Result<std::string> list_text(const std::vector<ListColumn>& columns,
                              const std::vector<OrderedJson>& rows, const ListShown& how);

/// --filter name=value, each as often as wanted: one of the values of a name must fit.
class Filters {
 public:
  explicit Filters(const std::vector<std::string>& given);
  bool has(const std::string& name) const { return values_.count(name) != 0; }
  const std::vector<std::string>& of(const std::string& name) const;
  /// True when nothing is asked of this name, or one of its values fits.
  template <class Fits>
  bool any(const std::string& name, Fits fits) const {
    bool one = !has(name);
    for (const std::string& value : of(name)) one = one || fits(value);
    return one;
  }
  template <class Fits>
  bool all(const std::string& name, Fits fits) const {
    bool every = true;
    for (const std::string& value : of(name)) every = every && fits(value);
    return every;
  }
  /// The first name that is none of these; empty: all are known.
  std::string unknown(const std::vector<std::string>& known) const;

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

/// Does the name of an image ("busybox:latest") fit a pattern of `images`: "busybox", "busy*",
/// "*:1.2"? Without a tag any will do.
bool reference_fits(std::string_view name, std::string_view pattern);

}  // namespace cutaway::spec
