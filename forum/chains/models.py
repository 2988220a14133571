"""The table of chained lines."""

from peewee import AutoField, CharField, IntegerField, TextField

from forum.chains.lines import Line
from forum.database.tables import Base


class ChainLine(Base):
    """A line of the record named `chain`; `nonce` and `text` NULL once they went."""

    id = AutoField()
    chain = CharField(24)
    number = IntegerField()
    head = CharField(240)
    nonce = CharField(32, null=True)
    text = TextField(null=True)

    class Meta:
        indexes = ((("chain", "number"), True),)

    @property
    def line(self) -> Line:
        """The line itself."""
        return Line(self.head, self.nonce, self.text)
