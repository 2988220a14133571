"""The unit of processor time: the least that Flask can answer, under the same server as the site."""

from flask import Flask

app = Flask(__name__, static_folder=None)


@app.get("/")
def hello() -> str:
    return "Hello, World!"
