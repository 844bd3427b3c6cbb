# The hub that comes with the program (real/image/hub.h): build/bin/hub for preset release, else build/<preset>/app/hub,
# beside the program. CUTAWAY_HUB_FOLDER tells tests where.
if(CMAKE_RUNTIME_OUTPUT_DIRECTORY)
  set(hub_folder "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/hub")
else()
  set(hub_folder "${CMAKE_BINARY_DIR}/app/hub")
endif()
set(CUTAWAY_HUB_FOLDER "${hub_folder}" CACHE INTERNAL "the hub that comes with the program")

# No C library, no start-up code, nothing that a sanitizer or a stack protector would want from one. -O2: the text is
# one constant, and the stack is as the kernel left it (_start is entered without a return address).
add_executable(cutaway_hello_world image/hello_world/hello_world.cpp)
target_include_directories(cutaway_hello_world PRIVATE "${CMAKE_SOURCE_DIR}")
target_link_libraries(cutaway_hello_world PRIVATE cutaway_flags)
target_compile_options(cutaway_hello_world PRIVATE -O2 -ffreestanding -fno-exceptions -fno-rtti -fno-stack-protector
  -fno-asynchronous-unwind-tables -fno-pic -fno-sanitize=all)
target_link_options(cutaway_hello_world PRIVATE -nostdlib -static -no-pie -fno-sanitize=all -Wl,--build-id=none -s)
set_target_properties(cutaway_hello_world PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")

set(busybox /bin/busybox)  # of package busybox-static
cutaway_require("${busybox}")
cutaway_program(cutaway_hub_tool SOURCES image/tool/hub_tool.cpp DEPS real)
set_target_properties(cutaway_hub_tool PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
add_custom_command(OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/hub.stamp"
  COMMAND cutaway_hub_tool "${hub_folder}" "busybox=${busybox}" "hello-world=$<TARGET_FILE:cutaway_hello_world>"
  COMMAND "${CMAKE_COMMAND}" -E touch "${CMAKE_CURRENT_BINARY_DIR}/hub.stamp"
  DEPENDS cutaway_hub_tool cutaway_hello_world "${busybox}"
  COMMENT "Writing the hub to ${hub_folder}" VERBATIM)
add_custom_target(cutaway_hub ALL DEPENDS "${CMAKE_CURRENT_BINARY_DIR}/hub.stamp")
