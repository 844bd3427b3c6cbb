# How rooms, programs and tests are made. Everything that is the same for all of them is said here, once.
#
#   cutaway_room(<name> [SOURCES a.cpp …] [NATIVE_SOURCES os/b.cpp …] [DEPS base trace lib …])
#       static library cutaway_<name>; NATIVE_SOURCES are left out of the web build
#   cutaway_program(<name> SOURCES … [DEPS …])
#       executable, in build/bin for preset release; one that opens a window adds ${CUTAWAY_WINDOW_SOURCES}
#   cutaway_test(<name> SOURCES … [DEPS …] [LABELS unit …] [AS_ONE])
#       GoogleTest executable; each suite in it is a test of ctest, named <name>.Suite (cmake/test_suites.cmake);
#       AS_ONE: all of it is one test, <name>.all, whose suites share what they worked out
#   cutaway_system_test(<name> SOURCES … [DEPS …] [BY_SUITE])
#       the same for what changes the machine: label system, one at a time, in a mount namespace of its own and under
#       tools/guard, which fails it when it leaves the machine another; skipped when we are not root. Every TEST is a
#       test of ctest, named <name>.Suite.Case; with BY_SUITE, for many short ones, each suite
#
# In DEPS a room is called by its name, any other library by its target. Includes start at the top of the
# repository: #include "trace/side.h".

set(cutaway_room_names base trace spec sim real viz scenarios lessons app)

# Flags for our code only. Third-party code is compiled without them, and its headers are SYSTEM.
add_library(cutaway_flags INTERFACE)
target_compile_features(cutaway_flags INTERFACE cxx_std_20)
target_compile_options(cutaway_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
# What ./run builds on somebody's machine, with whatever compiler is there, does not fail for a warning.
if(CUTAWAY_TESTS OR CUTAWAY_WEB)
  target_compile_options(cutaway_flags INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees uninitialised values in moved variants and in its own instrumentation; and in the optimised code of a
  # precompiled <string>, which it no longer takes for a system header, copies beyond their ends.
  target_compile_options(cutaway_flags INTERFACE -Wno-maybe-uninitialized -Wno-array-bounds -Wno-restrict
    -Wno-stringop-overflow -Wno-stringop-overread)
  # It clears its memory up after each 128 MB, a tenth of the time to compile; few files need a gigabyte.
  add_compile_options(--param=ggc-min-heapsize=1000000)
endif()

# These two hold for third-party code as well: a program is sanitized, or compiled for the web, as a whole.
if(CUTAWAY_SANITIZE)
  # The three that are left out instrument every member access and double the time to compile. The address sanitizer
  # stops at null and beyond objects on its own; a misaligned access goes unseen.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=null,alignment,object-size
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(CUTAWAY_FUZZER)
  # "function" puts words before each function, which clang 14 cannot do for the parts of a coroutine.
  add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize=function)
endif()
# What is tested is watched for undefined behaviour, not the tests: a tenth of the time to compile them.
set(cutaway_test_options $<$<BOOL:${CUTAWAY_SANITIZE}>:-fno-sanitize=undefined>)
if(CUTAWAY_WEB)
  add_compile_options(-fexceptions)
  add_link_options(-fexceptions)
  # emscripten's linker finds Debian's node modules also when node itself does not come from Debian.
  set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs")
  target_compile_options(cutaway_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-fcoroutines-ts> $<$<COMPILE_LANGUAGE:CXX>:-Wno-deprecated-experimental-coroutine>)
endif()

# GNU ld takes half a minute for a sanitized program, lld a fifth of that, and there are forty programs.
find_program(CUTAWAY_LLD ld.lld DOC "lld: run tools/setup")
if(CUTAWAY_LLD AND NOT CUTAWAY_WEB)
  add_link_options(-fuse-ld=lld)
endif()

# What most files include is parsed once, which saves a quarter of the time to compile. It stands in for no #include: clang
# (tidy.clang_tidy, and the preset of that name) reads every file without it.
function(cutaway_precompile name)
  add_library(${name} OBJECT "${CMAKE_SOURCE_DIR}/cmake/pch/empty.cpp")
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE cutaway_flags cutaway_headers)
  target_precompile_headers(${name} PRIVATE <algorithm> "${CMAKE_SOURCE_DIR}/base/text.h"
    "${CMAKE_SOURCE_DIR}/trace/event/event.h" "${CMAKE_SOURCE_DIR}/trace/log/trace.h"
    "${CMAKE_SOURCE_DIR}/trace/world/world.h" ${ARGN})
endfunction()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" OR CUTAWAY_WEB)
  cutaway_precompile(cutaway_pch)
  if(CUTAWAY_TESTS AND NOT CUTAWAY_WEB)
    cutaway_precompile(cutaway_test_pch <gtest/gtest.h>)
    # As GTest::gtest defines it for the tests: else the header would be another one.
    target_compile_definitions(cutaway_test_pch PRIVATE GTEST_HAS_PTHREAD=1)
    target_compile_options(cutaway_test_pch PRIVATE ${cutaway_test_options})
  endif()
endif()
# cutaway_use_pch(<target> <which>): where there is one.
function(cutaway_use_pch target which)
  if(TARGET ${which})
    target_precompile_headers(${target} REUSE_FROM ${which})
  endif()
