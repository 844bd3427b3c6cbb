// redis-server and redis-cli, as far as lessons about networks need them: one process that keeps
// values in memory and answers over TCP, and a client.
#include <map>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/net_tools.h"
#include "sim/programs/standins/resp.h"
#include "sim/programs/standins/standins.h"

namespace cutaway::sim {
namespace {

using Words = std::vector<std::string>;
using Values = std::map<std::string, std::string>;

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

std::string integer(std::int64_t value) { return ":" + decimal(value) + "\r\n"; }

std::string ping(const Words& words, Values&) {
  return words.size() > 1 ? resp_bulk(words[1]) : "+PONG\r\n";
}
std::string echo(const Words& words, Values&) { return resp_bulk(words[1]); }
std::string set(const Words& words, Values& values) {
  values[words[1]] = words[2];
  return "+OK\r\n";
}
std::string get(const Words& words, Values& values) {
  const auto found = values.find(words[1]);
  return found == values.end() ? "$-1\r\n" : resp_bulk(found->second);
}
std::string incr(const Words& words, Values& values) {
  std::int64_t number = 0;
  std::string& value = values[words[1]];
  if (!value.empty() && !parse_decimal(value, number))
    return "-ERR value is not an integer or out of range\r\n";
  value = decimal(++number);
  return integer(number);
}
std::string del(const Words& words, Values& values) {
  std::int64_t gone = 0;
  for (std::size_t i = 1; i < words.size(); ++i)
    gone += static_cast<std::int64_t>(values.erase(words[i]));
  return integer(gone);
}
std::string exists(const Words& words, Values& values) {
  std::int64_t there = 0;
  for (std::size_t i = 1; i < words.size(); ++i)
    there += static_cast<std::int64_t>(values.count(words[i]));
  return integer(there);
}
std::string keys(const Words& words, Values& values) {
  Words found;
  for (const auto& entry : values) {
    const bool all = words[1] == "*";
    const bool begins = words[1].size() > 1 && words[1].back() == '*' &&
                        starts_with(entry.first, words[1].substr(0, words[1].size() - 1));
    if (all || begins || words[1] == entry.first) found.push_back(entry.first);
  }
  return resp_command(found);
}
std::string size(const Words&, Values& values) {
  return integer(static_cast<std::int64_t>(values.size()));
}
std::string info(const Words&, Values& values) {
  std::string text = "# Server\r\nredis_version:7.4.0\r\nredis_mode:standalone\r\n";
  if (!values.empty())
    text += "\r\n# Keyspace\r\ndb0:keys=" + decimal(static_cast<std::int64_t>(values.size())) +
            ",expires=0,avg_ttl=0\r\n";
  return resp_bulk(text);
}

struct CommandRow {
  std::string_view name;
  std::size_t least;  ///< words, with the command's own
  std::string (*answer)(const Words&, Values&);
};
constexpr CommandRow kCommands[] = {
    {"PING", 1, ping}, {"ECHO", 2, echo},   {"SET", 3, set},   {"GET", 2, get},
    {"INCR", 2, incr}, {"DEL", 2, del},     {"KEYS", 2, keys}, {"EXISTS", 2, exists},
    {"INFO", 1, info}, {"DBSIZE", 1, size},
};

std::string answer_to(const Words& words, Values& values) {
  if (words.empty()) return "-ERR empty command\r\n";
  const std::string name = upper(words[0]);
  for (const CommandRow& row : kCommands) {
    if (row.name != name) continue;
    if (words.size() >= row.least) return row.answer(words, values);
    return "-ERR wrong number of arguments for '" + words[0] + "' command\r\n";
  }
  return "-ERR unknown command '" + words[0] + "': this stand-in for redis does not know it\r\n";
}

Words words_of(const RespValue& value) {
  Words words;
  for (const RespValue& item : value.items) words.push_back(item.text);
  return words;
}

// What a client has sent and is not answered yet, by descriptor.
using Clients = std::map<std::int64_t, std::string>;

// The answers to all whole commands of a client.
std::string answers(std::string* pending, Values& values) {
  std::string text;
  while (true) {
    const RespValue value = resp_read(*pending);
    if (value.length == 0) return text;
    pending->erase(0, value.length);
    text += answer_to(words_of(value), values);
  }
}

Co<int> serve_client(Sys sys, std::int64_t fd, Clients* clients, Values* values) {
  const std::int64_t n = co_await sys.read(fd, 16384);
  if (n <= 0) {
    clients->erase(fd);
    co_await sys.close(fd);
    co_return 0;
  }
  std::string& pending = (*clients)[fd];
  pending += sys.reply().data;
  const std::string text = answers(&pending, *values);
  if (text.empty()) co_return 0;
  auto answering = put(sys, fd, text);
  co_return co_await answering;
}

struct ServerPlace {
  std::string host = "127.0.0.1";
  std::string port = "6379";
  Words words;
};
ServerPlace read_arguments(const Words& argv) {
  ServerPlace place;
  std::size_t at = 1;
  for (; at + 1 < argv.size() && (argv[at] == "-h" || argv[at] == "-p"); at += 2)
    (argv[at] == "-h" ? place.host : place.port) = argv[at + 1];
  place.words.assign(argv.begin() + static_cast<std::ptrdiff_t>(at), argv.end());
  return place;
}

// A connection, or −1 with the reason said.
Co<std::int64_t> reach(Sys sys, ServerPlace place) {
  auto resolving = address_of_host(sys, place.host);
  const std::string address = co_await resolving;
  std::string why = "Name or service not known";
  if (!address.empty()) {
    auto connecting = open_stream(sys, address + ":" + place.port);
    const std::int64_t fd = co_await connecting;
    if (fd >= 0) co_return fd;
    why = std::string(abi::errno_text(static_cast<abi::Errno>(-fd)));
  }
  auto telling = put(
      sys, 2, "Could not connect to Redis at " + place.host + ":" + place.port + ": " + why + "\n");
  co_await telling;
  co_return -1;
}

Co<RespValue> ask_redis(Sys sys, std::int64_t fd, Words words) {
  auto asking = put(sys, fd, resp_command(words));
  co_await asking;
  std::string bytes;
  while (true) {
    const std::int64_t n = co_await sys.read(fd, 16384);
    if (n <= 0) co_return RespValue{};
    bytes += sys.reply().data;
    RespValue value = resp_read(bytes);
    if (value.length > 0) co_return value;
  }
}

// One line after the other, until "exit" or the end of stdin.
Co<int> talk(Sys sys, ServerPlace place, bool person) {
  auto reaching = reach(sys, place);
  std::int64_t fd = co_await reaching;
  while (true) {
    const std::string prompt = fd < 0 ? "not connected> " : place.host + ":" + place.port + "> ";
    if (person) {
      auto prompting = put(sys, 1, prompt);
      co_await prompting;
    }
    const std::int64_t n = co_await sys.read(0, 4096);
    if (n <= 0) break;
    Words words;
    const std::string line(trim(sys.reply().data));
    if (!split_shell_words(line, words) || words.empty()) continue;
    if (words[0] == "exit" || words[0] == "quit") break;
    if (fd < 0) {
      auto again = reach(sys, place);
      fd = co_await again;
      continue;
    }
    auto asking = ask_redis(sys, fd, words);
    const RespValue value = co_await asking;
    auto telling = put(sys, 1, resp_shown(value, person) + "\n");
    co_await telling;
  }
  co_return 0;
}

}  // namespace

Program redis_server(Sys sys, State) {
  auto opening = listen_at(sys, "0.0.0.0:6379");
  const Listener listener = co_await opening;
  if (listener.fd < 0) {
    const std::string why(abi::errno_text(static_cast<abi::Errno>(-listener.fd)));
    auto telling =
        put(sys, 1,
            "# Warning: Could not create server TCP listening socket *:6379: " + listener.failed +
                ": " + why + "\n");
    co_await telling;
    co_return 1;
  }
  auto greeting = put(sys, 1, "* Ready to accept connections tcp\n");
  co_await greeting;
  Clients clients;
  Values values;
  while (true) {
    std::vector<std::int64_t> fds = {listener.fd};
    for (const auto& entry : clients) fds.push_back(entry.first);
    auto waiting = wait_readable(sys, fds, -1);
    const std::vector<bool> ready = co_await waiting;
    for (std::size_t i = 1; i < fds.size(); ++i) {
      if (!ready.at(i)) continue;
      auto serving = serve_client(sys, fds[i], &clients, &values);
      co_await serving;
    }
    if (!ready.at(0)) continue;
    const std::int64_t fd = co_await sys.accept(listener.fd);
    if (fd >= 0) clients[fd] = {};
  }
}

Program redis_cli(Sys sys, State state) {
  const ServerPlace place = read_arguments(state.argv);
  auto looking = stdout_is_terminal(sys);
  const bool person = co_await looking;
  if (place.words.empty()) {
    auto talking = talk(sys, place, person);
    co_return co_await talking;
  }
  auto reaching = reach(sys, place);
  const std::int64_t fd = co_await reaching;
  if (fd < 0) co_return 1;
  auto asking = ask_redis(sys, fd, place.words);
  const RespValue value = co_await asking;
  auto telling = put(sys, 1, resp_shown(value, person) + "\n");
  co_await telling;
  co_return value.kind == '-' ? 1 : 0;
}

}  // namespace cutaway::sim
