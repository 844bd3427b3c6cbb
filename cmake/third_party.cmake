# Libraries that we did not write. On this machine they are Debian packages; for the web, headers are copies and
# libraries are compiled from Debian's source packages. tools/setup brings both.
#   cutaway_headers   nlohmann/json.hpp, tl/expected.hpp, stb/*.h (every room has them)
#   cutaway_lz4       lz4.h, lz4frame.h
#   cutaway_vterm     vterm.h: what a terminal's screen shows
#   cutaway_sha256    nettle/sha2.h: sha256_init, sha256_update, sha256_digest
#   cutaway_lazy_seccomp, cutaway_lazy_archive, CLI11::CLI11      (not for the web)
#   cutaway_allocator jemalloc instead of malloc(3), in release: for programs that simulate
# and from the files included below: imgui, imgui_app, glad, cutaway_fonts.

include(lazy)

set(CUTAWAY_THIRD_PARTY "${CMAKE_SOURCE_DIR}/build/third_party")

# Stops with one clear line when tools/setup has not been run.
function(cutaway_require file)
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "${file} is missing: run tools/setup${ARGN}")
  endif()
endfunction()

add_library(cutaway_headers INTERFACE)
if(CUTAWAY_WEB)
  cutaway_require("${CUTAWAY_THIRD_PARTY}/web-include/stb" " --web")
  target_include_directories(cutaway_headers SYSTEM INTERFACE "${CUTAWAY_THIRD_PARTY}/web-include")

  set(lz4_dir "${CUTAWAY_THIRD_PARTY}/lz4/lib")
  cutaway_require("${lz4_dir}/lz4.c" " --web")
  add_library(cutaway_lz4 STATIC "${lz4_dir}/lz4.c" "${lz4_dir}/lz4frame.c" "${lz4_dir}/lz4hc.c" "${lz4_dir}/xxhash.c")
  target_include_directories(cutaway_lz4 SYSTEM PUBLIC "${lz4_dir}")

  set(vterm_dir "${CUTAWAY_THIRD_PARTY}/libvterm")
  cutaway_require("${vterm_dir}/src/vterm.c" " --web")
  set(vterm_sources encoding keyboard mouse parser pen screen state unicode vterm)
  list(TRANSFORM vterm_sources REPLACE "(.+)" "${vterm_dir}/src/\\1.c")
  add_library(cutaway_vterm STATIC ${vterm_sources})
  target_include_directories(cutaway_vterm SYSTEM PUBLIC "${vterm_dir}/include")

  set(nettle_dir "${CUTAWAY_THIRD_PARTY}/nettle")
  cutaway_require("${nettle_dir}/sha256.c" " --web")
  add_library(cutaway_sha256 STATIC
    "${nettle_dir}/sha256.c" "${nettle_dir}/sha256-compress.c" "${nettle_dir}/write-be32.c")
  target_include_directories(cutaway_sha256 SYSTEM PUBLIC "${CUTAWAY_THIRD_PARTY}")
else()
  find_package(nlohmann_json REQUIRED)
  find_package(tl-expected REQUIRED)
  target_link_libraries(cutaway_headers INTERFACE nlohmann_json::nlohmann_json tl::expected)

  find_package(PkgConfig REQUIRED)
  pkg_check_modules(lz4 REQUIRED IMPORTED_TARGET liblz4)
  pkg_check_modules(nettle REQUIRED IMPORTED_TARGET nettle)
  add_library(cutaway_lz4 INTERFACE)
  cutaway_lazy_library(lz4 PkgConfig::lz4 FUNCTIONS
    LZ4_compressBound LZ4_compress_default LZ4_decompress_safe)
  target_link_libraries(cutaway_lz4 INTERFACE cutaway_lazy_lz4)
  pkg_check_modules(vterm REQUIRED IMPORTED_TARGET vterm)
  add_library(cutaway_vterm INTERFACE)
  cutaway_lazy_library(vterm PkgConfig::vterm FUNCTIONS
    vterm_free vterm_input_write vterm_new vterm_obtain_screen vterm_obtain_state vterm_screen_enable_altscreen
    vterm_screen_get_cell vterm_screen_reset vterm_screen_set_callbacks vterm_set_size vterm_set_utf8
    vterm_state_get_cursorpos vterm_state_get_penattr)
  target_link_libraries(cutaway_vterm INTERFACE cutaway_lazy_vterm)
  add_library(cutaway_sha256 INTERFACE)
  target_link_libraries(cutaway_sha256 INTERFACE PkgConfig::nettle)

  pkg_check_modules(libseccomp REQUIRED IMPORTED_TARGET libseccomp)
  cutaway_lazy_library(seccomp PkgConfig::libseccomp FUNCTIONS
    seccomp_arch_add seccomp_attr_set seccomp_export_bpf seccomp_init seccomp_load seccomp_release seccomp_rule_add
    seccomp_rule_add_array
    seccomp_syscall_resolve_name seccomp_version)
  pkg_check_modules(libedit REQUIRED IMPORTED_TARGET libedit)
  cutaway_lazy_library(edit PkgConfig::libedit FUNCTIONS
    el_end el_get el_gets el_init el_insertstr el_line el_set history history_end history_init)
  pkg_check_modules(libarchive REQUIRED IMPORTED_TARGET libarchive)
  cutaway_lazy_library(archive PkgConfig::libarchive FUNCTIONS
    archive_entry_filetype archive_entry_free archive_entry_gid archive_entry_hardlink archive_entry_mtime
    archive_entry_mtime_is_set archive_entry_mtime_nsec archive_entry_new archive_entry_pathname archive_entry_perm
    archive_entry_set_filetype archive_entry_set_gid archive_entry_set_hardlink archive_entry_set_mtime
    archive_entry_set_pathname archive_entry_set_perm archive_entry_set_rdevmajor archive_entry_set_rdevminor
    archive_entry_set_size archive_entry_set_symlink archive_entry_set_uid archive_entry_size archive_entry_symlink
    archive_entry_uid archive_entry_xattr_add_entry archive_entry_xattr_next archive_entry_xattr_reset
    archive_error_string archive_free archive_read_data archive_read_data_block archive_read_new
    archive_read_next_header archive_read_open archive_read_open_fd archive_read_support_filter_gzip
    archive_read_support_filter_none archive_read_support_filter_zstd archive_read_support_format_empty
    archive_read_support_format_raw archive_read_support_format_tar archive_set_error archive_write_add_filter_gzip
    archive_write_close archive_write_data archive_write_header archive_write_new archive_write_open
    archive_write_set_bytes_in_last_block archive_write_set_filter_option archive_write_set_format_pax_restricted
    archive_write_set_format_raw)
  find_package(CLI11 REQUIRED)
endif()

# What is sanitized keeps its sanitizer's malloc. Not as a shared library: that one brings the shared C++ library, which
# costs each start more than it gains (app/CMakeLists.txt).
add_library(cutaway_allocator INTERFACE)
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT CUTAWAY_WEB AND NOT CUTAWAY_SANITIZE)
  find_library(CUTAWAY_JEMALLOC NAMES libjemalloc_pic.a REQUIRED DOC "jemalloc: run tools/setup")
  target_sources(cutaway_allocator INTERFACE "${CMAKE_SOURCE_DIR}/cmake/jemalloc_conf.c")
  target_link_libraries(cutaway_allocator INTERFACE "${CUTAWAY_JEMALLOC}")
endif()

include(embed)
include(imgui)
include(fonts)
