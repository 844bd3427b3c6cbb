// What a scenario does: the elements of "do".
#include <algorithm>

#include "base/text.h"
#include "spec/document_parts.h"
#include "trace/abi/abi.h"

namespace cutaway::spec {

namespace {

const Keys kItemForms = {"docker", "host",   "wait",   "type",   "until", "litmus",
                         "undo",   "expect", "signal", "faults", "hub"};

bool has_name(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string known_names(const std::vector<std::string>& names) {
  return names.empty() ? "none was given before" : "one of " + join(names, ", ");
}

class ItemReader {
 public:
  ItemReader(Problems& problems, ScenarioNames& names) : problems_(problems), names_(names) {}

  ItemBody read(const Json& value, const std::string& pointer) {
    struct Row {
      const char* key;
      ItemBody (ItemReader::*read)(const ObjectReader&);
      Keys keys;
    };
    static const Row kRows[] = {
        {"docker", &ItemReader::docker, {"docker", "as", "tty", "bg", "stdin"}},
        {"host", &ItemReader::host, {"host", "as", "tty", "bg", "stdin"}},
        {"wait", &ItemReader::wait, {"wait"}},
        {"type", &ItemReader::type, {"type", "tty"}},
        {"until", &ItemReader::until, {"until", "max"}},
        {"litmus", &ItemReader::litmus, {"litmus"}},
        {"undo", &ItemReader::undo, {"undo"}},
        {"expect", &ItemReader::expect, {"expect"}},
        {"signal", &ItemReader::signal, {"signal", "of"}},
        {"faults", &ItemReader::faults, {"faults"}},
        {"hub", &ItemReader::hub, {"hub"}},
    };
    if (value.is_object()) {
      for (const Row& row : kRows) {
        if (value.contains(row.key))
          return (this->*row.read)(ObjectReader(problems_, value, pointer, row.keys));
      }
    }
    const bool one_key = value.is_object() && !value.empty();
    if (one_key)
      problems_.add(pointer_join(pointer, value.begin().key()),
                    unknown_word("kind of item", value.begin().key(), kItemForms));
    else
      problems_.wrong(pointer, value, "an object with one of " + join(kItemForms, ", "));
    return WaitItem{};
  }

 private:
  /// What docker and host items share.
  template <class T>
  void common(const ObjectReader& reader, T& item) {
    if (reader.text("as", item.as)) {
      if (has_name(names_.commands, item.as)) reader.wrong("as", "a name that no other item has");
      names_.commands.push_back(item.as);
    }
    if (reader.text("tty", item.tty)) names_.terminals.push_back(item.tty);
    reader.boolean("bg", item.background);
    reader.text("stdin", item.stdin_text);
    if (reader.has("tty") && reader.has("stdin")) {
      problems_.add(reader.at("stdin"),
                    "a terminal is its stdin already, expected tty or stdin, not both");
    }
  }

  ItemBody docker(const ObjectReader& reader) {
    DockerItem item;
    reader.text("docker", item.line);
    if (!split_shell_words(item.line, item.words))
      reader.wrong("docker", "every quote to be closed");
    if (!item.words.empty() && item.words.front() == "docker")
      reader.wrong("docker", "the words after \"docker\"");
    common(reader, item);
    return item;
  }
  ItemBody host(const ObjectReader& reader) {
    HostItem item;
    reader.text("host", item.line);
    common(reader, item);
    return item;
  }
  ItemBody wait(const ObjectReader& reader) {
    WaitItem item;
    reader.duration("wait", item.ns);
    return item;
  }
  ItemBody type(const ObjectReader& reader) {
    TypeItem item;
    reader.text("type", item.text);
    if (!reader.require("tty", "the name of a terminal")) return item;
    if (reader.text("tty", item.tty) && !has_name(names_.terminals, item.tty)) {
      reader.wrong("tty", "a terminal of an earlier item (" + known_names(names_.terminals) + ")");
    }
    return item;
  }
  ItemBody until(const ObjectReader& reader) {
    UntilItem item;
    item.predicate = read_predicate(problems_, *reader.find("until"), reader.at("until"));
    reader.duration("max", item.max_ns);
    return item;
  }
  ItemBody litmus(const ObjectReader& reader) {
    return LitmusItem{read_program(problems_, *reader.find("litmus"), reader.at("litmus"))};
  }
  ItemBody undo(const ObjectReader& reader) {
    UndoItem item;
    reader.number("undo", item.count, 1, 1'000'000);
    return item;
  }
  ItemBody expect(const ObjectReader& reader) {
    return ExpectItem{read_expects(problems_, *reader.find("expect"), reader.at("expect"), names_)};
  }
  ItemBody signal(const ObjectReader& reader) {
    SignalItem item;
    if (reader.text("signal", item.signal) && abi::signal_of(item.signal) == 0)
      reader.wrong("signal", "a signal's name, such as \"SIGINT\"");
    if (!reader.require("of", "the name (\"as\") of a running command")) return item;
    if (reader.text("of", item.of) && !has_name(names_.commands, item.of)) {
      reader.wrong("of",
                   "the name (\"as\") of an earlier item (" + known_names(names_.commands) + ")");
    }
    return item;
  }
  ItemBody faults(const ObjectReader& reader) {
    return FaultsItem{read_faults(problems_, *reader.find("faults"), reader.at("faults"))};
  }
  ItemBody hub(const ObjectReader& reader) {
    HubItem item;
    const ObjectReader inner(problems_, *reader.find("hub"), reader.at("hub"), {"tag", "to"});
    for (const auto& [key, value] : {std::pair{"tag", &item.tag}, std::pair{"to", &item.to}}) {
      if (!inner.require(key, "an image's name") || !inner.text(key, *value)) continue;
      if (const Result<Reference> reference = parse_reference(*value); !reference) {
        problems_.add(inner.at(key), "is " + shown(*value) + ": " + reference.error().message +
                                         ", expected an image's name");
      }
    }
    return item;
  }

  Problems& problems_;
  ScenarioNames& names_;
};

}  // namespace

std::vector<Item> read_items(Problems& problems, const Json& value, const std::string& pointer,
                             ScenarioNames& names) {
  std::vector<Item> items;
  ItemReader reader(problems, names);
  for (std::size_t i = 0; i < value.size(); ++i)
    items.push_back({reader.read(value[i], element(pointer, i)), element(pointer, i)});
  return items;
}

}  // namespace cutaway::spec
