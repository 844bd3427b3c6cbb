// Lists of docker: filters, templates, titles.
#include <gtest/gtest.h>

#include "spec/config.h"
#include "spec/docker_lists.h"
#include "spec/docker_views.h"

namespace cutaway::spec {
namespace {

const std::vector<ListColumn> kColumns = {{"ID", "CONTAINER ID", true}, {"Names", "NAMES", true}};

std::vector<OrderedJson> rows() {
  return {{{"ID", "aa"}, {"Names", "one"}}, {{"ID", "bb"}, {"Names", "two"}}};
}

TEST(Lists, ShowColumnsTemplatesAndTables) {
  EXPECT_EQ(*list_text(kColumns, rows(), {"", false, "ID"}),
            "CONTAINER ID   NAMES\naa             one\nbb             two\n");
  EXPECT_EQ(*list_text(kColumns, rows(), {"", true, "ID"}), "aa\nbb\n");
  EXPECT_EQ(*list_text(kColumns, rows(), {"{{.Names}}\\t{{.ID}}", false, "ID"}),
            "one\taa\ntwo\tbb\n");
  EXPECT_EQ(*list_text(kColumns, rows(), {"table {{.Names}}\\t{{.ID}}", false, "ID"}),
            "NAMES     CONTAINER ID\none       aa\ntwo       bb\n");
  EXPECT_EQ(*list_text(kColumns, rows(), {"json", false, "ID"}),
            "{\"ID\":\"aa\",\"Names\":\"one\"}\n{\"ID\":\"bb\",\"Names\":\"two\"}\n");
  EXPECT_FALSE(list_text(kColumns, rows(), {"{{.Nope}}", false, "ID"}).has_value());
}

TEST(Lists, OneValueOfAFilterMustFitAndAllLabels) {
  const Filters filters({"name=a", "name=b", "label=x=1"});
  const auto is = [](const char* wanted) {
    return [wanted](const std::string& value) { return value == wanted; };
  };
  EXPECT_TRUE(filters.any("name", is("b")));
  EXPECT_FALSE(filters.any("name", is("c")));
  EXPECT_TRUE(filters.any("id", is("c")));  // nothing asked
  EXPECT_FALSE(filters.all("name", is("a")));
  EXPECT_EQ(filters.of("label"), (std::vector<std::string>{"x=1"}));
  EXPECT_EQ(filters.unknown({"name"}), "label");
  EXPECT_EQ(filters.unknown({"name", "label"}), "");
}

TEST(Lists, NamesOfImagesFitPatterns) {
  EXPECT_TRUE(reference_fits("busybox:latest", "busybox"));
  EXPECT_TRUE(reference_fits("busybox:1", "busy*:1"));
  EXPECT_FALSE(reference_fits("busybox:1", "busybox:2"));
  EXPECT_FALSE(reference_fits("shop/app:1", "*"));  // a star stays within a part
  EXPECT_TRUE(reference_fits("shop/app:1", "shop/*"));
}

TEST(Units, PowersOf1024HaveFourDigits) {
  EXPECT_EQ(binary_size(0), "0B");
  EXPECT_EQ(binary_size(1023), "1023B");
  EXPECT_EQ(binary_size(64 << 20), "64MiB");
  EXPECT_EQ(binary_size(1'568'768), "1.496MiB");
  EXPECT_EQ(binary_size(std::int64_t{2} << 30), "2GiB");
}

TEST(Instruction, ChangesTheConfigOfAnImage) {
  ImageConfig image;
  image.env = {"A=1"};
  EXPECT_EQ(apply_instruction(image, "CMD [\"top\", \"-b\"]"), "");
  EXPECT_EQ(apply_instruction(image, "ENTRYPOINT exec x"), "");
  EXPECT_EQ(apply_instruction(image, "ENV A=2"), "");
  EXPECT_EQ(apply_instruction(image, "LABEL who=\"me\""), "");
  EXPECT_EQ(apply_instruction(image, "RUN rm"), "RUN is not a valid change command");
  EXPECT_EQ(image.cmd, (std::vector<std::string>{"top", "-b"}));
  EXPECT_EQ(image.entrypoint, (std::vector<std::string>{"/bin/sh", "-c", "exec x"}));
  EXPECT_EQ(image.env, (std::vector<std::string>{"A=2"}));
  EXPECT_EQ(image.labels.at("who"), "me");
}

}  // namespace
}  // namespace cutaway::spec
