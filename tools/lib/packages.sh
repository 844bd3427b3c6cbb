# What Cutaway needs from Debian 12, and why. Sourced by tools/setup.

packages_build=(
  g++ cmake ninja-build pkg-config python3
  lld                                 # links in a fifth of the time
  dpkg-dev ca-certificates xz-utils   # to fetch and unpack source packages (tools/lib/sources.sh)
  python3-glad                        # writes the OpenGL loader
  libglfw3-dev libgl-dev              # the window
  libgl1-mesa-dri                     # OpenGL without a graphics card
  nlohmann-json3-dev libexpected-dev libcli11-dev libstb-dev
  libjemalloc-dev                     # allocates from huge pages
  liblz4-dev nettle-dev               # compression of traces, SHA-256 by the cpu's own instructions
  libvterm-dev                        # what a terminal shows
  libedit-dev                         # editing and history of lines (cutaway shell)
  libseccomp-dev                      # compiles docker's seccomp profile to a filter
  libarchive-dev                      # layers of images are tar archives
  busybox-static                      # goes into the busybox image of the real side's hub
  fonts-inter fonts-jetbrains-mono    # built into the program
  ffmpeg                              # not to build: videos (cutaway render --video)
)
packages_tests=(
  libgtest-dev libbenchmark-dev
  clang-14 clang-tidy-14 clang-format-14 libclang-rt-14-dev
  xvfb xauth xdotool                  # one test drives the window
  strace                              # the tracer is held to what it sees
  python3-jsonschema git
)
packages_web=(emscripten nodejs)
packages_vm=(qemu-system-x86 seabios cpio)  # another kernel, with cgroup v2 (./test vm)
