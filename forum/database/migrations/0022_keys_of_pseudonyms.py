"""Pseudonyms in letters of another shape (𝐀lice, ᴬlice) have the key of the ordinary ones, which they look like.

Where the ordinary one is somebody's, the other keeps the key it had.
"""

import unicodedata

from peewee import *


def up(migrator, db):
    write(db, lambda username: joined(unaccented(username.casefold()).lower()))


def down(migrator, db):
    write(db, lambda username: unaccented(joined(username.casefold())))


def write(db, key_of):
    class Account(Model):
        id = AutoField()
        username = CharField(30)
        username_key = CharField(60, unique=True)

        class Meta:
            database = db
            table_name = 'account'

    rows = list(Account.select().order_by(Account.id))
    taken = {row.username_key for row in rows}
    for row in rows:
        key = key_of(row.username)
        if key not in taken and len(key) <= 60:
            Account.update(username_key=key).where(Account.id == row.id).execute()
            taken.add(key)


def unaccented(text):
    return ''.join(sign for sign in unicodedata.normalize('NFKD', text) if not unicodedata.combining(sign))


def joined(text):
    return text.replace('œ', 'oe').replace('æ', 'ae')