endfunction()

# Sources of a target are compiled a dozen at a time: what they all make of the standard library's templates, most of a
# compiler's work, is made once. So names in anonymous namespaces of one room must differ. -DCUTAWAY_JOIN=OFF compiles
# each file on its own.
option(CUTAWAY_JOIN "Compile sources of a target a dozen at a time" ON)
function(cutaway_join target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${CUTAWAY_JOIN} UNITY_BUILD_BATCH_SIZE 12)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # It takes an anonymous namespace for a header's when the file is not the one it was given.
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-subobject-linkage>)
  endif()
endfunction()

# Not for fuzzers: their driver has options of its own.
add_library(cutaway_sanitizer_options INTERFACE)
if(CUTAWAY_SANITIZE AND NOT CUTAWAY_FUZZER)
  add_library(cutaway_sanitizer_object OBJECT "${CMAKE_SOURCE_DIR}/cmake/sanitizer_options.c")
  target_sources(cutaway_sanitizer_options INTERFACE $<TARGET_OBJECTS:cutaway_sanitizer_object>)
endif()

set(CUTAWAY_WINDOW_SOURCES "")
if(CUTAWAY_SANITIZE)
  set(CUTAWAY_WINDOW_SOURCES "${CMAKE_SOURCE_DIR}/cmake/dlclose_stub.c")
endif()

# Turns names of rooms into names of their targets.
function(cutaway_targets_of out)
  set(targets "")
  foreach(dep IN LISTS ARGN)
    if(dep IN_LIST cutaway_room_names)
      list(APPEND targets cutaway_${dep})
    else()
      list(APPEND targets ${dep})
    endif()
  endforeach()
  set(${out} ${targets} PARENT_SCOPE)
endfunction()

function(cutaway_room name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;NATIVE_SOURCES;DEPS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "cutaway_room(${name}): what is '${arg_UNPARSED_ARGUMENTS}'?")
  endif()
  set(sources ${arg_SOURCES})
  if(NOT CUTAWAY_WEB)
    list(APPEND sources ${arg_NATIVE_SOURCES})
  endif()
  cutaway_targets_of(deps ${arg_DEPS})
  if(sources)
    add_library(cutaway_${name} STATIC ${sources})
    target_include_directories(cutaway_${name} PUBLIC "${CMAKE_SOURCE_DIR}")
    target_link_libraries(cutaway_${name} PRIVATE cutaway_flags PUBLIC cutaway_headers ${deps})
    cutaway_use_pch(cutaway_${name} cutaway_pch)
    cutaway_join(cutaway_${name})
  else()
    # Headers only, so far.
    add_library(cutaway_${name} INTERFACE)
    target_include_directories(cutaway_${name} INTERFACE "${CMAKE_SOURCE_DIR}")
    target_link_libraries(cutaway_${name} INTERFACE cutaway_headers ${deps})
  endif()
endfunction()

function(cutaway_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  cutaway_targets_of(deps ${arg_DEPS})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE cutaway_flags cutaway_headers ${deps})
endfunction()

function(cutaway_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "BY_SUITE;AS_ONE" "" "SOURCES;DEPS;LABELS;LAUNCHER;PROPERTIES")
  if(NOT CUTAWAY_TESTS)
    return()
  endif()
  cutaway_program(${name} SOURCES ${arg_SOURCES} DEPS ${arg_DEPS} cutaway_sanitizer_options GTest::gtest_main)
  cutaway_use_pch(${name} cutaway_test_pch)
  cutaway_join(${name})
  target_compile_options(${name} PRIVATE ${cutaway_test_options})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_compile_definitions(${name} PRIVATE CUTAWAY_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  # Listed when ctest starts, not after each link: a build costs no test start.
  if(arg_LAUNCHER AND NOT arg_BY_SUITE)
    # What gtest_discover_tests puts before the program, also without an emulator. One at a time, so these start first.
    set_target_properties(${name} PROPERTIES CROSSCOMPILING_EMULATOR "${arg_LAUNCHER}")
    gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
      WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
      PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 120 COST 10000 ${arg_PROPERTIES})
    return()
  endif()
  if(arg_AS_ONE)
    add_test(NAME ${name}.all COMMAND ${name} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
    set_tests_properties(${name}.all PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 1200 COST 5000)
    return()
  endif()
  set(suites "${CMAKE_CURRENT_BINARY_DIR}/${name}_suites.cmake")
  file(GENERATE OUTPUT "${suites}" CONTENT "include(\"${CMAKE_SOURCE_DIR}/cmake/test_suites.cmake\")
cutaway_add_suites(${name} \"$<TARGET_FILE:${name}>\" \"${CMAKE_SOURCE_DIR}\" \"${arg_LAUNCHER}\"
  LABELS \"${arg_LABELS}\" ${arg_PROPERTIES})\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${suites}")
endfunction()

function(cutaway_system_test name)
  # Debian's own, started for every TEST: one that a version manager puts before it takes longer than the guard.
  find_program(CUTAWAY_GUARD_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
  cutaway_test(${name} ${ARGN} LABELS system PROPERTIES RESOURCE_LOCK machine
    LAUNCHER "${CUTAWAY_GUARD_PYTHON}" -ESsB "${CMAKE_SOURCE_DIR}/tools/guard" run --own-mounts --)
endfunction()
