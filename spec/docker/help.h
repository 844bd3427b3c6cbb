// Help pages and usage lines in docker's layout (cobra's template and pflag's columns).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/docker/command_table.h"

namespace cutaway::spec {

/// `docker --help`.
std::string main_help(int columns);
/// `docker container --help`.
std::string management_help(const ManagementRow& row);
/// `docker run --help`; `path` without "docker".
std::string command_help(const CommandRow& row, std::string_view path, int columns);
/// The lines of an "Options:" section, wrapped.
std::string flag_lines(const std::vector<const FlagRow*>& rows, int columns);

}  // namespace cutaway::spec
