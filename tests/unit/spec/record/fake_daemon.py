"""A daemon that says yes: enough of docker's API on a unix socket for the real client to parse its
command line, ask, and print. It notes every request, and answers as its table of routes says."""
import http.server
import json
import os
import socketserver
import threading

ID = "0123456789abcdef" * 4


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if "/_ping" not in self.path:
            self.server.requests.append((self.command, self.path, body))
        for method, part, status, reply in self.server.routes:
            if method == self.command and part in self.path:
                return self.reply(status, reply)
        self.reply(404, {"message": "page not found"})

    def reply(self, status, reply):
        data = (reply if isinstance(reply, str) else json.dumps(reply)).encode()
        self.send_response(status)
        for name, value in (("Api-Version", "1.49"), ("Ostype", "linux"), ("Swarm", "inactive"),
                            ("Content-Type", "application/json")):
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(data)

    do_GET = do_POST = do_HEAD = do_DELETE = do_PUT = answer


class Daemon(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    routes = []

    def __init__(self, path):
        if os.path.exists(path):
            os.remove(path)
        self.requests = []
        super().__init__(path, Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def get_request(self):
        request, _ = super().get_request()
        return request, ("", 0)


PING = ("HEAD", "/_ping", 200, "")
GET_PING = ("GET", "/_ping", 200, "OK")
INFO = ("GET", "/info", 200, {"OSType": "linux"})
CREATE = ("POST", "/containers/create", 201, {"Id": ID, "Warnings": []})
BASE = [PING, GET_PING, INFO, CREATE]
