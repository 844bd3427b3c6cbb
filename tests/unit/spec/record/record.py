#!/usr/bin/env python3
"""Records what the real docker client (28.2.2, no daemon needed) makes of command lines and of answers.
Run it again when lines.txt or the tables below change: record.py, beside a `docker` on PATH.
The tests compare spec/docker with the files it writes; they need no docker."""
import json
import os
import pty
import re
import shlex
import subprocess
import tempfile
import time

from fake_daemon import BASE, Daemon

HERE = os.path.dirname(os.path.abspath(__file__))
work = tempfile.mkdtemp()
daemon = Daemon(work + "/docker.sock")
env = {"PATH": os.environ["PATH"], "HOME": work, "DOCKER_HOST": "unix://" + work + "/docker.sock", "FOO": "bar"}


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



def container(letter, name, image, command, age, status, state, ports=()):
    return dict(Id=letter * 64, Names=["/" + name], Image=image, ImageID="sha256:" + "1" * 64, Command=command,
                Created=int(time.time()) - age, Status=status, State=state, Ports=list(ports), Labels={}, SizeRw=12,
                SizeRootFs=4260000, HostConfig={"NetworkMode": "bridge"}, NetworkSettings={"Networks": {}}, Mounts=[])


def image(letter, tags, digests, size, age):
    return dict(Id="sha256:" + letter * 64, RepoTags=tags, RepoDigests=digests, Created=int(time.time()) - age,
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
            tables.append({"words": words.split(), "rows": rows, "out": run.stdout, "now": int(time.time())})
    for words in ("images", "images -q", "images --no-trunc", "images --digests", "images -q --no-trunc"):
        for rows in (images, []):
            run, _ = docker(words.split(), [("GET", "/images/json", 200, rows)] + BASE)
            tables.append({"words": words.split(), "rows": rows, "out": run.stdout, "now": int(time.time())})
    return tables


SIZES = [0, 1, 12, 999, 1000, 1001, 1005, 1015, 1225, 1234, 1235, 9995, 12345, 99950, 123456, 999499, 999500, 999949, 999950, 999999,
         1000000, 1234567, 4261574, 10072, 77800000, 99949999, 100000000, 999499999, 1132000000, 123456789012, 10 ** 15, 2 * 10 ** 18]


def record_sizes():
    rows = [image("a", ["x%d:1" % i], [], size, 100) for i, size in enumerate(SIZES)]
    three = docker(["images", "--format", "{{.Size}}"], [("GET", "/images/json", 200, rows)] + BASE)[0].stdout.split()
    four = []
    for size in SIZES:
        run, _ = docker(["container", "prune", "-f"], [("POST", "/containers/prune", 200, {"SpaceReclaimed": size})] + BASE)
        four.append(run.stdout.rsplit(" ", 1)[1].strip())
    return [{"bytes": s, "three": t, "four": f} for s, t, f in zip(SIZES, three, four)]


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
