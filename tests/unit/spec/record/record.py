#!/usr/bin/env python3
"""Records what the real docker client (28.2.2, no daemon needed) makes of command lines and of answers.
Run it again when lines.txt or the tables below change: record.py, beside a `docker` on PATH.
The tests compare spec/docker with the files it writes; they need no docker."""
import fcntl
import json
import os
import pty
import re
import shlex
import struct
import subprocess
import tempfile
import termios
import time

from fake_daemon import BASE, GET_PING, INFO, PING, Daemon

STARTED = int(time.time())
HERE = os.path.dirname(os.path.abspath(__file__))
work = tempfile.mkdtemp()
daemon = Daemon(work + "/docker.sock")
env = {"PATH": os.environ["PATH"], "HOME": work, "DOCKER_HOST": "unix://" + work + "/docker.sock", "FOO": "bar", "TERM": "xterm"}


def docker(words, routes=BASE, tty=False):
    daemon.routes, daemon.requests = routes, []
    stdin = subprocess.DEVNULL
    if tty:
        _, stdin = pty.openpty()
    run = subprocess.run(["docker", *words], stdin=stdin, capture_output=True, text=True, env=env, cwd="/", timeout=30)
    return run, list(daemon.requests)


def flat(body, prefix=""):
    result = {}
    for key, value in body.items():
        if isinstance(value, dict) and key in ("HostConfig", "NetworkingConfig"):
            result.update(flat(value, key + "."))
        else:
            result[prefix + key] = value
    return result


def created(requests):
    for method, path, body in requests:
        if "/containers/create" in path:
            result = flat(json.loads(body))
            name = re.search(r"name=([^&]*)", path)
            if name:
                result["name"] = name.group(1)
            result.pop("NetworkingConfig.EndpointsConfig", None)
            result.pop("HostConfig.ConsoleSize", None)
            return result
    return None


def record_lines():
    base = created(docker(["create", "busybox"])[1])
    cases = []
    for line in open(HERE + "/lines.txt"):
        line = line.rstrip("\n")
        if not line or line.startswith("# "):
            continue
        tty = line.startswith("[tty] ")
        words = shlex.split(line[6:] if tty else line)
        run, requests = docker(words, tty=tty)
        case = {"words": words}
        if tty:
            case["tty"] = True
        body = created(requests)
        if body is not None:
            case["create"] = {k: v for k, v in body.items() if base.get(k) != v}
        elif requests:
            case["asked"] = "%s %s" % (requests[0][0], re.sub(r"^/v[0-9.]+", "", requests[0][1]))
        elif run.stdout.startswith(("Usage:", "Flag shorthand")):
            case["help"] = "stdout"
        elif run.stderr.startswith("Usage:"):
            case["help"] = "stderr"
        else:
            case.update(exit=run.returncode, out=run.stdout, err=run.stderr)
        cases.append(case)
    return cases


def flags_of(words):
    """Columns of the Options of a help page: letter, name, type, default; no word of docker's prose."""
    text = docker([*words, "--help"])[0].stdout
    options = text.split("Options:\n", 1)[1].split("\n\n")[0] if "Options:\n" in text else ""
    flags, column = [], 0
    for part in re.split(r"\n(?=  (?:-\w, |    )--)", options.rstrip("\n")):
        found = re.match(r"^  (?:-(\w), |    )--([\w-]+)(?: (\S+))?( +)(.*)$", part, re.S)
        if not found:
            continue
        column = column or found.start(5)
        default = re.search(r"\(default\s+([^()]*)\)$", re.sub(r"\s+", " ", found.group(5)).strip())
        flags.append([found.group(1) or "", found.group(2), found.group(3) or "", default.group(1) if default else ""])
    aliases = re.search(r"Aliases:\n  (.*)", text)
    return {"usage": re.search(r"Usage:  (.*)", text).group(1), "aliases": aliases.group(1) if aliases else "",
            "column": column, "flags": flags}


PAGES = """run create start stop restart kill pause unpause exec attach logs ps images pull push login logout tag
rmi rm inspect top stats wait port cp diff commit history save load update rename events search export import info
version|container inspect|container prune|container ls|container run|image inspect|image prune|image ls|image rm|system df|
system prune|system info|system events|network connect|network create|network disconnect|network inspect|network ls|
network prune|network rm|volume inspect|volume ls|volume prune|volume rm"""


def record_pages():
    names = PAGES.split("|")
    names = names[0].split() + [name.strip() for name in names[1:]]
    return {name: flags_of(name.split()) for name in names}


