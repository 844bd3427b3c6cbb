// What a random machine does beside its tasks: namespaces, mounts, files, cgroups, sockets; and the
// engine.
#include "tests/property/generator.h"
#include "trace/world/new_id.h"

namespace cutaway {

void Generator::make_namespace() {
  auto body = filled<NsCreated>();
  body.id = next_ns(world());
  body.owner = NsId{6};
  emit(body);
}

void Generator::join_namespace() {
  const Namespace* ns = any(world().namespaces);
  if (ns == nullptr || ns->type == NsKind::Pid) return remark();
  auto body = filled<NsJoined>();
  body.id = ns->id;
  body.type = ns->type;
  emit(body);
}

void Generator::change_namespace() {
  const Namespace* ns = any(world().namespaces);
  if (ns == nullptr) return remark();
  auto hostname = filled<NsHostnameSet>();
  hostname.id = ns->id;
  auto mapped = filled<NsMapped>();
  mapped.id = ns->id;
  if (random_.below(2) == 0)
    emit(hostname);
  else
    emit(mapped);
}

void Generator::attach_mount() {
  auto fs = filled<FilesystemMade>();
  fs.filesystem.id = next_filesystem(world());
  const FilesystemId id = fs.filesystem.id;
  emit(std::move(fs));
  auto body = filled<MountAttached>();
  body.id = next_mount(world());
  body.fs = id;
  body.ns = NsId{1};
  const Mount* parent = any(world().mounts);
  body.parent = parent == nullptr ? MountId{} : parent->id;
  emit(std::move(body));
}

void Generator::change_mount() {
  const Mount* mount = any(world().mounts);
  if (mount == nullptr) return attach_mount();
  auto remounted = filled<MountRemounted>();
  remounted.ns = mount->ns;
  remounted.id = mount->id;
  auto propagation = filled<MountPropagationSet>();
  propagation.ns = mount->ns;
  propagation.id = mount->id;
  auto root = filled<MountRootMoved>();
  root.ns = mount->ns;
  root.id = mount->id;
  if (random_.below(4) == 0)
    emit(root);
  else if (random_.below(3) == 0)
    emit(MountDetached{mount->ns, mount->id, mount->target});
  else if (random_.below(2) == 0)
    emit(remounted);
  else
    emit(propagation);
}

void Generator::create_file() {
  auto body = filled<FileCreated>();
  body.inode.id = next_inode(world());
  if (const Filesystem* fs = any(world().filesystems)) body.inode.fs = fs->id;
  const Inode* parent = any(world().inodes);
  body.parent = parent == nullptr ? InodeId{} : parent->id;
  body.inode.entries.clear();
  body.inode.content = trace_.blobs.put(random_.text());
  body.linked = false;
  emit(std::move(body));
}

void Generator::change_file() {
  const Inode* inode = any(world().inodes);
  if (inode == nullptr) return create_file();
  auto attributes = filled<FileAttributesSet>();
  attributes.inode = inode->id;
  FileContentSet content;
  content.inode = inode->id;
  content.content = trace_.blobs.put(random_.text());
  if (random_.below(2) == 0)
    emit(attributes);
  else
    emit(content);
}

void Generator::open_file() {
  auto body = filled<FileOpened>();
  body.fd = static_cast<std::int32_t>(random_.below(8));
  body.file.id = next_file(world());
  body.file.kind = FileKind::Inode;
  if (const Inode* inode = any(world().inodes)) body.file.inode = inode->id;
  body.file.content = BlobId{};
  emit(std::move(body));
}

void Generator::use_descriptor() {
  const auto fd = static_cast<std::int32_t>(random_.below(8)),
             other = static_cast<std::int32_t>(random_.below(8));
  auto flags = filled<FileFlagsSet>();
  flags.fd = fd;
  if (random_.below(2) == 0)
    emit(FileDuplicated{other, fd, random_.below(2) == 0});
  else if (random_.below(2) == 0)
    emit(FileClosed{fd});
  else
    emit(flags);
}

void Generator::move_bytes() {
  BytesMoved body;
  body.fd = static_cast<std::int32_t>(random_.below(5));
  random_.fill(body.dir);
  random_.fill(body.is);
  body.text = random_.text();
  if (const OpenFile* file = any(world().files)) body.file = file->id;
  body.data = trace_.blobs.put(body.text);
  body.bytes = static_cast<std::int64_t>(body.text.size() + random_.below(2) * 100);
  emit(std::move(body));
}

void Generator::make_cgroup() {
  auto body = filled<CgroupCreated>();
  body.id = next_cgroup(world());
  body.path = "/c" + std::to_string(body.id.value);
  if (const Cgroup* parent = any(world().cgroups)) body.parent = parent->id;
  emit(std::move(body));
}

void Generator::use_cgroup() {
  const Cgroup* cgroup = any(world().cgroups);
  if (cgroup == nullptr) return make_cgroup();
  auto attributes = filled<CgroupAttributesSet>();
  attributes.id = cgroup->id;
  if (random_.below(6) == 0) return emit(attributes);
  auto limited = filled<CgroupLimited>();
  auto usage = filled<CgroupUsage>();
  auto throttled = filled<CgroupThrottled>();
  limited.id = usage.id = throttled.id = cgroup->id;
  switch (random_.below(4)) {
    case 0:
      return emit(limited);
    case 1:
      return emit(usage);
    case 2:
      return emit(CgroupAttached{cgroup->id, task_, cgroup->path, "unified"});
    default:
      return emit(throttled);
  }
}

// Interfaces, routes, rules and packets of a network namespace.
void Generator::change_network() {
  const Namespace* ns = any(world().namespaces);
  const Socket* socket = any(world().sockets);
  auto link = filled<NetLinkSet>();
  auto addresses = filled<NetAddressesSet>();
  auto route = filled<NetRouteSet>();
  auto rule = filled<NetRuleSet>();
  auto removed = filled<NetLinkRemoved>();
  auto sent = filled<NetSent>();
  link.ns = addresses.ns = route.ns = rule.ns = removed.ns = ns == nullptr ? NsId{} : ns->id;
  addresses.link = link.link.name;
  removed.index = link.link.index;
  removed.name = link.link.name;
  if (socket != nullptr) sent.socket = socket->id;
  emit(std::move(link));
  emit(std::move(addresses));
  emit(std::move(route));
  emit(std::move(rule));
  if (random_.below(2) == 0) emit(std::move(removed));
  emit(std::move(sent));
  emit(filled<NetDropped>());
  if (socket != nullptr && random_.below(2) == 0) emit(NetReceived{socket->id});
}

// The engine's networks.
void Generator::change_networks() {
  auto created = filled<NetworkCreated>();
  const std::string name = created.network.name;
  emit(std::move(created));
  emit(filled<NetworkConnected>());
  emit(filled<ContainerPortsSet>());
  emit(NetworkDisconnected{name, random_.below(2) == 0});
  if (random_.below(2) == 0) emit(NetworkRemoved{name});
}

void Generator::use_network() {
  if (random_.below(3) == 0) return change_network();
  if (random_.below(3) == 0) return change_networks();
  auto made = filled<SocketMade>();
  made.socket.id = next_socket(world());
  made.fd = static_cast<std::int32_t>(random_.below(8));
  if (random_.below(2) == 0)
    emit(std::move(made));
  else
    emit(filled<NetConnected>());
}

void Generator::run_command() {
  emit(filled<CliTyped>());
  auto request = filled<ApiRequested>();
  request.id = next_request(world());
  const RequestId id = request.id;
  emit(std::move(request));
  emit(ApiAnswered{id, 200});
  emit(CliPrinted{"stderr", trace_.blobs.put(random_.text()), 5});
  emit(filled<CliDone>());
}

void Generator::pull_image() {
  emit(filled<ImageLookedUp>());
  emit(filled<LayerFetched>());
  emit(filled<LayerUnpacked>());
  emit(filled<ImageTagged>());
}

void Generator::create_container() {
  if (world().containers.size() > 6) return change_container();
  auto body = filled<ContainerCreated>();
  body.container.number = next_container(world());
  body.container.id = std::string(60, 'c') + std::to_string(1000 + body.container.number.value);
  body.container.log_stdout.clear();
  body.container.log_stderr.clear();
  emit(std::move(body));
}

void Generator::change_container() {
  const Container* container = any(world().containers);
  if (container == nullptr) return create_container();
  if (world().tasks.contains(task_)) emit(ContainerStarted{task_, {}});
  if (random_.below(2) == 0)
    emit(filled<ContainerExited>());
  else
    emit(ContainerLogged{"stdout", trace_.blobs.put(random_.text()), 5});
}

void Generator::make_call() {
  Syscall call;
  call.sys = static_cast<abi::Sys>(random_.below(335));
  call.args = {Arg::integer(static_cast<std::int64_t>(random_.below(100000))),
               Arg::bytes(random_.text()), Arg::fd(3, "pipe:[17]")};
  random_.fill(call.ret);
  random_.fill(call.dur);
  ++calls_;
  emit(std::move(call));
}

void Generator::remark() { emit(filled<Note>()); }

}  // namespace cutaway
