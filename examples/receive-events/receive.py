"""MINIFLEET_WEBHOOK_SECRET=whsec_... PORT=8080 python3 receive.py takes events; Python 3.9 or newer, nothing besides."""

import base64
import hashlib
import hmac
import json
import os
import re
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ.get("MINIFLEET_WEBHOOK_SECRET", "").removeprefix("whsec_"))
if not KEY:
    sys.exit("MINIFLEET_WEBHOOK_SECRET is missing")
TOLERANCE_SECONDS = 300

# In a database, a table whose key is the id, written together with what the event changes.
handled = set()


def is_genuine(headers, body):
    """The signature covers the body byte for byte as it came."""
    sent = headers.get("webhook-timestamp", "")
    if not re.fullmatch("[0-9]{1,12}", sent) or abs(time.time() - int(sent)) > TOLERANCE_SECONDS:
        return False
    signed = f"{headers.get('webhook-id', '')}.{sent}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
    # Several for a day after the secret was changed.
    shown = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(expected, one) for one in shown)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not is_genuine(self.headers, body):
            return self.answer(401)
        event = json.loads(body)
        # Each event comes at least once.
        if event["id"] not in handled:
            data = json.dumps(event["data"], ensure_ascii=False)
            print(event["type"], event.get("businessId", ""), data, flush=True)
        handled.add(event["id"])
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_request(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 8080))), Receiver)
print("ready", flush=True)
server.serve_forever()
