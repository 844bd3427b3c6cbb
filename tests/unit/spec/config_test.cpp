// What the daemon makes of image and options.
#include "spec/config.h"

#include <gtest/gtest.h>

#include "base/json_value.h"
#include "base/text.h"
#include "trace/abi/abi.h"

namespace cutaway::spec {
namespace {

const std::string kId = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

ImageConfig busybox() {
  ImageConfig image;
  image.cmd = {"sh"};
  image.env = {"PATH=/bin"};
  return image;
}

// `create …` through the client's parser, then the daemon's part.
Result<ContainerConfig> create(const std::string& line, const ImageConfig& image = busybox(),
                               const DaemonFacts& facts = {}) {
  const Parsed parsed = parse_docker_line("create " + line);
  const Command* command = std::get_if<Command>(&parsed);
  if (command == nullptr)
    return fail(ErrorCode::Failed, "client: " + std::get<ClientAnswer>(parsed).err);
  return resolve(image, command->run(), command->args, kId, facts);
}

ContainerConfig created(const std::string& line, const ImageConfig& image = busybox(),
                        const DaemonFacts& facts = {}) {
  const Result<ContainerConfig> config = create(line, image, facts);
  EXPECT_TRUE(config.has_value()) << line << ": " << config.error().message;
  return config ? *config : ContainerConfig();
}

TEST(Config, CommandOfImageAndOptions) {
  struct Case {
    const char* entrypoint;
    const char* cmd;
    const char* line;
    const char* argv;
  };
  const Case cases[] = {
      {"", "sh", "x", "sh"},
      {"", "sh", "x echo hi there", "echo hi there"},
      {"/hello", "", "x", "/hello"},
      {"/hello", "", "x ls", "/hello ls"},
      {"nginx", "-g off", "x", "nginx -g off"},
      {"nginx", "-g off", "x -t", "nginx -t"},
      {"nginx", "-g off", "--entrypoint sh x", "sh"},
      {"nginx", "-g off", "--entrypoint sh x -c ls", "sh -c ls"},
      {"nginx", "-g off", "--entrypoint '' x ls", "ls"},
  };
  for (const Case& c : cases) {
    ImageConfig image;
    if (*c.entrypoint != 0) image.entrypoint = split(c.entrypoint, ' ');
    if (*c.cmd != 0) image.cmd = split(c.cmd, ' ');
    EXPECT_EQ(join(created(c.line, image).argv, " "), c.argv) << c.line;
  }
}

TEST(Config, Environment) {
  ImageConfig image = busybox();
  image.env = {"PATH=/opt:/bin", "LANG=C", "A=image"};
  EXPECT_EQ(
      created("x", image).env,
      (std::vector<std::string>{"PATH=/opt:/bin", "HOSTNAME=0123456789ab", "LANG=C", "A=image"}));
  EXPECT_EQ(created("-t -e A=1 -e B=2 -e LANG x", image).env,
            (std::vector<std::string>{"PATH=/opt:/bin", "HOSTNAME=0123456789ab", "TERM=xterm",
                                      "A=1", "B=2"}));
  image.env.clear();
  EXPECT_EQ(created("-h box -e PATH=/x x", image).env,
            (std::vector<std::string>{"PATH=/x", "HOSTNAME=box"}));
  EXPECT_EQ(created("x", image).env[0], "PATH=" + std::string(kDefaultPath));
}

TEST(Config, ProcessAndStreams) {
  ImageConfig image = busybox();
  image.user = "app";
  image.working_dir = "/srv";
  image.stop_signal = "SIGQUIT";
  ContainerConfig config = created("x", image);
  EXPECT_EQ(config.user, "app");
  EXPECT_EQ(config.workdir, "/srv");
  EXPECT_EQ(config.stop_signal, "SIGQUIT");
  EXPECT_EQ(config.stop_timeout_s, 10);
  EXPECT_TRUE(config.attach_stdout && config.attach_stderr && !config.attach_stdin &&
              !config.open_stdin);
  config = created(
      "-it -u 1000:1000 -w /x --stop-signal int --stop-timeout 3 --init --rm --name /web x", image);
  EXPECT_EQ(config.user, "1000:1000");
  EXPECT_EQ(config.workdir, "/x");
  EXPECT_EQ(config.stop_signal, "SIGINT");
  EXPECT_EQ(config.stop_timeout_s, 3);
  EXPECT_EQ(config.name, "web");
  EXPECT_TRUE(config.tty && config.open_stdin && config.stdin_once && config.init &&
              config.auto_remove);
}

TEST(Config, NothingAskedNothingLimited) {
  const ConfigLimits limits = created("x").limits;
  EXPECT_EQ(limits.memory_bytes + limits.memory_swap_bytes + limits.cpu_quota_us +
                limits.cpu_shares + limits.pids,
            0);
  EXPECT_EQ(limits.shm_bytes, 64 << 20);
}

TEST(Config, LimitsAsTheDaemonSetsThem) {
  const ConfigLimits limits =
      created("-m 64m --cpus 1.5 --pids-limit 20 -c 1 --shm-size 1m x").limits;
  EXPECT_EQ(limits.memory_bytes, 64 << 20);
  EXPECT_EQ(limits.memory_swap_bytes, 128 << 20) << "twice the memory";
  EXPECT_EQ(limits.cpu_period_us, 100'000);
  EXPECT_EQ(limits.cpu_quota_us, 150'000);
  EXPECT_EQ(limits.pids, 20);
  EXPECT_EQ(limits.cpu_shares, 2) << "raised to the least that Linux takes";
  EXPECT_EQ(limits.shm_bytes, 1 << 20);
  EXPECT_EQ(created("-m 64m --memory-swap -1 x").limits.memory_swap_bytes, -1);
  EXPECT_EQ(created("--pids-limit -1 x").limits.pids, 0);
}

TEST(Config, Namespaces) {
  ContainerConfig config = created("x");
  EXPECT_EQ(config.hostname, "0123456789ab");
  EXPECT_EQ(config.network, "bridge");
  EXPECT_EQ(config.pid.mode, NamespaceMode::Private);
  EXPECT_EQ(config.userns.mode, NamespaceMode::Host);
  EXPECT_EQ(config.cgroupns.mode, NamespaceMode::Private);
  config = created("--network host --pid container:abc --ipc shareable --uts host x", busybox(),
                   {2, true, "box"});
  EXPECT_EQ(config.net.mode, NamespaceMode::Host);
  EXPECT_EQ(config.pid.mode, NamespaceMode::Container);
  EXPECT_EQ(config.pid.container, "abc");
  EXPECT_EQ(config.ipc.mode, NamespaceMode::Shareable);
  EXPECT_EQ(config.hostname, "box");
  EXPECT_EQ(created("x", busybox(), {2, false, "box"}).cgroupns.mode, NamespaceMode::Host);
  EXPECT_EQ(created("--network mynet --network-alias db x").network, "mynet");
}

std::string capability_names(std::uint64_t bits) {
  std::vector<std::string> names;
  for (int i = 0; i < abi::kCapabilityCount; ++i) {
    if ((bits >> i & 1) != 0) names.push_back(std::string(abi::capability_name(i)).substr(4));
  }
  return join(names, " ");
}

TEST(Config, Rights) {
  EXPECT_EQ(capability_names(created("x").capabilities),
            "CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW "
            "SYS_CHROOT MKNOD "
            "AUDIT_WRITE SETFCAP");
  EXPECT_EQ(capability_names(created("--cap-drop ALL --cap-add net_admin x").capabilities),
            "NET_ADMIN");
  EXPECT_EQ(created("--cap-add ALL --cap-drop CHOWN x").capabilities, abi::kAllCapabilities - 1);
  EXPECT_EQ(created("--cap-add SYS_TIME --cap-drop CHOWN x").capabilities,
            (0xa80425fbULL | 1ULL << 25) & ~1ULL);
  const ContainerConfig privileged = created("--privileged x");
  EXPECT_EQ(privileged.capabilities, abi::kAllCapabilities);
  EXPECT_FALSE(privileged.seccomp || privileged.mask_paths);
  const ContainerConfig open =
      created("--security-opt seccomp=unconfined --security-opt no-new-privileges x");
  EXPECT_TRUE(!open.seccomp && open.no_new_privileges && open.mask_paths);
  EXPECT_FALSE(created("--security-opt systempaths=unconfined x").mask_paths);
}

TEST(Config, Mounts) {
  ImageConfig image = busybox();
  image.volumes = {"/data", "/var/x"};
  const ContainerConfig config = created(
      "-v /a:/b:ro -v vol:/data -v /anon --tmpfs /t:size=1m --mount "
      "type=bind,source=/s,target=/d,readonly x",
      image);
  ASSERT_EQ(config.mounts.size(), 4U);
  EXPECT_EQ(config.mounts[0].type, "bind");
  EXPECT_TRUE(config.mounts[0].read_only);
  EXPECT_EQ(config.mounts[1].type, "volume");
  EXPECT_EQ(config.mounts[2].source, "/s");
  EXPECT_EQ(config.mounts[3].options, "size=1m");
  ASSERT_EQ(config.anonymous_volumes.size(), 2U);
  ContainerConfig named = config;
  name_volumes(named, {{"/anon", "aa"}, {"/var/x", "bb"}});
  ASSERT_EQ(named.mounts.size(), 6U);
  EXPECT_TRUE(named.mounts[4].anonymous);
  EXPECT_EQ(named.mounts[5].source, "bb");
}

TEST(Config, Ports) {
  ImageConfig image = busybox();
  image.exposed_ports = {"80/tcp", "443/tcp"};
  const ContainerConfig config = created("-p 8080:80 x", image);
  ASSERT_EQ(config.ports.size(), 2U);
  EXPECT_TRUE(config.ports[0].published);
  EXPECT_EQ(config.ports[1].container_port, 443);
  EXPECT_FALSE(config.ports[1].published);
}

TEST(Config, TheDaemonsRefusals) {
  const std::pair<const char*, const char*> cases[] = {
      {"-m 4m x", "Minimum memory limit allowed is 6MB"},
      {"-m 64m --memory-swap 32m x",
       "Minimum memoryswap limit should be larger than memory limit, see usage"},
      {"--memory-swap 32m x",
       "You should always set the Memory limit when using Memoryswap limit, see usage"},
      {"-m 10m --memory-reservation 20m x",
       "Minimum memory limit can not be less than memory reservation limit, see usage"},
      {"--cpus 3 x", "range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available"},
      {"--cpus -1 x", "range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available"},
      {"--cpus 1 --cpu-quota 50000 x",
       "Conflicting options: Nano CPUs and CPU Quota cannot both be set"},
      {"--cpu-period 10 x",
       "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)"},
      {"--oom-score-adj 2000 x", "Invalid value 2000, range for oom score adj is [-1000, 1000]"},
      {"--entrypoint '' x", "no command specified"},
      {"-w rel x", "the working directory 'rel' is invalid, it needs to be an absolute path"},
      {"--stop-signal FOO x", "invalid signal: FOO"},
      {"--name 'a b' x",
       "Invalid container name (a b), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"},
      {"--restart x x",
       "invalid restart policy: unknown policy 'x'; use one of 'no', 'always', 'on-failure', or "
       "'unless-stopped'"},
      {"--restart always:3 x",
       "invalid restart policy: maximum retry count can only be used with 'on-failure'"},
      {"--restart on-failure:-1 x",
       "invalid restart policy: maximum retry count cannot be negative"},
      {"--cap-add foo x", "invalid CapAdd: unknown capability: \"CAP_FOO\""},
      {"--security-opt foo=bar x", "invalid --security-opt 2: \"foo=bar\""},
      {"--ipc x x", "invalid IPC mode: x"},
      {"-v /a:/b:zz x", "invalid mode: zz"},
      {"-v /a:b x",
       "invalid volume specification: '/a:b': invalid mount path: 'b' mount path must be absolute"},
      {"-v /a:/x -v /b:/x x", "Duplicate mount point: /x"},
      {"--network container:a -h foo x", "conflicting options: hostname and the network mode"},
      {"--network container:a -p 80 x",
       "conflicting options: port publishing and the container type network mode"},
  };
  for (const auto& [line, message] : cases) {
    const Result<ContainerConfig> config = create(line);
    ASSERT_FALSE(config.has_value()) << line;
    EXPECT_EQ(config.error().message, message) << line;
  }
}

TEST(Config, ImageJsonIsOciAndDeterministic) {
  ImageConfig image = busybox();
  image.exposed_ports = {"80/tcp"};
  image.labels = {{"b", "2"}, {"a", "1"}};
  image.diff_ids = {"sha256:aa"};
  const std::string text = image_config_json(image);
  EXPECT_EQ(
      text,
      R"({"architecture":"amd64","config":{"Cmd":["sh"],"Env":["PATH=/bin"],"ExposedPorts":{"80/tcp":{}},)"
      R"("Labels":{"a":"1","b":"2"}},"os":"linux","rootfs":{"diff_ids":["sha256:aa"],"type":"layers"}})");
  const Result<ImageConfig> read = image_config_from_json(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(image_config_json(*read), text);
  EXPECT_EQ(
      image_config_json(*image_config_from_json("{\"config\":null,\"history\":[]}")),
      R"({"architecture":"amd64","config":{},"os":"linux","rootfs":{"diff_ids":[],"type":"layers"}})");
}

TEST(Config, ImageJsonOfTheWrongShape) {
  const std::pair<const char*, const char*> cases[] = {
      {"[]", "image config: not an object"},
      {"{", "not JSON"},
      {R"({"config":{"Cmd":"sh"}})", "image config: config.Cmd is not a list of strings"},
      {R"({"config":{"Env":[1]}})", "image config: config.Env is not a list of strings"},
      {R"({"config":[]})", "image config: config is not an object"},
      {R"({"config":{"ExposedPorts":["80"]}})",
       "image config: config.ExposedPorts is not an object"},
      {R"({"rootfs":{"diff_ids":{}}})", "image config: rootfs.diff_ids is not a list of strings"},
      {R"({"os":1})", "image config: os is not a string"},
  };
  for (const auto& [text, message] : cases) {
    const Result<ImageConfig> image = image_config_from_json(text);
    ASSERT_FALSE(image.has_value()) << text;
    EXPECT_EQ(image.error().message, message);
  }
}

TEST(Config, Signals) {
  for (const auto& [text, name] : {std::pair{"TERM", "SIGTERM"},
                                   {"sigterm", "SIGTERM"},
                                   {"15", "SIGTERM"},
                                   {"9", "SIGKILL"}}) {
    std::string normal;
    EXPECT_TRUE(normalize_signal(text, normal));
    EXPECT_EQ(normal, name);
  }
  std::string normal;
  for (const char* text : {"", "FOO", "0", "65", "-1", "SIG"})
    EXPECT_FALSE(normalize_signal(text, normal)) << text;
}

}  // namespace
}  // namespace cutaway::spec
