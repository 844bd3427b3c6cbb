# Puts files into the program.
#
#   cutaway_embed(<target> [BASE <folder>] FILES <file>…)
#       makes a static library <target> with the header "embedded/<target>.h":
#           std::span<const cutaway::EmbeddedFile> <target>();   // {path below BASE, bytes}, in the order of FILES
#       A file that changes is embedded again by the next build. Give FILES by file(GLOB … CONFIGURE_DEPENDS).
#
# Works the same for the web. It needs no other tool: C arrays are written by CMake itself (embed_files.cmake).

# Writes `const unsigned char <symbol>[]` and `const unsigned <symbol>_size` of some files into one C file at build time.
# `rows`: "<symbol> <file>" each.
function(cutaway_embed_arrays out_c name)
  set(c_file "${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.c")
  set(list_file "${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.list")
  list(JOIN ARGN "\n" rows)
  file(CONFIGURE OUTPUT "${list_file}" CONTENT "${rows}\n" @ONLY)
  list(TRANSFORM ARGN REPLACE "^[^ ]+ " "" OUTPUT_VARIABLE files)
  add_custom_command(OUTPUT "${c_file}"
    COMMAND "${CMAKE_COMMAND}" "-DLIST=${list_file}" "-DOUT=${c_file}" -P "${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake"
    DEPENDS ${files} "${list_file}" "${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake"
    COMMENT "Embedding ${name}" VERBATIM)
  set(${out_c} "${c_file}" PARENT_SCOPE)
endfunction()

function(cutaway_embed target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "BASE" "FILES")
  set(c_files "")
  set(rows "")
  set(CUTAWAY_DECLARATIONS "")
  set(CUTAWAY_ROWS "")
  foreach(file IN LISTS arg_FILES)
    cmake_path(ABSOLUTE_PATH file NORMALIZE)
    set(path "${file}")
    if(arg_BASE)
      cmake_path(ABSOLUTE_PATH arg_BASE NORMALIZE OUTPUT_VARIABLE base)
      cmake_path(RELATIVE_PATH path BASE_DIRECTORY "${base}")
    endif()
    string(MAKE_C_IDENTIFIER "${target}_${path}" symbol)
    list(APPEND rows "${symbol} ${file}")
    string(APPEND CUTAWAY_DECLARATIONS "extern \"C\" const unsigned char ${symbol}[];\nextern \"C\" const unsigned ${symbol}_size;\n")
    string(APPEND CUTAWAY_ROWS "      row(\"${path}\", ${symbol}, ${symbol}_size),\n")
  endforeach()
  # Fifty at a time: starting CMake and a compiler for each would take minutes.
  set(part 0)
  while(rows)
    list(SUBLIST rows 0 50 some)
    list(REMOVE_ITEM rows ${some})
    cutaway_embed_arrays(c_file ${target}_${part} ${some})
    list(APPEND c_files "${c_file}")
    math(EXPR part "${part} + 1")
  endwhile()
  set(CUTAWAY_TARGET ${target})
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/embedded/${target}")
  configure_file("${CMAKE_SOURCE_DIR}/cmake/embedded.h.in" "${generated}/embedded/${target}.h" @ONLY)
  configure_file("${CMAKE_SOURCE_DIR}/cmake/embedded.cpp.in" "${generated}/${target}.cpp" @ONLY)
  add_library(${target} STATIC "${generated}/${target}.cpp" ${c_files})
  target_include_directories(${target} PUBLIC "${generated}" "${CMAKE_SOURCE_DIR}/cmake/embedded")
endfunction()
