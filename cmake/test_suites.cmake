# Read by ctest when it starts, not by a build: each suite of a GoogleTest program is a test of ctest.
# (gtest_discover_tests makes one of every TEST: to start a sanitized program 3,500 times takes longer than most of them.)

# cutaway_add_suites(<name> <program> <folder> <launcher> [property value]…): tests <name>.<Suite>; the largest start first.
function(cutaway_add_suites name program folder launcher)
  execute_process(COMMAND "${program}" --gtest_list_tests WORKING_DIRECTORY "${folder}" TIMEOUT 60
    OUTPUT_VARIABLE listed RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${program} --gtest_list_tests ended with ${status}: is it built?")
  endif()
  # What a list of CMake would take for its own signs stands in parameters only.
  string(REGEX REPLACE "[][;]" "_" listed "${listed}")
  string(REPLACE "\n" ";" lines "${listed}")
  set(suite "")
  foreach(line IN LISTS lines)
    if(line MATCHES "^  ")
      math(EXPR tests "${tests} + 1")
      set_tests_properties("${name}.${suite}" PROPERTIES COST ${tests})
    elseif(line MATCHES "^([^ ]+)\\.( *#.*)?$")
      set(suite "${CMAKE_MATCH_1}")
      set(tests 0)
      add_test("${name}.${suite}" ${launcher} "${program}" "--gtest_filter=${suite}.*")
      set_tests_properties("${name}.${suite}" PROPERTIES WORKING_DIRECTORY "${folder}" TIMEOUT 1200 ${ARGN})
    endif()
  endforeach()
endfunction()
