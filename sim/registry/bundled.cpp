#include "sim/registry/bundled.h"

#include "spec/bundled_images.h"
#include "spec/litmus_text.h"

namespace cutaway::sim {

namespace {

ImageFile image_file(const spec::FileSpec& spec) {
  ImageFile file;
  file.mode = spec.mode;
  file.uid = spec.uid;
  file.link = spec.link;
  using Kind = spec::FileSpec::Kind;
  const bool litmus = spec.kind == Kind::Litmus;
  file.program = litmus ? "litmus" : spec.program;
  file.content = file.program.empty() ? spec.bytes : program_content(file.program);
  if (litmus) file.content += spec::litmus_text(spec.litmus);
  file.size = static_cast<std::int64_t>(file.content.size());
  return file;
}

}  // namespace

ImageSource image_source(const spec::ScenarioImage& image) {
  ImageSource source;
  source.ref = image.ref;
  source.config = image.config;
  for (const spec::FileSet& layer : image.layers) {
    std::map<std::string, ImageFile> files;
    for (const auto& [path, spec] : layer) {
      const bool folder = spec.kind == spec::FileSpec::Kind::Directory;
      files[folder && path.back() != '/' ? path + "/" : path] = image_file(spec);
    }
    source.layers.push_back(std::move(files));
  }
  return source;
}

void set_program_sizes(ImageSource& image, const ProgramTable& programs) {
  const bool foreign = image.config.architecture != "amd64";
  for (auto& files : image.layers) {
    for (auto& [path, file] : files) {
      // Instructions of another cpu: this machine's kernel knows no such format (ENOEXEC).
      if (foreign && !file.program.empty())
        file.content =
            "\x7f"
            "ELF " +
            image.config.architecture + " " + file.program + "\n";
      const ProgramRow* row = file.program.empty() ? nullptr : programs.find(file.program);
      if (row != nullptr) file.size = row->file_bytes;
    }
  }
}

std::vector<ImageSource> bundled_images() {
  std::vector<ImageSource> images;
  for (const spec::ScenarioImage& image : spec::bundled_images())
    images.push_back(image_source(image));
  for (const spec::ScenarioImage& image : spec::stand_in_images())
    images.push_back(image_source(image));
  return images;
}

}  // namespace cutaway::sim
