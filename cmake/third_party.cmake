# Libraries that we did not write: Debian packages, which tools/setup installs.
find_package(nlohmann_json REQUIRED)
find_package(tl-expected REQUIRED)