def record_lists():
    """Names in the sections of the first page and of the groups."""
    result = {}
    for group in ("", "container", "image", "network", "system"):
        text = docker([*group.split(), "--help"])[0].stdout
        sections = re.findall(r"^([A-Z][\w ]*):\n((?:  \S.*\n)+)", text, re.M)
        result[group] = {title: [line.split()[0] for line in body.splitlines()] for title, body in sections
                         if "Options" not in title and title != "Aliases"}
    return result



def at_zero(rows):
    """Rows as they are at second 0, so that a new recording changes nothing."""
    return [dict(row, Created=row["Created"] - STARTED) for row in rows]


def container(letter, name, image, command, age, status, state, ports=()):
    return dict(Id=letter * 64, Names=["/" + name], Image=image, ImageID="sha256:" + "1" * 64, Command=command,
                Created=STARTED - age, Status=status, State=state, Ports=list(ports), Labels={}, SizeRw=12,
                SizeRootFs=4260000, HostConfig={"NetworkMode": "bridge"}, NetworkSettings={"Networks": {}}, Mounts=[])


def image(letter, tags, digests, size, age):
    return dict(Id="sha256:" + letter * 64, RepoTags=tags, RepoDigests=digests, Created=STARTED - age,
                Size=size, SharedSize=-1, Labels=None, Containers=-1, ParentId="")


def port(private, public=0, kind="tcp", ip=""):
    result = {"PrivatePort": private, "Type": kind}
    if public:
        result.update(PublicPort=public, IP=ip)
    return result


def record_tables():
    # Ages are far from a border, so that a second more or less changes nothing.
    few = [container("a", "r1", "busybox", "sh -c 'sleep 1000 and a long text'", 250, "Up 5 seconds", "running",
                     [port(80, 8080, ip="0.0.0.0"), port(80, 8080, ip="::"), port(443)]),
           container("b", "boring_wozniak", "library/some-long-image-name:with-tag", "echo \"hi\"", 90, "Exited (0) 2 days ago", "exited"),
           container("c", "r3", "1111111111111", "/hello", 3 * 86400 + 100, "Created", "created",
                     [port(80), port(81), port(82), port(53, kind="udp"), port(90, 90, ip="0.0.0.0"), port(91, 91, ip="0.0.0.0")])]
    images = [image("a", ["busybox:latest", "bb:1"], ["busybox@sha256:" + "9" * 64], 4261574, 86400 * 40),
              image("b", ["hello-world:latest"], ["hello-world@sha256:" + "8" * 64], 10072, 86400 * 500),
              image("c", [], ["shop/app@sha256:" + "7" * 64], 1132000000, 250),
              image("d", ["<none>:<none>"], ["<none>@<none>"], 999, 7300)]
    tables = []
    for words in ("ps", "ps -a", "ps -q", "ps --no-trunc", "ps -s", "ps -q --no-trunc"):
        for rows in (few, []):
            run, _ = docker(words.split(), [("GET", "/containers/json", 200, rows)] + BASE)
            tables.append({"words": words.split(), "rows": at_zero(rows), "out": run.stdout})
    for words in ("images", "images -q", "images --no-trunc", "images --digests", "images -q --no-trunc"):
        for rows in (images, []):
            run, _ = docker(words.split(), [("GET", "/images/json", 200, rows)] + BASE)
            tables.append({"words": words.split(), "rows": at_zero(rows), "out": run.stdout})
    return tables


SIZES = [0, 1, 12, 999, 1000, 1001, 1005, 1015, 1225, 1234, 1235, 9995, 12345, 99950, 123456, 999499, 999500, 999949, 999950, 999999,
         1000000, 1234567, 4261574, 10072, 77800000, 99949999, 100000000, 999499999, 1132000000, 123456789012, 10 ** 15, 2 * 10 ** 18]


def record_sizes():
    rows = [image("a", ["x%d:1" % i], [], size, 100) for i, size in enumerate(SIZES)]
    three = docker(["images", "--format", "{{.Size}}"], [("GET", "/images/json", 200, rows)] + BASE)[0].stdout.split()
    four = []
    for size in SIZES:
        run, _ = docker(["container", "prune", "-f"], [("POST", "/containers/prune", 200, {"ContainersDeleted": ["a"], "SpaceReclaimed": size})] + BASE)
        four.append(run.stdout.rsplit(" ", 1)[1].strip())
    return [{"bytes": s, "three": t, "four": f} for s, t, f in zip(SIZES, three, four)]


