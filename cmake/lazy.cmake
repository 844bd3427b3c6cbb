# Libraries that most runs do not need: loaded when one of their functions is called for the first time, not at each
# start. Together they and what they bring (libarchive: libxml2, ICU …; GLFW: X11) take longer to load than a container
# takes to start.
#
#   cutaway_lazy_library(<name> <target> FUNCTIONS f g …)
#       library cutaway_lazy_<name>: headers and options of <target> (one of pkg-config's or with IMPORTED_LOCATION), and a
#       stub for each function. A function that is missing here is an undefined symbol at link time.
#
# Where the stubs know no instructions (cmake/lazy/library.c.in), the library is linked as usual.
function(cutaway_lazy_library name target)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "FUNCTIONS")
  if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64|AMD64")
    add_library(cutaway_lazy_${name} INTERFACE)
    target_link_libraries(cutaway_lazy_${name} INTERFACE ${target})
    return()
  endif()
  get_target_property(file ${target} INTERFACE_LINK_LIBRARIES)
  if(NOT file MATCHES "^/.*\\.so$")
    get_target_property(file ${target} IMPORTED_LOCATION_NONE)
  endif()
  execute_process(COMMAND "${CMAKE_OBJDUMP}" -p "${file}" OUTPUT_VARIABLE about COMMAND_ERROR_IS_FATAL ANY)
  if(NOT about MATCHES "SONAME +([^\n]+)")
    message(FATAL_ERROR "${file} of ${target} does not say its name")
  endif()
  set(soname "${CMAKE_MATCH_1}")
  list(TRANSFORM arg_FUNCTIONS REPLACE "(.+)" "FUNCTION(\\1)" OUTPUT_VARIABLE rows)
  list(JOIN rows " \\\n  " rows)
  configure_file("${CMAKE_SOURCE_DIR}/cmake/lazy/library.c.in" "${CMAKE_CURRENT_BINARY_DIR}/lazy/${name}.c" @ONLY)
  add_library(cutaway_lazy_${name} STATIC EXCLUDE_FROM_ALL "${CMAKE_CURRENT_BINARY_DIR}/lazy/${name}.c")
  get_target_property(includes ${target} INTERFACE_INCLUDE_DIRECTORIES)
  if(includes)
    target_include_directories(cutaway_lazy_${name} SYSTEM INTERFACE ${includes})
  endif()
  target_link_libraries(cutaway_lazy_${name} PUBLIC ${CMAKE_DL_LIBS})
endfunction()
