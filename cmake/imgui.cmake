# Dear ImGui from source: `imgui` draws into lists and needs no window (native, web and tests use this one), and
# `imgui_app` adds the window (GLFW) and OpenGL 3 through `glad`.

set(IMGUI_SOURCE_DIR "" CACHE PATH "Source of Dear ImGui 1.90.1, when it is not in build/third_party/imgui")
set(imgui_source "${IMGUI_SOURCE_DIR}")
if(NOT imgui_source)
  set(imgui_source "${CUTAWAY_THIRD_PARTY}/imgui")
elseif(NOT EXISTS "${imgui_source}/imgui.h")
  message(FATAL_ERROR "IMGUI_SOURCE_DIR=${imgui_source} holds no imgui.h")
endif()
if(NOT EXISTS "${imgui_source}/imgui.h")
  # Not on Debian, or tools/setup has not run.
  message(STATUS "${imgui_source} is not there (tools/setup brings it): fetching Dear ImGui from its authors")
  include(FetchContent)
  FetchContent_Declare(imgui_upstream GIT_REPOSITORY https://github.com/ocornut/imgui.git GIT_TAG v1.90.1 GIT_SHALLOW ON)
  FetchContent_MakeAvailable(imgui_upstream)
  set(imgui_source "${imgui_upstream_SOURCE_DIR}")
endif()

add_library(imgui STATIC EXCLUDE_FROM_ALL
  "${imgui_source}/imgui.cpp" "${imgui_source}/imgui_draw.cpp" "${imgui_source}/imgui_tables.cpp"
  "${imgui_source}/imgui_widgets.cpp" "${imgui_source}/misc/cpp/imgui_stdlib.cpp" cmake/imgui/imgui_context.cpp
  cmake/imgui/imgui_test_hooks.cpp)
target_include_directories(imgui SYSTEM PUBLIC "${imgui_source}" "${imgui_source}/misc/cpp" cmake/imgui)
target_compile_definitions(imgui PUBLIC IMGUI_USER_CONFIG="imgui_user_config.h")
if(CUTAWAY_WEB)
  return()
endif()

# The loader is written at build time from glad's own copy of the OpenGL registry. Without --reproducible and
# --extensions '' it would ask the network, and write 1.5 MB.
set(glad_dir "${CMAKE_BINARY_DIR}/glad")
find_program(CUTAWAY_GLAD glad REQUIRED DOC "python3-glad: run tools/setup")
add_custom_command(OUTPUT "${glad_dir}/src/gl.c" "${glad_dir}/include/glad/gl.h"
  COMMAND "${CUTAWAY_GLAD}" --quiet --reproducible --api gl:core=3.3 --extensions "" --out-path "${glad_dir}" c --loader
  COMMENT "Writing the OpenGL loader" VERBATIM)
add_library(glad STATIC EXCLUDE_FROM_ALL "${glad_dir}/src/gl.c")
target_include_directories(glad SYSTEM PUBLIC "${glad_dir}/include")
target_link_libraries(glad PUBLIC ${CMAKE_DL_LIBS})

find_package(glfw3 REQUIRED)
add_library(imgui_app STATIC EXCLUDE_FROM_ALL
  "${imgui_source}/backends/imgui_impl_glfw.cpp" "${imgui_source}/backends/imgui_impl_opengl3.cpp")
target_include_directories(imgui_app SYSTEM PUBLIC "${imgui_source}/backends")
target_compile_definitions(imgui_app PRIVATE IMGUI_IMPL_OPENGL_LOADER_CUSTOM PUBLIC GLFW_INCLUDE_NONE)
target_compile_options(imgui_app PRIVATE -include glad/gl.h)
cutaway_lazy_library(glfw glfw FUNCTIONS
  glfwCreateStandardCursor glfwCreateWindow glfwDestroyCursor glfwDestroyWindow glfwGetClipboardString
  glfwGetCursorPos glfwGetError glfwGetFramebufferSize glfwGetGamepadState glfwGetInputMode glfwGetKey
  glfwGetKeyName glfwGetProcAddress glfwGetTime glfwGetWindowAttrib glfwGetWindowContentScale glfwGetWindowSize
  glfwInit glfwMakeContextCurrent glfwPollEvents glfwSetCharCallback glfwSetClipboardString glfwSetCursor
  glfwSetCursorEnterCallback glfwSetCursorPos glfwSetCursorPosCallback glfwSetErrorCallback
  glfwSetFramebufferSizeCallback glfwSetInputMode glfwSetKeyCallback glfwSetMonitorCallback
  glfwSetMouseButtonCallback glfwSetScrollCallback glfwSetWindowFocusCallback glfwSetWindowRefreshCallback
  glfwSetWindowTitle glfwSwapBuffers glfwSwapInterval glfwTerminate glfwWaitEventsTimeout glfwWindowHint
  glfwWindowShouldClose)
target_link_libraries(imgui_app PUBLIC imgui glad cutaway_lazy_glfw)
