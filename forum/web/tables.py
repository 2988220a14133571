"""Tables to download: CSV (RFC 4180), and the same as a French spreadsheet opens it at a tap."""

import csv
import io

from flask import Response, make_response, request

from forum.web.headers import vary
from forum.web.requests import me

# ?tableur=1 at the address of a table. The table itself keeps its bytes: what is sealed, or read by machines, is it.
FOR_SPREADSHEET = "tableur"
BOM = "\ufeff"


def download(text: str, name: str) -> Response:
    """A table of this name, given as CSV; where the address asks so, for a spreadsheet."""
    if request.args.get(FOR_SPREADSHEET) == "1":
        text, name = for_spreadsheet(text), name.replace(".csv", "-tableur.csv")
    response = make_response(text)
    response.headers["Content-Type"] = "text/csv; charset=utf-8; header=present"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if not me().is_guest:
        response.headers["Cache-Control"] = "private, no-cache"
        vary(response, "Cookie")
    return response


def for_spreadsheet(text: str) -> str:
    """The same cells with semicolons between and a mark of UTF-8 before, without which French versions of the usual
    programs put a row into one cell and break its accents."""
    table = io.StringIO()
    csv.writer(table, delimiter=";", lineterminator="\r\n").writerows(csv.reader(io.StringIO(text)))
    return BOM + table.getvalue()
