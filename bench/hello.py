"""The unit of processor time: the least that Flask can answer, under the same server as the site."""

from flask import Flask

from forum.web.gateway import Gateway

app = Flask(__name__, static_folder=None)
gate = Gateway(app, 0)


@app.get("/")
def hello() -> str:
    return "Hello, World!"
