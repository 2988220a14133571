"""The tables of places: territories, their names as they are compared, postal codes, and who votes where."""

from peewee import (
    AutoField,
    BlobField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from forum.database.tables import Base


class Territory(Base):
    """A place of any kind (see `forum.places.reading.gazetteer.Place`); lists are joined by "|".

    `code` is unique but for places abroad, which share the circonscription of the French who live there.
    """

    id = AutoField()
    code = CharField(max_length=20, index=True)
    kind = CharField(max_length=16)
    name = CharField(max_length=120)
    population = IntegerField(default=0)
    departements = TextField(default="")
    constituencies = TextField(default="")
    within = CharField(max_length=80, default="")


class TerritoryName(Base):
    """A name under which a territory is found.

    `key` is bytes: the beginning of a name is then a range of one index on every database, whatever its collation.
    """

    key = BlobField(index=True)
    full = CharField(max_length=120)
    role = CharField(max_length=8)
    territory = ForeignKeyField(Territory, on_delete="CASCADE")
    weight = IntegerField(default=0)


class PostalCode(Base):
    """A postal code and one of its communes."""

    code = CharField(max_length=5)
    territory = ForeignKeyField(Territory, on_delete="CASCADE")

    class Meta:
        primary_key = CompositeKey("code", "territory")


class Departement(Base):
    """What a page needs of a département besides its territory; `of_name` is "de la Haute-Vienne"."""

    code = CharField(max_length=3, primary_key=True)
    of_name = CharField(max_length=80)
    zone = CharField(max_length=16)
    region = CharField(max_length=3, default="")
    capital = CharField(max_length=80, default="")
    neighbours = TextField(default="")


class Constituency(Base):
    """What a page needs of a circonscription besides its territory; `boundaries` is the text of the law."""

    code = CharField(max_length=6, primary_key=True)
    departement = CharField(max_length=3, index=True)
    number = SmallIntegerField()
    description = TextField(default="")
    boundaries = TextField(default="")


class ConstituencyCommune(Base):
    """A commune and a circonscription in which its people vote; it may have several, even of another département."""

    constituency = CharField(max_length=6)
    territory = ForeignKeyField(Territory, on_delete="CASCADE")

    class Meta:
        primary_key = CompositeKey("constituency", "territory")


class PlacesEdition(Base):
    """What the tables of places were filled from, so that they are filled again only when that changes."""

    digest = CharField(max_length=64, primary_key=True)


TABLES = (PlacesEdition, Territory, TerritoryName, PostalCode, Departement, Constituency, ConstituencyCommune)
