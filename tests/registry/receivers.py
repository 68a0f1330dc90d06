"""Real receivers on loopback: a web server that takes webhooks, and a mail server."""

from __future__ import annotations

import email
import socketserver
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from maksa.client.webhooks import verified_event
from maksa.registry.delivery.settings import DeliverySettings, MailServer, Policy, delivery_settings_from
from maksa.registry.outbox import append_notice
from maksa.text import Text

QUICK = Policy(workers=4, turn=5, send=2, first_wait=0, longest_wait=0, lease=5)
"""No patience: a failure is tried again in the next round."""


class Receiver:
    """What arrived at a webhook: `status` is what it answers, `meanwhile` is called before it does."""

    def __init__(self):
        self.status = 200
        self.arrived = []
        self.headers = {}
        self.meanwhile = lambda: None
        self.url = ""

    def events(self, secret):
        """Give the events in the order of their arrival, verified."""
        return [verified_event(secret, headers, body) for headers, body in self.arrived]

    def subjects(self, secret):
        """Name what the events are about."""
        return [event["subject"] for event in self.events(secret)]


@contextmanager
def webhook(port=0):
    """Start a receiver of webhooks, on a free port unless one is named."""
    held = Receiver()

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            if held.status < 300:
                held.arrived.append((dict(self.headers.items()), body))
            held.meanwhile()
            self.send_response(held.status)
            for name, value in held.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Endpoint)
    server.daemon_threads = True
    held.url = f"http://127.0.0.1:{server.server_port}/hook?key=PATH-SECRET"
    with _running(server):
        yield held


class Postbox:
    """The mails that arrived, and the port they came to; `refuse` is an answer to every recipient, if one is set."""

    def __init__(self):
        self.mails = []
        self.recipients = []
        self.refuse = None
        self.port = 0

    def settings(self, **more):
        """Give the settings of delivery with this mail server."""
        server = MailServer("127.0.0.1", self.port, "maksa@example.ir", tls="no")
        return DeliverySettings(mail=server, policy=QUICK, **more)


@contextmanager
def mail_server():
    """Start a mail server that keeps what it takes."""
    box = Postbox()

    class Session(socketserver.StreamRequestHandler):
        def handle(self):
            self.say("220 toy")
            for line in self.rfile:
                word = line.split(maxsplit=1)[0].upper() if line.strip() else b""
                if word == b"DATA":
                    self.say("354 go on")
                    lines = iter(self.rfile.readline, b".\r\n")
                    content = b"".join(one.removeprefix(b".") if one[:2] == b".." else one for one in lines)
                    box.mails.append(email.message_from_bytes(content, policy=default))
                    self.say("250 taken")
                elif word == b"RCPT" and box.refuse:
                    self.say(box.refuse)
                elif word == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    if word == b"RCPT":
                        box.recipients.append(line.decode().partition(":")[2].strip())
                    self.say("250 fine")

        def say(self, text):
            self.wfile.write(f"{text}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
    server.daemon_threads = True
    box.port = server.server_address[1]
    with _running(server):
        yield box


@contextmanager
def _running(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def loopback(**policy):
    """Give settings that allow webhooks on this machine, and lose no time."""
    allowed = delivery_settings_from({"MAKSA_WEBHOOK_ALLOW": "127.0.0.1"})
    named = {
        name: getattr(QUICK, name)
        for name in ("workers", "turn", "send", "first_wait", "longest_wait", "lease")
    }
    return DeliverySettings(networks=allowed.networks, policy=Policy(**{**named, **policy}))


def tell(registry, *subjects):
    """Append public notices, each in a transaction of its own."""
    for subject in subjects:
        with registry.writing() as connection:
            text = Text(f"خبر {subject}", f"news of {subject}")
            append_notice(connection, "letter", subject, text, at=datetime.now(UTC))