LAYERS = ["90b9666d4aed", "a0b1c2d3e4f5"]


def message(status, layer="", current=None, total=None):
    result = {"status": status}
    if layer:
        result["id"] = layer
    if layer in LAYERS:
        result["progressDetail"] = {} if current is None else {"current": current, "total": total}
    return result


PULL = [message("Pulling from library/busybox", "latest"), message("Pulling fs layer", LAYERS[0]),
        message("Pulling fs layer", LAYERS[1]), message("Downloading", LAYERS[0], 65536, 2152262),
        message("Downloading", LAYERS[1], 1, 0), message("Downloading", LAYERS[0], 2152262, 2152262),
        message("Verifying Checksum", LAYERS[0]), message("Download complete", LAYERS[0]),
        message("Extracting", LAYERS[0], 2152263, 2152262), message("Extracting", LAYERS[0], 1076131, 2152262),
        message("Pull complete", LAYERS[0]), message("Pull complete", LAYERS[1]),
        message("Digest: sha256:" + "2" * 64), message("Status: Downloaded newer image for busybox:latest")]


def on_terminal(words, columns, routes):
    daemon.routes, daemon.requests = routes, []
    master, slave = pty.openpty()
    attributes = termios.tcgetattr(slave)
    attributes[1] &= ~termios.OPOST
    termios.tcsetattr(slave, termios.TCSANOW, attributes)
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    run = subprocess.Popen(["docker", *words], stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.STDOUT, env=env)
    os.close(slave)
    data = b""
    while True:
        try:
            chunk = os.read(master, 4096)
        except OSError:
            break
        if not chunk:
            break
        data += chunk
    run.wait()
    return data.decode()


def record_pull():
    routes = [("POST", "/images/create", 200, "\n".join(json.dumps(m) for m in PULL) + "\n")] + BASE
    plain = docker(["pull", "busybox"], routes)[0].stdout
    return {"messages": PULL, "pipe": plain, "80": on_terminal(["pull", "busybox"], 80, routes),
            "120": on_terminal(["pull", "busybox"], 120, routes)}


def record_refusals():
    """What the client makes of a daemon that says no."""
    no = {"message": "no: it says no"}
    words = ["run busybox", "create busybox", "start a", "start a b", "stop a", "rm a", "rm -f a", "rmi a", "pull a", "logs a", "exec a ls",
             "kill a", "ps", "images", "container prune -f", "pause a", "wait a"]
    routes = [PING, GET_PING, INFO] + [(method, "/", 500, no) for method in ("GET", "POST", "DELETE")]
    return [{"words": w.split(), "exit": run.returncode, "err": run.stderr}
            for w in words for run in [docker(w.split(), routes)[0]]]


def record_prunes():
    routes = [("POST", "/containers/prune", 200, {"ContainersDeleted": ["a" * 64, "b" * 64], "SpaceReclaimed": 1234}),
              ("POST", "/networks/prune", 200, {"NetworksDeleted": ["n1"]}),
              ("POST", "/images/prune", 200, {"ImagesDeleted": [{"Untagged": "x:1"}, {"Deleted": "sha256:cc"}], "SpaceReclaimed": 1000000}),
              ("POST", "/volumes/prune", 200, {"VolumesDeleted": ["v1"], "SpaceReclaimed": 5}),
              ("POST", "/build/prune", 200, {})] + BASE
    result = {}
    for words in ("system prune", "system prune -a", "system prune --volumes", "container prune", "image prune", "image prune -a"):
        result[words] = docker(words.split(), routes)[0].stdout
    for words in ("system prune --volumes -f", "container prune -f"):
        result[words] = docker(words.split(), routes)[0].stdout
    return result


def write(name, value):
    with open(HERE + "/" + name, "w") as out:
        if isinstance(value, list):
            out.write("[\n" + ",\n".join(json.dumps(v, ensure_ascii=False) for v in value) + "\n]\n")
        else:
            out.write("{\n" + ",\n".join(json.dumps(k) + ": " + json.dumps(v, ensure_ascii=False) for k, v in value.items()) + "\n}\n")


if __name__ == "__main__":
    write("lines.json", record_lines())
    write("pages.json", record_pages())
    write("lists.json", record_lists())
    write("tables.json", record_tables())
    write("sizes.json", record_sizes())
    write("pull.json", record_pull())
    write("refusals.json", record_refusals())
    write("prunes.json", record_prunes())
